import Foundation
import Planner
import Testing

@testable import Stackform

/// By what a lock's holder is known.
struct ProcessIdentityTests {
  #if os(Linux)
  @Test func `a process without a machine's id, as in a container, is known by its boot all the same`() throws
  {
    let whole = try #require(Platform.ownIdentity)
    let bare = try #require(
      Platform.identity(of: getpid(), machineFile: "/no/such/file"))
    var expected = whole
    expected.system.machine = ""
    #expect(bare == expected)
    #expect(!bare.system.boot.isEmpty && !bare.system.namespace.isEmpty)
  }
  #endif
}
