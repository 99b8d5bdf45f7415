import CSystem
import Dispatch
import Planner
import Providers

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A program that is run for its verdict: a gate's command, a test.
struct GuardedProgram: Sendable {
  /// The program, found by PATH, and its arguments.
  var words: [String]
  var environment: [String: String]
  /// Where it works.
  var folder: String
  /// How long it may take before it is ended with everything that it started; nil for as long as it likes.
  var limit: Duration?
}

/// How such a program ended, and what it wrote.
struct ProgramEnd: Sendable {
  /// Why the program ended.
  enum Reason: Sendable, Hashable {
    case exited(Int32)
    case signalled(Int32)
    /// It took longer than it may, and was ended.
    case outOfTime
    /// The run was asked to stop.
    case stopped
    case unstartable(String)
  }

  var reason: Reason
  /// What it wrote to standard output and standard error, in the order of writing, bounded.
  var output: BoundedOutput
  var seconds: Double

  var isSuccess: Bool { reason == .exited(0) }

  /// For a sentence: `ended with status 1`.
  var words: String {
    switch reason {
    case .exited(0): "succeeded"
    case .exited(let code): "ended with status \(code)"
    case .signalled(let number): "was ended by signal \(number)"
    case .outOfTime: "took too long and was ended"
    case .stopped: "was stopped"
    case .unstartable(let why): "can't be started: \(why)"
    }
  }
}

extension Platform {
  /// Runs a program to its end, with an empty input and in its own session. Its whole group, and what left that
  /// for one of its own, is killed when the time is over, when `isStopping` says so, and when the program itself
  /// has ended. `show` gets what it writes, as it arrives.
  static func run(
    _ program: GuardedProgram, isStopping: @escaping @Sendable () -> Bool,
    show: @escaping @Sendable (ArraySlice<UInt8>) -> Void = { _ in }
  ) async -> ProgramEnd {
    await withCheckedContinuation { continuation in
      // It blocks for minutes: a thread of its own.
      DispatchQueue(label: "stackform.program").async {
        continuation.resume(returning: runToEnd(program, isStopping, show))
      }
    }
  }

  private static func runToEnd(
    _ program: GuardedProgram, _ isStopping: () -> Bool, _ show: (ArraySlice<UInt8>) -> Void
  ) -> ProgramEnd {
    let start = ContinuousClock.now
    var kept = BoundedOutput()
    func ended(_ reason: ProgramEnd.Reason) -> ProgramEnd {
      let elapsed = ContinuousClock.now - start
      return ProgramEnd(reason: reason, output: kept, seconds: elapsed / .seconds(1))
    }
    var ends: [Int32] = [-1, -1]
    guard !program.words.isEmpty, pipe(&ends) == 0 else { return ended(.unstartable("there is no program")) }
    _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
    _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
    defer { close(ends[0]) }
    var program = program
    let number = marks.withLock { count in
      count += 1
      return count
    }
    let mark = "\(getpid())-\(number)"
    // A program of a program is the outer one's, too.
    program.environment[Orphans.mark] = [program.environment[Orphans.mark], mark].compactMap(\.self)
      .joined(separator: ",")
    let (child, failure) = Orphans.starting { spawnSession(program, output: ends[1]) }
    close(ends[1])
    guard let child else { return ended(.unstartable(describe(failure))) }
    let watch = ProgramWatch(
      child: child, mark: mark, output: ends[0], deadline: program.limit.map { start + $0 })
    let reason = watch.wait(isStopping) { bytes in
      kept.append(bytes)
      show(bytes)
    }
    return ended(reason)
  }

  private static let marks = Locked(0)

  /// Starts it as the leader of a new session, and so of a new group, with the signals that this process ignores heard again.
  private static func spawnSession(_ program: GuardedProgram, output: Int32) -> (pid_t?, Int32) {
    #if canImport(Darwin)
    var actions: posix_spawn_file_actions_t?
    var attributes: posix_spawnattr_t?
    #else
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, Descriptor.input.rawValue, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, Descriptor.output.rawValue)
    posix_spawn_file_actions_adddup2(&actions, output, Descriptor.errors.rawValue)
    var heard = sigset_t()
    sigemptyset(&heard)
    for number in [SIGPIPE, SIGINT, SIGTERM, SIGHUP] { sigaddset(&heard, number) }
    posix_spawnattr_setsigdefault(&attributes, &heard)
    posix_spawnattr_setflags(&attributes, stackform_spawn_setsid | Int16(POSIX_SPAWN_SETSIGDEF))
    // `posix_spawn` has no portable action for the working folder: a shell changes to it and replaces itself
    // with the program.
    let words = ["/bin/sh", "-c", #"cd "$0" && exec "$@""#, program.folder] + program.words
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] =
      program.environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var child = pid_t()
    let failure = posix_spawn(&child, "/bin/sh", &actions, &attributes, &arguments, &variables)
    return failure == 0 ? (child, 0) : (nil, failure)
  }

  private static func describe(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}

/// One running child process: reads its output, and ends it in time.
private struct ProgramWatch {
  let child: pid_t
  /// By which what it leaves behind is known.
  let mark: String
  let output: Int32
  let deadline: ContinuousClock.Instant?
  /// What a group that is asked to end has for that, before it is killed.
  private static let grace = Duration.seconds(2)

  func wait(_ isStopping: () -> Bool, _ take: (ArraySlice<UInt8>) -> Void) -> ProgramEnd.Reason {
    var ending: (reason: ProgramEnd.Reason, kill: ContinuousClock.Instant)?
    while !hasEnded {
      read(for: 50, take)
      let now = ContinuousClock.now
      if let ending {
        if now >= ending.kill { kill(-child, SIGKILL) }
      } else if deadline.map({ now >= $0 }) ?? false {
        ending = (.outOfTime, now + Self.grace)
        kill(-child, SIGTERM)
      } else if isStopping() {
        ending = (.stopped, now + Self.grace)
        kill(-child, SIGTERM)
      }
    }
    // Processes that it left running would keep the pipe open, and outlive the gate. The child is not reaped
    // yet, so that the group's number is its own.
    kill(-child, SIGKILL)
    Platform.Orphans.end(of: child, mark: mark)
    while read(for: 20, take) {}
    var status: Int32 = 0
    var reaped = waitpid(child, &status, 0)
    while reaped == -1 && errno == EINTR { reaped = waitpid(child, &status, 0) }
    Platform.Orphans.forget(child)
    if let ending { return ending.reason }
    guard reaped == child else { return .unstartable("how it ended is not known") }
    return status & 0x7f == 0 ? .exited((status >> 8) & 0xff) : .signalled(status & 0x7f)
  }

  /// Whether it has ended; it is left to be reaped.
  private var hasEnded: Bool {
    var information = siginfo_t()
    if waitid(P_PID, id_t(child), &information, WEXITED | WNOHANG | WNOWAIT) != 0 { return errno == ECHILD }
    return processID(information) == child
  }

  private func processID(_ information: siginfo_t) -> pid_t {
    #if canImport(Darwin)
    information.si_pid
    #else
    information._sifields._sigchld.si_pid
    #endif
  }

  /// Reads what arrives within so many milliseconds; false when nothing arrived.
  @discardableResult
  private func read(for milliseconds: Int32, _ take: (ArraySlice<UInt8>) -> Void) -> Bool {
    var ready = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    guard poll(&ready, 1, milliseconds) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 16 * 1024)
    let count = DiskFile.systemRead(output, &buffer)
    if count > 0 {
      take(buffer[..<count])
      return true
    }
    // The other end is closed while the child still runs: do not spin.
    if count == 0 { usleep(UInt32(milliseconds) * 1000) }
    return false
  }
}
