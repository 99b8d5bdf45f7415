/// What a stack file and the files that it includes say, before anything is put in: no target, no kinds, no variables yet.
package struct StackDeclaration: Sendable {
  package var name: String
  package var summary: String?
  /// The stack file's path, and every included one's, in the order in which they were read.
  package var files: [String]
  /// Files that say what the stack is besides these: the project's, and those of variables. A path is as the stack file's.
  package var companions: Set<String> = []
  /// The folder of the stack file.
  package var directory: String
  package var variables: [VariableDeclaration] = []
  /// Tags that every taggable resource gets, unless it has one of the same name.
  package var tags: [YAMLNode.Entry] = []
  package var resources: [ResourceDeclaration] = []
  package var outputs: [OutputDeclaration] = []
  /// Every section's key with its position, so that the resolver can report one that no kind has.
  var sections: [(name: String, span: SourceSpan)] = []
  /// Unknown keys whose value is not a mapping: mostly misspelt ones.
  var malformedSections: [YAMLNode.Entry] = []
  /// Sections with nothing under them, be it because all of it was made a comment.
  var emptySections: [(name: String, span: SourceSpan)] = []
  /// Entries that are not mappings, by section: a mistake only if there is such a kind.
  var malformedEntries: [(section: String, entry: YAMLNode.Entry)] = []
  /// Mistakes that do not stop the search for others. They are thrown together with those of the resolution.
  package var problems = Diagnostics()
}

/// One entry of a section, as the file has it.
package struct ResourceDeclaration: Sendable {
  package let address: Address
  package let keySpan: SourceSpan
  /// The entry's mapping; an empty one for an entry that says nothing.
  package let node: YAMLNode
  /// The folder of the file that declares it, relative to the stack's folder.
  package let directory: String
}

/// One entry of `outputs`.
package struct OutputDeclaration: Sendable {
  package let name: String
  package let keySpan: SourceSpan
  package let value: YAMLNode
  package let summary: String?
  package let isSecret: Bool
}

/// One entry of `variables`: a default alone, or everything that is to be said of it.
package struct VariableDeclaration: Sendable {
  /// The type of a variable's value.
  package enum Kind: String, Sendable, CaseIterable { case string, integer, number, boolean, list, map }

  package let name: String
  package let keySpan: SourceSpan
  /// nil when the file names neither type nor default: any value will do.
  package internal(set) var kind: Kind?
  package internal(set) var defaultValue: Value?
  package internal(set) var summary: String?
  package internal(set) var isSecret: Bool
  package internal(set) var range: ClosedRange<Double>?
  package internal(set) var pattern: String?
  package internal(set) var allowed: [Value]

  /// Something in the entry is wrong, and was reported.
  package internal(set) var isBroken = false

  /// Must be given by the caller.
  package var isRequired: Bool { defaultValue == nil }
}

/// The keys that every resource takes besides its kind's properties.
package enum UniversalKey: String, Sendable, CaseIterable {
  case name, dependsOn, protect, ignoreChanges, adopt

  /// For the reference page and `explain`.
  package var summary: String {
    switch self {
    case .name: "The physical name; default is the entry's name behind the profile's `namePrefix`."
    case .dependsOn:
      "Addresses (`section.name`) of resources that come first although nothing here refers to them."
    case .protect: "Refuses every plan that would delete or replace it, even once it is gone from the file."
    case .ignoreChanges: "Properties (or paths, as `environment.VERSION`) whose live value is left as it is."
    case .adopt: "Adopts a resource of that name that exists and that no stack owns."
    }
  }
}
