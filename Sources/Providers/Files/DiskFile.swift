package import Planner

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// One file of this machine, by the system's calls: links are followed, and no more is read than is asked for.
package enum DiskFile {
  /// The bytes of a file.
  ///
  /// - Throws: why it can't be read, or that it has more than `limit` bytes. A pipe is read where the shell put
  ///   it (`/dev/stdin`, `/dev/fd/63`), and nowhere else: a read of one may never end.
  package static func bytes(of path: String, atMost limit: Int) throws(FileReader.Failure) -> [UInt8] {
    let isShells =
      path.hasPrefix("/dev/fd/") || path.hasPrefix("/proc/self/fd/") || path == "/dev/stdin"
      || path == "/dev/null"
    let file = open(path, O_RDONLY | O_CLOEXEC | (isShells ? 0 : O_NONBLOCK))
    guard file >= 0 else {
      throw FileReader.Failure(
        errno == ENOENT || errno == ENOTDIR ? "does not exist" : "can't be read: \(words(of: errno))")
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw FileReader.Failure("can't be read: \(words(of: errno))") }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG || isShells && kind != S_IFDIR else {
      throw FileReader.Failure(kind == S_IFDIR ? "is a folder" : "is neither a file nor a folder")
    }
    let size = Int(status.st_size)
    guard size <= limit else { throw tooLarge(ByteCount(size).description, limit) }
    return try read(file, expecting: size, atMost: limit)
  }

  /// To the end, for a file may say less than it has, as those of /proc do.
  private static func read(
    _ file: Int32, expecting size: Int, atMost limit: Int
  ) throws(FileReader.Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    var buffer = [UInt8](repeating: 0, count: min(max(size, 1) + 1, 1 << 18))
    while true {
      let count = systemRead(file, &buffer)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileReader.Failure("can't be read: \(words(of: errno))") }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= limit else { throw tooLarge("more than that", limit) }
    }
  }

  private static func tooLarge(_ size: String, _ limit: Int) -> FileReader.Failure {
    FileReader.Failure("has \(size), and \(ByteCount(limit)) is the most that is read")
  }

  /// How many bytes a file has, links followed; nil when it is not there.
  package static func size(of path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// The absolute path without links; nil when nothing is there.
  package static func realPath(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// The number of the user that a file belongs to; nil when it is not there.
  package static func owner(of path: String) -> UInt32? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_uid : nil
  }

  /// `read` of the system: fills the buffer as far as there is something, and returns how many bytes came; 0 at the end, -1 for
  /// an error.
  package static func systemRead(_ file: Int32, _ buffer: inout [UInt8]) -> Int {
    #if canImport(Glibc)
    Glibc.read(file, &buffer, buffer.count)
    #elseif canImport(Musl)
    Musl.read(file, &buffer, buffer.count)
    #else
    Darwin.read(file, &buffer, buffer.count)
    #endif
  }

  private static func words(of code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
