import Planner

/// A run's values for a stack's variables: profile, environment, files, command line. Each goes over the one
/// before.
enum StackVariables {
  /// `STACKFORM_VAR_x` in the environment is variable `x`.
  static let environmentPrefix = "STACKFORM_VAR_"

  /// `beneath` holds values with the lowest precedence: those that were given to a release that is promoted.
  static func values(
    for command: ParsedCommand, declaration: StackDeclaration, profile: [String: Value],
    environment: [String: String], files: FileReader, beneath: [String: GivenValue] = [:]
  ) throws(Diagnostics) -> [String: GivenValue] {
    var values = beneath
    for (name, value) in profile { values[name] = GivenValue(value, .profile) }
    let declared = Set(declaration.variables.map(\.name))
    for (name, text) in environment where name.hasPrefix(environmentPrefix) {
      // The environment serves many stacks: what this one does not declare is meant for another.
      let variable = String(name.dropFirst(environmentPrefix.count))
      if declared.contains(variable) { values[variable] = GivenValue(.string(text), .given) }
    }
    for path in command.variableFiles {
      for (name, value) in try VariableFile.values(path, files: files) {
        values[name] = GivenValue(value, .given)
      }
    }
    try declaration.problems(ofVariablesNamed: command.variables.keys).throwIfErrors()
    for (name, text) in command.variables { values[name] = GivenValue(.string(text), .given) }
    return values
  }
}
