import Planner
import Providers

/// Words that a shell asks for while somebody types: they depend on the folder.
enum CompletionList: String, Sendable, CaseIterable {
  case kinds, profiles, addresses

  /// What is asked for behind an option; nil where nothing is known of its value.
  init?(of option: OptionName) {
    switch option {
    case .profile, .from: self = .profiles
    case .target, .exclude, .replace, .adopt: self = .addresses
    default: return nil
    }
  }

  /// The command that writes them, without a word where something is wrong: nobody reads errors while typing.
  var command: String { "stackform completions \(rawValue) 2>/dev/null" }

  /// The words, for the project and the stack of the working folder. None where they can't be read.
  func words(_ files: FileReader = .disk) -> [String] {
    switch self {
    case .kinds: return AWSKinds.registry.kinds.map(\.schema.section)
    case .profiles: return (try? Project.find(from: ".", files: files))?.profiles.map(\.name) ?? []
    case .addresses:
      guard let path = try? StackFile.path(for: ".", files: files),
        let stack = try? StackFile.declaration(path, files: files)
      else { return [] }
      return stack.resources.map(\.address.description)
    }
  }
}
