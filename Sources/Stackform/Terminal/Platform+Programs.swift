import Dispatch
import Providers

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Platform {
  /// Runs a program, found by PATH, and returns its standard output. Its standard error goes to the user.
  /// - Throws: that it can't be started, or how it ended.
  @Sendable static func output(of words: [String]) async throws(ProgramFailure) -> String {
    let result = await withCheckedContinuation { continuation in
      // It blocks: a thread of libdispatch, not one of the few that all tasks share.
      DispatchQueue.global().async { continuation.resume(returning: run(words)) }
    }
    return try result.get()
  }

  /// A program's standard output, if it succeeds within a time. Its standard error is dropped.
  static func briefOutput(of words: [String], within limit: Duration) -> String? {
    guard case .success(let text) = run(words, quietlyWithin: limit) else { return nil }
    return text
  }

  private static func run(
    _ words: [String], quietlyWithin limit: Duration? = nil
  ) -> Result<String, ProgramFailure> {
    var ends: [Int32] = [-1, -1]
    guard !words.isEmpty, pipe(&ends) == 0 else {
      return .failure(ProgramFailure(reason: "names no program"))
    }
    // A copy in another child would keep the pipe open.
    _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
    _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
    defer { close(ends[0]) }
    let (child, failure) = spawn(words, output: ends[1], isQuiet: limit != nil)
    close(ends[1])
    guard let child else { return .failure(ProgramFailure(reason: "can't be started: \(text(of: failure))")) }
    let output = readAll(ends[0], until: limit.map { ContinuousClock.now + $0 })
    if output == nil { kill(child, SIGKILL) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) == -1 && errno == EINTR {}
    guard let output else {
      return .failure(ProgramFailure(reason: limit == nil ? "wrote more than 1 MiB" : "took too long"))
    }
    if status & 0x7f != 0 { return .failure(ProgramFailure(reason: "was ended by signal \(status & 0x7f)")) }
    let code = (status >> 8) & 0xff
    guard code == 0 else { return .failure(ProgramFailure(reason: "ended with status \(code)")) }
    return .success(output)
  }

  private static func spawn(_ words: [String], output: Int32, isQuiet: Bool) -> (pid_t?, Int32) {
    #if canImport(Darwin)
    var actions: posix_spawn_file_actions_t?
    #else
    var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, output, Descriptor.output.rawValue)
    if isQuiet {
      posix_spawn_file_actions_addopen(&actions, Descriptor.input.rawValue, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_addopen(&actions, Descriptor.errors.rawValue, "/dev/null", O_WRONLY, 0)
    }
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var child = pid_t()
    let failure = posix_spawnp(&child, words[0], &actions, nil, &arguments, environ)
    return failure == 0 ? (child, 0) : (nil, failure)
  }

  /// nil when the end did not come in time, or within a mebibyte.
  private static func readAll(_ descriptor: Int32, until deadline: ContinuousClock.Instant?) -> String? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      if let deadline {
        let left = (deadline - .now) / .milliseconds(1)
        var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        if left <= 0 || poll(&ready, 1, Int32(left.rounded(.up))) == 0 { return nil }
      }
      let count = read(descriptor, &buffer, buffer.count)
      // A key has a few hundred bytes; a program that writes without end must not take all memory.
      if bytes.count > 1 << 20 { return nil }
      if count > 0 { bytes += buffer[..<count] } else if count == 0 || errno != EINTR { break }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func text(of code: Int32) -> String {
    guard let text = strerror(code) else { return "error \(code)" }
    return String(cString: text)
  }
}
