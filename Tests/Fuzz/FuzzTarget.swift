import Foundation
import Planner

/// What libFuzzer calls with each input; `STACKFORM_FUZZ` names the reader that gets it. Built by
/// `scripts/fuzz`, and no part of the package.
///
/// A reader may refuse whatever it likes. It may not crash, hang, or say two things of one text.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let start else { return 0 }
  reader(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

private let reader: @Sendable ([UInt8]) -> Void = {
  let name = ProcessInfo.processInfo.environment["STACKFORM_FUZZ"] ?? ""
  guard let reader = FuzzReaders.all[name] else { fatalError("STACKFORM_FUZZ names no reader: \(name)") }
  return reader
}()
