import Planner

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif
import Dispatch

/// The operating system's calls, in the files `Platform….swift`: apart from threads, the rest is the same on
/// Linux and macOS.
enum Platform {
  /// The three standard streams.
  enum Descriptor: Int32, Sendable {
    case input = 0
    case output = 1
    case errors = 2
  }

  /// Whether the stream is a terminal.
  static func isTerminal(_ descriptor: Descriptor) -> Bool { isatty(descriptor.rawValue) == 1 }

  /// The size of the terminal at standard output, or else at standard error; nil when there is none.
  static var terminalSize: TerminalSize? {
    var size = winsize()
    for descriptor in [Descriptor.output, .errors]
    where ioctl(descriptor.rawValue, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 {
      return TerminalSize(columns: Int(size.ws_col), rows: max(1, Int(size.ws_row)))
    }
    return nil
  }

  /// Whether something that was written to standard output got lost: a disk is full. Asked at the end: an apply goes on.
  static var hasLostOutput: Bool { lostOutput.withLock { $0 } }
  private static let lostOutput = Locked(false)

  /// Writes all of it. A reader that ended (`| head`) must not stop an apply, so that error is dropped.
  static func write(_ text: String, to descriptor: Descriptor) {
    var text = text
    text.withUTF8 { write(UnsafeRawBufferPointer($0), to: descriptor) }
  }

  /// The same for bytes that are not text.
  static func write(_ bytes: [UInt8], to descriptor: Descriptor) {
    bytes.withUnsafeBytes { write($0, to: descriptor) }
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Descriptor) {
    var written = 0
    while written < bytes.count {
      let count = systemWrite(descriptor.rawValue, bytes, from: written)
      if count > 0 {
        written += count
      } else if errno == EAGAIN {
        var ready = pollfd(fd: descriptor.rawValue, events: Int16(POLLOUT), revents: 0)
        _ = poll(&ready, 1, 1000)
      } else if errno != EINTR {
        if errno != EPIPE, descriptor == .output { lostOutput.withLock { $0 = true } }
        return
      }
    }
  }

  private static func systemWrite(
    _ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, from offset: Int
  ) -> Int {
    guard let start = bytes.baseAddress else { return bytes.count - offset }
    #if canImport(Glibc)
    return Glibc.write(descriptor, start + offset, bytes.count - offset)
    #elseif canImport(Musl)
    return Musl.write(descriptor, start + offset, bytes.count - offset)
    #else
    return Darwin.write(descriptor, start + offset, bytes.count - offset)
    #endif
  }

  /// One line of standard input without its end; nil at the end of the input, or as soon as `isCancelled` says so.
  static func readLine(unless isCancelled: () -> Bool) -> String? {
    var line: [UInt8] = []
    while !isCancelled() {
      var ready = pollfd(fd: Descriptor.input.rawValue, events: Int16(POLLIN), revents: 0)
      let count = poll(&ready, 1, 100)
      if count == 0 || (count < 0 && errno == EINTR) { continue }
      var byte: UInt8 = 0
      guard count > 0, read(Descriptor.input.rawValue, &byte, 1) == 1 else {
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
      }
      if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
    return nil
  }

  /// Writing to a closed pipe becomes an error of that write instead of the end of the process.
  static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

  /// Calls back, on a queue of its own, for every request to stop: ^C, `kill`, a closed terminal; until it is ended.
  ///
  /// A handler that writes to a pipe, and a reader. With libdispatch's signal sources one ^C went unheard on
  /// Linux under load; why was not found out, and this has fewer parts to be lost in.
  struct StopSignals: ~Copyable {
    private static let numbers = [SIGINT, SIGTERM, SIGHUP]

    init(_ handle: @escaping @Sendable () -> Void) {
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else { return }
      let readingEnd = ends[0]
      stopPipe = ends[1]
      DispatchQueue(label: "stackform.signals").async {
        var byte: UInt8 = 0
        while true {
          let count = read(readingEnd, &byte, 1)
          if count == 1 { handle() } else if count == 0 || errno != EINTR { break }
        }
        close(readingEnd)
      }
      for number in Self.numbers { signal(number, noteStop) }
    }

    func end() {
      for number in Self.numbers { signal(number, SIG_DFL) }
      let writingEnd = stopPipe
      stopPipe = -1
      if writingEnd >= 0 { close(writingEnd) }
    }
  }

  /// Ends the process without unwinding anything.
  static func exitAtOnce(_ code: Int32) -> Never { _exit(code) }

  /// Whether the working folder is now that one.
  static func changeDirectory(to path: String) -> Bool { chdir(path) == 0 }

  /// The name of this machine, as other machines see it in a lock.
  static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Replaces an existing file atomically: readers see the old one or the new one. The mode is kept. A link
  /// stays one.
  static func replace(_ path: String, with bytes: [UInt8]) -> Bool {
    guard let resolved = realpath(path, nil) else { return false }
    defer { free(resolved) }
    let real = String(cString: resolved)
    var status = stat()
    guard stat(real, &status) == 0 else { return false }
    return write(bytes, to: real, mode: status.st_mode & 0o7777)
  }

  /// Writes a file that only its owner can read, whole or not at all.
  static func writePrivately(_ bytes: [UInt8], to path: String) -> Bool {
    write(bytes, to: path, mode: 0o600)
  }

  private static func write(_ bytes: [UInt8], to path: String, mode: mode_t) -> Bool {
    let draft = "\(path).\(getpid()).draft"
    let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard file >= 0 else { return false }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { systemWrite(file, $0, from: written) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      written += count
    }
    let isWhole = written == bytes.count && fchmod(file, mode) == 0
    guard close(file) == 0, isWhole, rename(draft, path) == 0 else {
      unlink(draft)
      return false
    }
    return true
  }
}

/// Where the handler writes; one listener at a time. Set before the handler is, and taken back after it.
private nonisolated(unsafe) var stopPipe: Int32 = -1

/// The signal handler: does nothing but what one may.
private func noteStop(_: Int32) {
  let kept = errno
  var byte: UInt8 = 1
  _ = write(stopPipe, &byte, 1)
  errno = kept
}
