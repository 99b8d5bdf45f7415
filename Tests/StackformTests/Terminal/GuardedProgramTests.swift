import Foundation
import Testing

@testable import Planner
@testable import Stackform

/// Programs that are run for their verdict.
struct GuardedProgramTests {
  private func run(
    _ script: String, environment: [String: String] = [:], folder: String = "/",
    limit: Duration? = .seconds(20),
    isStopping: @escaping @Sendable () -> Bool = { false }
  ) async -> ProgramEnd {
    await Platform.run(
      GuardedProgram(
        words: ["/bin/sh", "-c", script],
        environment: environment.merging(["PATH": "/usr/bin:/bin"]) { given, _ in given }, folder: folder,
        limit: limit),
      isStopping: isStopping)
  }

  @Test func `its end and all that it writes are told, and its input is empty`() async {
    let end = await run("pwd; echo $X; echo err >&2; cat; exit 3", environment: ["X": "y"], folder: "/usr")
    #expect(end.reason == .exited(3))
    #expect(end.output.text == "/usr\ny\nerr\n")
    #expect(await run("true").isSuccess)
    #expect(await run("kill -9 $$").reason == .signalled(9))
  }

  @Test func `a folder that is not there is a failure, and so is a program that is not there`() async {
    #expect(await run("true", folder: "/no/such/folder").isSuccess == false)
    let end = await Platform.run(
      GuardedProgram(words: ["no-such-program-of-mine"], environment: [:], folder: "/", limit: nil),
      isStopping: { false })
    #expect(end.reason == .exited(127))
  }

  @Test func `when its time is over, it ends with everything that it started`() async throws {
    // A child and a grandchild, deaf to the request to end. What ran to its own end leaves the mark.
    let mark = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    let end = await run(
      "trap '' TERM; (sleep 600 & echo $!; wait; touch \(mark)) & echo $!; wait; touch \(mark)",
      limit: .seconds(2))
    #expect(end.reason == .outOfTime)
    let children = end.output.text.split(separator: "\n").compactMap { Int($0) }
    #expect(children.count == 2, "\(end.output.text)")
    for child in children { try await expectEnd(of: child) }
    #expect(!FileManager.default.fileExists(atPath: mark))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/setsid")))
  func `what went into a session of its own is ended with it`() async throws {
    let end = await run(
      "f=$(mktemp -u); mkfifo $f; setsid sh -c 'echo $$; sleep 600 & echo $!; wait' > $f & { read a; read b; } < $f; "
        + "rm $f; echo $a; echo $b")
    #expect(end.isSuccess)
    let children = end.output.text.split(separator: "\n").compactMap { Int($0) }
    #expect(children.count == 2, "\(end.output.text)")
    for child in children { try await expectEnd(of: child) }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/setsid")))
  func `what a program of a program left behind is ended with the outer one`() async throws {
    // It stands for a Stackform that was killed in a gate, with a program of its own that has marks of its own.
    let end = await run("STACKFORM_GUARDED_PROGRAM=$STACKFORM_GUARDED_PROGRAM,9-9 setsid sleep 600 & echo $!")
    let child = Int(end.output.text.filter(\.isNumber)) ?? 0
    try #require(child > 0, "\(end.output.text)")
    try await expectEnd(of: child)
  }

  @Test func `what this process has started otherwise is left alone`() async throws {
    // Foundation starts it in a group of its own.
    let agent = Process()
    agent.executableURL = URL(fileURLWithPath: "/bin/sleep")
    agent.arguments = ["600"]
    try agent.run()
    defer { kill(agent.processIdentifier, SIGKILL) }
    #expect(await run("true").isSuccess)
    #expect(Platform.isRunning(process: Int(agent.processIdentifier)))
  }

  /// Demands that the process ends: a signal that was sent is not carried out at once.
  private func expectEnd(of process: Int) async throws {
    let patience = ContinuousClock.now + .seconds(60)
    while Platform.isRunning(process: process) {
      try #require(ContinuousClock.now < patience, "\(process) is still running")
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  @Test func `what it leaves running is ended with it, and holds nothing up`() async throws {
    let start = ContinuousClock.now
    let end = await run("sleep 600 & echo $!")
    #expect(end.isSuccess)
    #expect(ContinuousClock.now - start < .seconds(200))
    let child = Int(end.output.text.filter(\.isNumber)) ?? 0
    try #require(child > 0)
    try await expectEnd(of: child)
  }

  @Test func `a request to stop ends it`() async {
    let end = await run("sleep 30", isStopping: { true })
    #expect(end.reason == .stopped)
  }

  @Test(arguments: [
    "x y", "$(echo pwned)", "`id`", "a'b", "a\"b", "; echo pwned", "*", "a\\b", "${HOME}", "two\nlines", "-n",
  ])
  func `a value reaches the command as it is, wherever it stands in the command`(value: String) async throws {
    let outputs = [Output(name: "v", value: .string(value))]
    let environment = CommandEnvironment(outputs: outputs, facts: [:])
    for source in [
      "printf %s ${outputs.v}", "printf %s \"${outputs.v}\"", "printf %s '${outputs.v}'",
      "printf %s \"$(printf %s ${outputs.v})\"", "x=${outputs.v}; printf %s \"$x\"",
      // Code for a second shell, with each kind of quotes in each.
      "sh -c 'printf %s ${outputs.v}'", "sh -c \"printf %s ${outputs.v}\"",
      "/bin/sh -ec 'printf %s \"${outputs.v}\"'", "sh -c \"printf %s '${outputs.v}'\"",
      #"sh -c "printf %s \"${outputs.v}\"""#, #"true && sh -c 'printf %s '\''${outputs.v}'\'"#,
    ] {
      let end = await run(
        environment.shellText(try CommandTemplate(source)), environment: environment.variables)
      #expect(end.output.text == value + "\n", "\(source)")
    }
  }

  @Test func `of a line that is too long nothing is shown, wherever it is cut`() {
    for size in [1, 7, 30, 1000] {
      var gate = LineGate(most: 1000, longest: 20)
      let text =
        "one\n" + String(repeating: "x", count: 100) + "secret\ntwo\n" + String(repeating: "y", count: 30)
      let bytes = Array(text.utf8)
      var shown = ""
      for start in stride(from: 0, to: bytes.count, by: size) {
        shown += gate.take(bytes[start..<min(start + size, bytes.count)])
      }
      shown += gate.finish()
      #expect(
        shown == "one\n(a line of more than 20 bytes)\ntwo\n(a line of more than 20 bytes)\n",
        "pieces of \(size)")
    }
  }

  @Test func `no more is shown than somebody reads, and the last line without an end counts, too`() {
    var gate = LineGate(most: 10, longest: 20)
    #expect(gate.take(Array("one\ntwo".utf8)) == "one\n")
    #expect(
      gate.take(Array("\nthree\nfo".utf8))
        == "two\nthree\n(The rest is not shown: it is more than 10 bytes.)\n")
    #expect(gate.take(Array("ur\nfive".utf8)) == "")
    #expect(gate.finish() == "")
    var short = LineGate()
    #expect(short.take(Array("last".utf8)) + short.finish() + short.finish() == "last\n")
  }

  @Test func `what it writes is kept within bounds, by whole lines`() {
    var kept = BoundedOutput(head: 30, tail: 30)
    for number in 0..<1000 { kept.append(Array("line \(number)\n".utf8)) }
    kept.append(Array("last".utf8))
    #expect(
      kept.text
        == "line 0\nline 1\nline 2\nline 3\n(993 lines left out)\nline 997\nline 998\nline 999\nlast\n")
    var long = BoundedOutput(head: 30, tail: 30)
    long.append([UInt8](repeating: 120, count: 100_000) + Array("\nend\n".utf8))
    #expect(long.text == "(a line of 100000 bytes)\nend\n")
    #expect(BoundedOutput().text.isEmpty)
  }
}
