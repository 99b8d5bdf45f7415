import Foundation
import Planner

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What a run on a terminal showed.
struct TerminalResult: Sendable, CustomStringConvertible {
  var code: Int32
  var text: String
  var description: String { "-> \(code)\n\(text)" }
}

extension Workplace {
  /// Runs the program on a terminal, and types the answer when it asks for a value.
  func onTerminal(_ arguments: [String], typing answer: String, variables: [String: String] = [:])
    async throws
    -> TerminalResult
  {
    try await PseudoTerminal.run(typing: [answer], variables: variables) { variables, terminal in
      try start(arguments, variables: variables, terminal: terminal)
    }
  }
}

enum PseudoTerminal {
  /// Runs a program on a terminal, and types the answers, one for each value that it asks for.
  static func run(
    typing answers: [String], variables: [String: String] = [:],
    start: (_ variables: [String: String], _ terminal: Int32) throws -> ProgramRun
  ) async throws -> TerminalResult {
    var master: Int32 = 0
    var descriptor: Int32 = 0
    guard openpty(&master, &descriptor, nil, nil, nil) == 0 else { throw POSIXError(.ENOTTY) }
    // A program that another test starts meanwhile must not keep the terminal open.
    for end in [master, descriptor] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let shown = Locked("")
    let ended = DispatchSemaphore(value: 0)
    var terminal = variables
    terminal["TERM"] = "xterm-256color"
    let run = try start(terminal, descriptor)
    close(descriptor)
    Thread.detachNewThread { [master] in
      var buffer = [UInt8](repeating: 0, count: 4096)
      var answered = 0
      while true {
        let count = read(master, &buffer, buffer.count)
        guard count > 0 else { break }
        let text = shown.withLock { text in
          text += String(decoding: buffer[..<count], as: UTF8.self)
          return text
        }
        let asked = text.ranges(of: "Enter a value:").count
        if answered < min(asked, answers.count), !answers[answered].isEmpty {
          let answer = answers[answered]
          answered += 1
          // The terminal is not the program's controlling one, so that ^C has to be sent as what it means.
          if answer == "\u{3}" {
            run.signal(SIGINT)
          } else {
            try? FileHandle(fileDescriptor: master).write(contentsOf: Data(answer.utf8))
          }
        }
      }
      close(master)
      ended.signal()
    }
    let code = await run.result().code
    await withCheckedContinuation { done in
      Thread.detachNewThread {
        ended.wait()
        done.resume()
      }
    }
    return TerminalResult(code: code, text: shown.withLock { $0 })
  }
}
