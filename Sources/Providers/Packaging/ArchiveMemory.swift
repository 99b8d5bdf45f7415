import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Archives that were packed, by the digest of what is in them.
struct ArchiveMemory: Sendable {
  /// How many bytes are kept; what is packed beyond is packed each time.
  let mostBytes: Int
  private let packed = Locked<[Data: [UInt8]]>([:])

  init(mostBytes: Int) { self.mostBytes = mostBytes }

  /// The archive of that digest: out of memory, or as `pack` makes it.
  func bytes(for digest: Data, _ pack: () -> [UInt8]) -> [UInt8] {
    if let bytes = packed.withLock({ $0[digest] }) { return bytes }
    let bytes = pack()
    packed.withLock { packed in
      let kept = packed.values.reduce(0) { $0 + $1.count }
      if kept + bytes.count <= mostBytes { packed[digest] = bytes }
    }
    return bytes
  }
}
