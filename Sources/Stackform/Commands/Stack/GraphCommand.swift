import Planner
import Providers

/// `stackform graph`: a picture of what needs what; with --plan, coloured by what would happen.
enum GraphCommand {
  /// Draws the stack's graph, without any request; with `--plan` it reads and marks what would happen.
  static func run(_ command: ParsedCommand, _ context: CommandContext) async throws -> ExitCode {
    let stack: Stack
    var actions: [Address: ResourceChange.Action] = [:]
    if command.flag(.plan) {
      let session = try await Session.open(command, context)
      let plan = try await session.planned(session.planOptions, on: context.terminal).plan
      stack = session.stack
      for change in plan.changes { actions[change.address] = change.action }
    } else {
      stack = try offlineStack(command, context)
    }
    let graph = try ResourceGraph(stack)
    let nodes = stack.resources.map {
      GraphNode($0.address, section: $0.section, action: actions[$0.address])
    }
    let edges = stack.resources.flatMap { resource in
      graph.needs(of: resource.address).map { GraphEdge(resource.address, needs: $0) }
    }
    let renderer = GraphRenderer(style: context.terminal.style)
    context.terminal.write(renderer.render(nodes, edges, as: command.graphFormat))
    return .success
  }

  /// The stack, resolved without any request.
  static func offlineStack(_ command: ParsedCommand, _ context: CommandContext) throws -> Stack {
    let path = try StackFile.path(for: command.stackPath, files: .disk)
    var declaration = try StackFile.declaration(path, files: .disk)
    let place = try RunPlace(
      command, stackPath: path, environment: context.environment, asksNobody: true)
    declaration.companions = place.companions
    let variables = try StackVariables.values(
      for: command, declaration: declaration, profile: place.variables, environment: context.environment,
      files: .disk)
    context.guardSecrets(of: declaration, variables)
    var stack = try declaration.resolved(
      registry: AWSKinds.registry, target: place.offlineTarget, variables: variables.mapValues(\.value),
      environment: context.environment, files: .disk)
    stack.warnings.add(contentsOf: place.warnings)
    return stack
  }
}
