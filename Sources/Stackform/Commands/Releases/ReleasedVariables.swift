import Planner
import Providers

/// The values with which a release is applied again in its own profile: the recorded ones. Only its secrets
/// must be given again.
struct ReleasedVariables {
  let release: Release
  let command: ParsedCommand
  /// The profile's variables, of now: only secrets are taken from them.
  let profile: [String: Value]
  let environment: [String: String]

  /// The values of a release's variables, with its secrets given again.
  ///
  /// - Throws: for a secret that was not given, and for a value of a variable that is not secret.
  func values(for declaration: StackDeclaration) throws -> [String: GivenValue] {
    let recorded = release.variables
    for name in command.variables.keys.sorted() where recorded[name]?.isSecret == false {
      throw Diagnostic(
        "Not a matter of choice", "variables.\(name) is what it was in release #\(release.number).",
        fix: "Leave out --var \(name)=…: only secrets are given again. To change a value, apply.")
    }
    let now = try StackVariables.values(
      for: command, declaration: declaration, profile: profile, environment: environment, files: .disk)
    var values = now.filter { recorded[$0.key]?.isSecret ?? false }
    for (name, variable) in recorded {
      if let value = variable.value { values[name] = GivenValue(value, variable.origin) }
    }
    // A value for an unknown variable is an error, as always.
    for (name, value) in now where recorded[name] == nil && value.origin == .given { values[name] = value }
    try checkSecrets(values)
    return values
  }

  private func checkSecrets(_ values: [String: GivenValue]) throws(Diagnostics) {
    let missing = release.variables.filter { name, variable in
      variable.isSecret && variable.origin != .default && values[name] == nil
    }
    guard !missing.isEmpty else { return }
    throw Diagnostics(
      missing.keys.sorted().map { name in
        Diagnostic(
          "A secret must be given again",
          "variables.\(name) had a value in release #\(release.number), and no release keeps a secret.",
          fix: "Give it: STACKFORM_VAR_\(name)=… in the environment, or --var-file FILE.")
      })
  }

  /// Secrets whose value is not the one that the release had, by its fingerprint.
  func changedSecrets(in draft: ReleaseDraft, _ fingerprint: Fingerprinter) -> [String] {
    release.variables.filter { name, variable in
      guard variable.isSecret, let now = draft.variables[name] else { return false }
      return variable.fingerprint != nil && variable.fingerprint != fingerprint(now.value)
    }.keys.sorted()
  }
}
