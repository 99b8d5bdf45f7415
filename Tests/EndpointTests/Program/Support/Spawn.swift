import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Processes by the system's own calls. Foundation's `Process` hears of an end through a socket that a
/// process started at the same time, and living longer (an emulator), may have inherited: then the end is
/// never heard of.
enum Spawn {
  static func start(
    _ words: [String], in folder: String, environment: [String: String], files: (output: URL, errors: URL),
    terminal: Int32?
  ) throws -> Int32 {
    #if canImport(Glibc)
    var actions = posix_spawn_file_actions_t()
    #else
    var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let terminal {
      for descriptor in 0...2 as ClosedRange<Int32> {
        posix_spawn_file_actions_adddup2(&actions, terminal, descriptor)
      }
    } else {
      let create = O_WRONLY | O_CREAT | O_APPEND
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_addopen(&actions, 1, files.output.path, create, 0o600)
      posix_spawn_file_actions_addopen(&actions, 2, files.errors.path, create, 0o600)
    }
    var identifier: pid_t = 0
    // The C library of Swift's has no call for the working folder; the shell gives its place to the program.
    let shell = ["/bin/sh", "-c", #"cd "$0" && exec "$@""#, folder]
    let error = withTexts(shell + words) { words in
      withTexts(environment.map { "\($0)=\($1)" }) { environment in
        posix_spawn(&identifier, "/bin/sh", &actions, nil, words, environment)
      }
    }
    guard error == 0 else { throw POSIXError(POSIXErrorCode(rawValue: error) ?? .EIO) }
    return identifier
  }

  /// How a process ended.
  struct End: Sendable {
    /// The exit code, or the negated signal.
    var code: Int32
    var peakKilobytes: Int
  }

  /// Holds the thread up until the process has ended.
  static func wait(_ identifier: Int32) -> End {
    var status: Int32 = 0
    var usage = rusage()
    while wait4(identifier, &status, 0, &usage) < 0, errno == EINTR {}
    let signal = status & 0x7f
    return End(
      code: signal == 0 ? (status >> 8) & 0xff : -signal,
      peakKilobytes: usage.ru_maxrss / Self.bytesAreCounted)
  }

  /// macOS counts bytes where Linux counts kilobytes.
  #if canImport(Darwin)
  private static let bytesAreCounted = 1024
  #else
  private static let bytesAreCounted = 1
  #endif

  /// A list of C texts with its null at the end.
  private static func withTexts<Result>(
    _ texts: [String], _ work: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return work(copies + [nil])
  }
}
