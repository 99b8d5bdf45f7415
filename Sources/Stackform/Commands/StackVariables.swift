import Planner

/// The values that a run gives to a stack's variables: profile, environment, files, command line, each over the one before.
enum StackVariables {
  /// `STACKFORM_VAR_x` in the environment is variable `x`.
  static let environmentPrefix = "STACKFORM_VAR_"

  static func values(
    for command: ParsedCommand, declaration: StackDeclaration, profile: [String: Value],
    environment: [String: String], files: FileReader
  ) throws(Diagnostics) -> [String: Value] {
    var values = profile
    let declared = Set(declaration.variables.map(\.name))
    for (name, text) in environment where name.hasPrefix(environmentPrefix) {
      // The environment serves many stacks: what this one does not declare is meant for another.
      let variable = String(name.dropFirst(environmentPrefix.count))
      if declared.contains(variable) { values[variable] = .string(text) }
    }
    for path in command.variableFiles {
      for (name, value) in try VariableFile.values(path, files: files) { values[name] = value }
    }
    try declaration.problems(ofVariablesNamed: command.variables.keys).throwIfErrors()
    for (name, text) in command.variables { values[name] = .string(text) }
    return values
  }
}
