import Testing

@testable import Planner

/// The form that releases are kept in.
struct TarArchiveTests {
  private static let bundle = ReleaseBundle(
    files: [
      "stack.yaml": Array("stack: shop\n".utf8), "code/app.py": Array("x".utf8), "code/empty": [],
      "code/" + String(repeating: "long/", count: 30) + "name.py": Array(repeating: 7, count: 1025),
      "code/" + String(repeating: "n", count: 200) + ".py": [1], "code/ünï.txt": [0, 255],
      String(repeating: "deep/", count: 60) + "x": Array(repeating: 9, count: 512),
    ], executables: ["code/app.py"],
    links: ["code/link": "app.py", "code/far": String(repeating: "x/", count: 80) + "y"])

  @Test func `What is packed comes out again, long names, links and executables included`() throws {
    #expect(try ReleaseBundle(archive: Self.bundle.archive) == Self.bundle)
  }

  @Test func `The same files give the same bytes, in whatever order they come`() {
    var files: [String: [UInt8]] = [:]
    for (path, bytes) in Self.bundle.files.sorted(by: { $0.key > $1.key }) { files[path] = bytes }
    let again = ReleaseBundle(
      files: files, executables: Self.bundle.executables, links: Self.bundle.links)
    #expect(again.archive == Self.bundle.archive)
    var other = again
    other.executables = []
    #expect(other.archive != again.archive)
  }

  @Test func `An archive that ends early is refused at whatever byte`() {
    let archive = ReleaseBundle(files: ["a": Array(repeating: 1, count: 600), "b": [2]]).archive
    for length in 0..<archive.count {
      #expect(throws: TarArchiveError.self) { try ReleaseBundle(archive: Array(archive.prefix(length))) }
    }
  }

  @Test func `A byte that was changed in a header is noticed`() throws {
    let archive = ReleaseBundle(files: ["a/b": [1, 2, 3]]).archive
    // The last byte of the sum's field is nobody's.
    for place in 0..<512 where place != TarArchive.Field.checksum.upperBound - 1 {
      var damaged = archive
      damaged[place] ^= 0x41
      #expect(throws: TarArchiveError.self) { try ReleaseBundle(archive: damaged) }
    }
  }

  @Test(arguments: ["/etc/passwd", "../up", "a/../../up", "a/./b", "a//b", "..", "."])
  func `A path that leads elsewhere is refused`(path: String) {
    #expect(throws: TarArchiveError.self) {
      try ReleaseBundle(archive: ReleaseBundle(files: [path: [1]]).archive)
    }
  }

  @Test func `A link to a place of the machine is refused`() {
    #expect(throws: TarArchiveError.self) {
      try ReleaseBundle(archive: ReleaseBundle(files: ["a": []], links: ["b": "/etc/passwd"]).archive)
    }
  }

  @Test func `A size that nothing stands behind costs nothing, and is refused`() {
    for size in ["77777777777", "00000100000", "-0000000001", "9", ""] {
      let hostile = Self.resized(ReleaseBundle(files: ["a": [1]]).archive, to: size)
      #expect(throws: TarArchiveError.self) { try ReleaseBundle(archive: hostile) }
    }
  }

  @Test func `Two files of one name, and an archive of nothing, are refused`() {
    let one = ReleaseBundle(files: ["a": [1]]).archive
    let twice = Array(one.prefix(1024)) + one
    #expect(throws: TarArchiveError.self) { try ReleaseBundle(archive: twice) }
    #expect(throws: TarArchiveError.self) {
      try ReleaseBundle(archive: [UInt8](repeating: 0, count: 1024))
    }
    #expect(throws: TarArchiveError.self) { try ReleaseBundle(archive: one + [1]) }
  }

  /// The first header with another size, and the sum that fits it.
  private static func resized(_ archive: [UInt8], to size: String) -> [UInt8] {
    var archive = archive
    for offset in TarArchive.Field.size { archive[offset] = 0 }
    for (offset, byte) in size.utf8.enumerated() {
      archive[TarArchive.Field.size.lowerBound + offset] = byte
    }
    let sum = String(TarArchive.checksum(of: archive[..<512]), radix: 8)
    let field = String(repeating: "0", count: 6 - sum.count) + sum + "\u{0} "
    for (offset, byte) in field.utf8.enumerated() {
      archive[TarArchive.Field.checksum.lowerBound + offset] = byte
    }
    return archive
  }
}
