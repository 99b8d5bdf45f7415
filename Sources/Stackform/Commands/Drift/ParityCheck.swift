import Planner
import Providers

/// The warnings of `plan --parity`: what works where the stack was tried and will be different in its target.
enum ParityCheck {
  /// It makes no request. The place where the stack was tried is the profile's `promoteFrom`, or else an
  /// emulator on this machine.
  static func warnings(
    for planned: Pipeline.Planned, _ command: ParsedCommand, _ context: CommandContext
  ) throws -> Diagnostics {
    let target = planned.plan.target
    let path = try StackFile.path(for: command.stackPath, files: .disk)
    let project = try Project.find(from: FilePath.directory(of: path), files: .disk)
    let profile = try project.profile(named: target.profile)
    var source = Target(
      account: "000000000000", region: target.region, endpoint: Profile.local.endpoint)
    if let from = profile.promoteFrom {
      var own = command
      own.values[.profile] = [from]
      own.values[.confirm] = nil
      own.values[.endpointURL] = nil
      source = try RunPlace(
        own, stackPath: path, environment: context.environment, asksNobody: true
      ).offlineTarget
    }
    return Diagnostics(Parity.warnings(for: planned.stack, from: source, to: target))
  }

  /// For people behind the plan, for machines as events.
  static func warn(
    _ planned: Pipeline.Planned, _ command: ParsedCommand, _ context: CommandContext
  ) throws {
    guard command.flag(.parity) else { return }
    try warnings(for: planned, command, context).warn(command, on: context.terminal)
  }
}
