import Planner
import Providers

/// `stackform validate`: everything that can be known without asking anybody.
enum ValidateCommand {
  /// Checks the stack without any request.
  ///
  /// - Throws: its mistakes, as diagnostics.
  static func run(_ command: ParsedCommand, _ context: CommandContext) throws -> ExitCode {
    let stack = try GraphCommand.offlineStack(command, context)
    _ = try ResourceGraph(stack)
    let derived = stack.resources.count { $0.isDerived }
    let declared = stack.resources.count - derived
    if command.isJSON {
      context.terminal.write(stack.warnings.validationJSON.prettyJSON)
    } else {
      stack.warnings.warn(command, on: context.terminal)
      let style = context.terminal.style
      let (resources, them) = declared == 1 ? ("resource", "it") : ("resources", "them")
      context.terminal.writeLine(
        style("Success!", .bold, .green) + " The stack \"\(stack.name)\" is valid: "
          + "\(declared) \(resources), and \(derived) derived from \(them).")
    }
    return .success
  }
}
