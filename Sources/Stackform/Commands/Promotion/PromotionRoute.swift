import Planner
import Providers

/// What the words of `promote`, `approve` and `verify` mean: the project, the stack, and from which profile to which.
struct PromotionRoute: Sendable {
  let project: Project
  /// A path in the folder from which the project was searched; the file need not exist.
  let path: String
  /// The stack's name.
  let stack: String

  /// One way that a release goes.
  struct Step: Sendable {
    let from: Profile
    let to: Profile
  }

  /// Where gates' commands run: the folder of stackform.yaml.
  var folder: String { project.path.map(FilePath.directory) ?? FilePath.directory(of: path) }

  /// Separates the profiles of a line from its stack: a last word that is not a profile, and exists on the
  /// disk, is the stack.
  static func words(
    of command: ParsedCommand, files: FileReader = .disk
  ) throws(Diagnostics) -> (profiles: [String], route: PromotionRoute) {
    var words = command.arguments
    var argument = "."
    if let last = words.last, try isStack(last, position: words.count, files) {
      argument = last
      words.removeLast()
    }
    let path = files.entry(argument) == .file ? argument : FilePath.joined(argument, StackFile.defaultName)
    let project = try Project.find(from: FilePath.directory(of: path), files: files)
    let name = try stackName(command, argument: argument, files)
    return (words, PromotionRoute(project: project, path: path, stack: name))
  }

  private static func isStack(_ word: String, position: Int, _ files: FileReader) throws(Diagnostics) -> Bool
  {
    if position > 2 { return true }
    guard files.entry(word) != nil else { return false }
    let here = try Project.find(from: ".", files: files)
    return !here.profiles.contains { $0.name == word }
  }

  /// `--stack`, else what the stack file says. Nothing else of that file is read: what is promoted is not in it.
  private static func stackName(
    _ command: ParsedCommand, argument: String, _ files: FileReader
  ) throws(Diagnostics) -> String {
    if let name = command.value(.stack) { return name }
    do throws(Diagnostic) {
      let path = try StackFile.path(for: argument, files: files)
      do throws(Diagnostics) {
        return try StackFile.declaration(path, files: files).name
      } catch {
        throw Diagnostic(
          "Which stack?", "\(path) can't be read: \(error.items.first?.detail ?? "").",
          fix: "Name the stack: --stack NAME. Nothing else of the file is needed.")
      }
    } catch {
      throw Diagnostics([
        Diagnostic(
          "Which stack?", error.detail,
          fix: "Name the stack: --stack NAME. Its files are in the release; or name its folder.")
      ])
    }
  }

  /// The one step of `promote FROM TO` and `promote TO`.
  func step(_ profiles: [String]) throws(Diagnostics) -> Step {
    guard let last = profiles.last, profiles.count <= 2 else {
      throw Diagnostics([
        Diagnostic(
          "Missing argument", "stackform promote needs to know where to.",
          fix: "stackform promote FROM TO, or stackform promote TO where TO has a promoteFrom.")
      ])
    }
    let to = try project.profile(named: last)
    let from = profiles.count == 2 ? try project.profile(named: profiles[0]) : try source(of: to)
    guard from.name != to.name else {
      throw Diagnostics([
        Diagnostic(
          "Nowhere to go", "The release of \"\(to.name)\" is there already.",
          fix: "Name two profiles: stackform promote FROM TO.")
      ])
    }
    return Step(from: from, to: to)
  }

  /// The profile that another one takes its releases from.
  func source(of profile: Profile) throws(Diagnostics) -> Profile {
    guard let name = profile.promoteFrom else {
      let place = project.path ?? Project.fileName
      throw Diagnostics([
        Diagnostic(
          "No source", "profiles.\(profile.name) has no promoteFrom.", at: profile.span,
          fix: "Write promoteFrom: PROFILE in \(place), or name both profiles.")
      ])
    }
    return try project.profile(named: name)
  }

  /// The steps of `promote --chain [TO]`, from the first profile on.
  func chain(to profiles: [String]) throws(Diagnostics) -> [Step] {
    guard profiles.count <= 1 else {
      throw Diagnostics([
        Diagnostic(
          "Unexpected argument",
          "--chain goes by promoteFrom, and \"\(profiles[0])\" is one profile too many.",
          fix: "stackform promote --chain TO")
      ])
    }
    var profile = if let name = profiles.first { try project.profile(named: name) } else { try end() }
    var steps: [Step] = []
    var seen = [profile.name]
    while profile.promoteFrom != nil {
      let from = try source(of: profile)
      guard !seen.contains(from.name) else {
        throw Diagnostics([
          Diagnostic(
            "Endless promotion",
            "\((seen + [from.name]).joined(separator: " is promoted from ")), and so on.", at: from.span,
            fix: "Take out one promoteFrom.")
        ])
      }
      seen.append(from.name)
      steps.insert(Step(from: from, to: profile), at: 0)
      profile = from
    }
    // The error that no route leads there.
    if steps.isEmpty { _ = try source(of: profile) }
    return steps
  }

  /// The one profile that others do not promote from, and that is promoted to.
  private func end() throws(Diagnostics) -> Profile {
    let sources = Set(project.profiles.compactMap(\.promoteFrom))
    let ends = project.profiles.filter { $0.promoteFrom != nil && !sources.contains($0.name) }
    if let end = ends.first, ends.count == 1 { return end }
    throw Diagnostics([
      Diagnostic(
        "Which chain?",
        ends.isEmpty
          ? "No profile has a promoteFrom that a chain could end with."
          : "Chains end with \(ends.map(\.name).joined(separator: " and ")).",
        fix: "Name its end: stackform promote --chain PROFILE.")
    ])
  }
}
