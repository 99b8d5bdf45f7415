import Foundation
import Testing

@testable import Planner
@testable import Providers

/// Files of this machine that are larger, or something else, than what is read.
struct DiskFileTests {
  /// A file of that length without a byte on the disk.
  private func makeSparse(_ path: String, _ bytes: UInt64) throws {
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.truncate(atOffset: bytes)
    try file.close()
  }

  private func reason(_ work: () throws(FileReader.Failure) -> Void) -> String? {
    do throws(FileReader.Failure) {
      try work()
      return nil
    } catch { return error.reason }
  }

  @Test func `are refused by their size, also behind a link`() throws {
    let folder = try TemporaryFolder(["small": "x", "link": "-> large"])
    let path = folder.path
    try makeSparse("\(path)/large", 8 << 30)
    let said = "has 8 GiB, and 16 MiB is the most that is read"
    for name in ["large", "link"] {
      #expect(
        reason { () throws(FileReader.Failure) in _ = try FileReader.disk.read("\(path)/\(name)") } == said)
    }
    let code = reason { () throws(FileReader.Failure) in _ = try FileReader.disk.readWhole("\(path)/large") }
    #expect(code == "has 8 GiB, and 250 MiB is the most that is read")
    #expect(try FileReader.disk.read("\(path)/small") == Array("x".utf8))
    #if os(Linux)
    // A file that says less than it has: Linux tells no size of these.
    #expect(try !FileReader.disk.read("/proc/self/stat").isEmpty)
    #endif
  }

  @Test func `a pipe is not waited for, and an endless device is no file`() throws {
    let folder = try TemporaryFolder(["small": "x"])
    let pipe = "\(folder.path)/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    for path in [pipe, "/dev/zero"] {
      let said = reason { () throws(FileReader.Failure) in _ = try FileReader.disk.read(path) }
      #expect(said == "is neither a file nor a folder", "\(path)")
    }
    #expect(
      reason { () throws(FileReader.Failure) in _ = try FileReader.disk.read(folder.path) } == "is a folder")
    #expect(
      reason { () throws(FileReader.Failure) in _ = try FileReader.disk.read("\(pipe)/x") }
        == "does not exist")
  }

  @Test func `a folder of code with a file of six gigabytes is refused by its size`() throws {
    let folder = try TemporaryFolder(["app.py": "x", "data/small": "y"])
    try makeSparse("\(folder.path)/data/large", 6 << 30)
    let error = #expect(throws: SourceFolder.Failure.self) {
      _ = try SourceFolder(folder.path, files: .disk).contents().entries
    }
    #expect(error == .tooLarge("\(folder.path)/data/large", bytes: 6 << 30 + 1))
  }

  @Test func `many files that are too large together are not all read first`() throws {
    let folder = try TemporaryFolder(["a": "aaaa", "b": "bbbb", "c": "cccc"])
    let error = #expect(throws: SourceFolder.Failure.self) {
      _ = try SourceFolder(folder.path, files: .disk, limit: 10).contents().entries
    }
    #expect(error == .tooLarge("\(folder.path)/c", bytes: 12))
  }

  #if os(Linux)
  // Other systems take no such name.
  @Test func `a file whose name is no text has an error of its own`() throws {
    let folder = try TemporaryFolder(["app.py": "x"])
    let path = Array("\(folder.path)/caf".utf8CString.dropLast()) + [CChar(bitPattern: 0xE9), 0]
    let file = open(path, O_CREAT | O_WRONLY, 0o600)
    try #require(file >= 0)
    close(file)
    let error = #expect(throws: SourceFolder.Failure.self) {
      _ = try SourceFolder(folder.path, files: .disk).contents().entries
    }
    #expect(error == .nameIsNotUTF8(folder.path))
  }
  #endif
}
