import Planner
import Providers

/// `stackform verify PROFILE -- COMMAND`: runs a test against a profile's release, and records with that release how it ended.
enum VerifyCommand {
  /// Runs the test and records its result with the release. Returns 1 when it failed.
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    let (words, route) = try PromotionRoute.words(of: command)
    let profile = try route.project.profile(named: words[0])
    let stack = try await OpenedStack.open(profile, of: route, command, isTarget: false, context)
    let deployed = try await LoadedRelease.load(stack)
    let session = try deployed.session(context)
    let outputs = try await session.pipeline.outputs(of: session.stack)
    let environment = ReleaseCommandEnvironment(
      deployed, outputs: outputs, target: nil, caller: context.environment)
    let name = command.value(.name) ?? "test"
    context.terminal.writeLine(
      context.terminal.style("\(route.stack)", .bold)
        + " #\(deployed.release.number) in \(profile.name): test \"\(name)\"")
    let stop = StopRequest()
    return try await Interrupt.handling(terminal: context.terminal, stop: stop) { interrupt in
      let end = await test(command.program, environment, context, interrupt)
      guard !interrupt.isRequested else { return .interrupted }
      if case .unstartable(let why) = end.reason {
        throw Diagnostic("The test did not run", "\(command.program[0]) can't be started: \(why).")
      }
      try await record(name, end, deployed, command, context)
      return end.isSuccess ? .success : .failure
    }
  }

  /// One word is the shell's to read; several are a program and its arguments.
  private static func test(
    _ program: [String], _ environment: ReleaseCommandEnvironment, _ context: CommandContext,
    _ interrupt: Interrupt
  ) async -> ProgramEnd {
    let words = program.count == 1 ? ["/bin/sh", "-c", program[0]] : program
    let gate = Locked(LineGate())
    let terminal = context.terminal
    let end = await Platform.run(
      GuardedProgram(words: words, environment: environment.all, folder: ".", limit: nil),
      isStopping: { interrupt.isRequested },
      show: { bytes in
        terminal.write(gate.withLock { $0.take(bytes) })
      })
    terminal.write(gate.withLock { $0.finish() })
    return end
  }

  private static func record(
    _ name: String, _ end: ProgramEnd, _ deployed: LoadedRelease, _ command: ParsedCommand,
    _ context: CommandContext
  ) async throws {
    let (stack, number) = (deployed.opened, deployed.release.number)
    let verification = Endorsement(
      author: stack.endorser, time: stack.client.timeText(), profile: stack.profile.name,
      note: command.value(.note),
      test: name,
      isSuccess: end.isSuccess)
    try await stack.endorse(deployed.release, mustBeCurrent: true, context) { release in
      release.verifications = release.verifications.kept(with: verification)
    }
    let style = context.terminal.style
    let words = end.isSuccess ? style("passed", .green) : style("failed", .red) + " (it \(end.words))"
    context.terminal.writeLine("Recorded for #\(number): \"\(name)\" \(words), by \(stack.endorser.user).")
  }
}

extension [Endorsement] {
  /// With another test run at the end. Of each test the last ten are kept: the ledger is small.
  fileprivate func kept(with verification: Endorsement) -> [Endorsement] {
    var all = self + [verification]
    let same = all.indices.filter { all[$0].test == verification.test }
    for index in same.dropLast(10).reversed() { all.remove(at: index) }
    return all
  }
}
