/// A renaming of a stack: a value that says what would be done.
package struct StackRename: Sendable {
  package let old: String
  package let new: String
  package let resources: Int
  package let releases: Int
  /// Derived resources that have the old name in theirs: the next apply makes them anew.
  package let namedAfterIt: [Address]
  /// A run that was killed has begun it.
  package let isContinued: Bool
  /// All that is left are the stack file and the new ledger's mark, and of the old stack at most its files.
  let isEnding: Bool
  /// The old ledger went, and a new stack of the old name was applied since: it is no matter of this renaming.
  let hasSuccessor: Bool

  /// - Throws: why it must not be done.
  init(_ former: Ledger?, _ next: Ledger?, from old: String, to new: String) throws(Diagnostics) {
    guard old != new else { throw Diagnostics([.sameName(old)]) }
    guard StackDeclaration.canBeCalled(new) else { throw Diagnostics([.badStackName(new)]) }
    let arrival = Renaming(direction: .from, stack: old)
    if let next, next.renaming != arrival {
      // Without the former ledger it was perhaps renamed already.
      throw Diagnostics([former == nil ? .noLongerNamed(old, new) : .nameInUse(new)])
    }
    // The old ledger is marked before there is a new one: without a mark it is another one.
    hasSuccessor = next != nil && former != nil && former?.renaming == nil
    isEnding = former == nil || hasSuccessor
    guard let ledger = isEnding ? next : former else { throw Diagnostics([.neverApplied]) }
    if !isEnding { try Self.refuse(ledger, old, to: new) }
    self.old = old
    self.new = new
    resources = ledger.records.count
    releases = ledger.releases.count
    namedAfterIt = ledger.records.parts(namedAfter: old)
    isContinued = ledger.renaming != nil
  }

  private static func refuse(_ ledger: Ledger, _ old: String, to new: String) throws(Diagnostics) {
    if let renaming = ledger.renaming, renaming != Renaming(direction: .to, stack: new) {
      throw Diagnostics([.beingRenamed(renaming, old)])
    }
    let problems = ledger.records.sorted { $0.key < $1.key }.compactMap { address, record -> Diagnostic? in
      if let handover = record.handover { return .beingMoved(address, handover, of: old, at: nil) }
      if record.isBeingForgotten == true { return .beingForgotten(address, of: old, at: nil) }
      return record.intent.map { .unfinished(address, $0) }
    }
    guard problems.isEmpty else { throw Diagnostics(problems) }
  }
}

extension [Address: Ledger.Record] {
  /// Derived resources whose name is made of the stack's, as a lambda's role.
  func parts(namedAfter stack: String) -> [Address] {
    filter { address, record in
      address.part != nil && record.identities.contains { $0.name?.contains("\(stack)-") == true }
    }.keys.sorted()
  }
}

extension Diagnostic {
  fileprivate static func sameName(_ name: String) -> Diagnostic {
    Diagnostic("The same name", "The stack is called \"\(name)\" already.", fix: "Name another one.")
  }

  /// What is no name of a stack.
  package static func badStackName(_ name: String) -> Diagnostic {
    Diagnostic(
      "Bad name", "\"\(name.shortened)\" can't be a stack's name.",
      fix: "A letter, then letters, digits and -, at most 63.")
  }

  fileprivate static func nameInUse(_ name: String) -> Diagnostic {
    Diagnostic(
      "The name is taken", "There is a stack \"\(name)\" here already.",
      fix: "Choose another name, or move resources into it: `stackform move ADDRESS --to \(name)`.")
  }

  fileprivate static func noLongerNamed(_ old: String, _ new: String) -> Diagnostic {
    Diagnostic(
      "No such stack", "There is no stack \"\(old)\" here, and there is one called \"\(new)\".",
      fix: "If it was renamed already, nothing is left to do.")
  }

  static let halfRenamed = Diagnostic(
    .warning, "The renaming is not finished",
    "Both ledgers have everything, and there is no plan for either name until it is.",
    fix: "Mend what is said above, and run the same command again.")

  static func notRenamed(_ rename: StackRename) -> Diagnostic {
    Diagnostic(
      .warning, "Nothing was renamed", "The stack is called \"\(rename.old)\" as before.",
      fix: "Mend what is said above, and run the same command again.")
  }
}

extension StackDeclaration {
  /// Whether a stack can be called so: a letter, then letters, digits and -, at most 63.
  package static func canBeCalled(_ name: String) -> Bool { StackLoader.isStackName(name) }
}
