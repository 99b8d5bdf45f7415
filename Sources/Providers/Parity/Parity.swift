package import Planner

/// What works where a stack was tried and will be different in its target: reported before it is applied
/// there.
///
/// Each rule reads this stack as it is wanted in the target, and reports nothing where the two places can't
/// differ. Facts of AWS name the page of AWS's documentation that they are from; those of emulators, the
/// request that showed them.
package enum Parity {
  /// Finds everything that can differ between the two places.
  ///
  /// - Parameters:
  ///   - stack: resolved for `target`.
  ///   - source: where it has run.
  ///   - target: the target of the stack.
  /// - Returns: warnings, each with its address, its reason and its fix, in the order of the rules.
  package static func warnings(for stack: Stack, from source: Target, to target: Target) -> [Diagnostic] {
    let move = ParityMove(stack: stack, source: source, target: target)
    return rules.flatMap { $0(move) }
  }

  /// From what most surprises to what least does.
  private static let rules: [@Sendable (ParityMove) -> [Diagnostic]] = [
    unprovenRights, literalPlaces, localAddresses, hotReloads, runtimes, integrationTimeouts, concurrency,
    policySizes, longIntegrations, bucketNames, deletedQueues, silentProperties,
  ]
}

/// A stack on its way from one place to another.
struct ParityMove: Sendable {
  let stack: Stack
  let source: Target
  let target: Target

  /// Tried on an emulator, and meant for AWS itself: nearly everything that can differ does so here.
  var leavesEmulator: Bool { !source.isAWS && target.isAWS }

  /// The resources of a section, derived ones too.
  func all(_ section: String) -> [Resource] { stack.resources.filter { $0.section == section } }

  /// A warning at the property's place in the file.
  func warning(
    _ resource: Resource, _ path: [String] = [], _ summary: String, _ detail: String, fix: String
  ) -> Diagnostic {
    var warning = Diagnostic(
      PropertyProblem(path, summary, detail, fix: fix), of: resource.address,
      in: stack.places[resource.address.declared])
    warning.severity = .warning
    return warning
  }

  /// One warning for all resources that it concerns, at the first of them: sixty queues do not need sixty
  /// warnings.
  func warning(
    of resources: [Resource], _ summary: String, fix: String, _ detail: (_ names: String) -> String
  ) -> [Diagnostic] {
    guard let first = resources.first else { return [] }
    return [warning(first, [], summary, detail(Self.names(resources)), fix: fix)]
  }

  /// `queues.a, queues.b, queues.c and 5 more`.
  static func names(_ resources: [Resource]) -> String {
    let names = resources.map(\.address.description)
    guard names.count > 3 else { return names.joined(separator: ", ") }
    return names.prefix(3).joined(separator: ", ") + " and \(names.count - 3) more"
  }
}
