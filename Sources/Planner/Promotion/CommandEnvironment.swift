/// What a gate's command, and a recorded test, find in their environment of the release that they are about.
package struct CommandEnvironment: Sendable, Hashable {
  /// By the names of the outputs: the variable of each. Secret outputs, and outputs that are not known, have
  /// no variable.
  private let outputVariables: [String: String]
  /// Everything that is set for the command, by variable.
  package let variables: [String: String]

  private static let factVariables: [CommandTemplate.Fact: String] = [
    .releaseNumber: "STACKFORM_RELEASE", .releaseDigest: "STACKFORM_RELEASE_DIGEST",
    .profileName: "STACKFORM_PROFILE", .profileRegion: "AWS_REGION", .profileAccount: "STACKFORM_ACCOUNT",
    .profileEndpoint: "STACKFORM_ENDPOINT", .targetName: "STACKFORM_TARGET_PROFILE",
  ]

  /// - Parameters:
  ///   - outputs: those of the release, as they are live.
  ///   - facts: the release and the profiles; a fact without a value is empty.
  package init(outputs: [Output], facts: [CommandTemplate.Fact: String]) {
    var names: [String: String] = [:]
    var variables: [String: String] = [:]
    for output in outputs.sorted(by: { $0.name < $1.name }) where !output.isSecret {
      guard !output.value.isPending else { continue }
      let base = "STACKFORM_OUTPUT_" + String(output.name.map(Self.plain))
      var name = base
      var number = 2
      while variables[name] != nil {
        name = "\(base)_\(number)"
        number += 1
      }
      names[output.name] = name
      variables[name] = output.value.scalarText ?? (output.value.isNull ? "" : output.value.json)
    }
    for fact in CommandTemplate.Fact.allCases { variables[Self.variable(of: fact)] = facts[fact] ?? "" }
    outputVariables = names
    self.variables = variables
  }

  private static func variable(of fact: CommandTemplate.Fact) -> String { factVariables[fact] ?? "" }

  /// The command for the shell.
  package func shellText(_ command: CommandTemplate) -> String {
    command.shellText { reference in
      switch reference {
      case .output(let name): outputVariables[name] ?? "STACKFORM_OUTPUT_"
      case .fact(let fact): Self.variable(of: fact)
      }
    }
  }

  /// What keeps a command from being run: it refers to an output that there is not, or that is not to be given away.
  package static func problems(_ command: CommandTemplate, outputs: [Output]) -> Diagnostics {
    var problems = Diagnostics()
    for case .output(let name) in command.references {
      guard let output = outputs.first(where: { $0.name == name }) else {
        let near = suggestion(for: name, among: outputs.map(\.name)).map { "Did you mean ${outputs.\($0)}?" }
        problems.add(
          Diagnostic(
            "Unknown output",
            "The gate \"\(command.source.shortened)\" refers to ${outputs.\(name)}, and the release has no such output.",
            fix: near ?? "Its outputs are: \(outputs.map(\.name).sorted().joined(separator: ", ")).")
        )
        continue
      }
      guard output.isSecret else { continue }
      problems.add(
        Diagnostic(
          "A secret for a command",
          "The gate \"\(command.source.shortened)\" refers to ${outputs.\(name)}, which is secret.",
          fix: "Let the command ask for it itself: stackform output --raw \(name)."))
    }
    return problems
  }
}

extension CommandEnvironment {
  /// ASCII letters and digits as they are, anything else as `_`.
  fileprivate static func plain(_ character: Character) -> Character {
    character.isASCII && (character.isLetter || character.isNumber) ? character : "_"
  }
}
