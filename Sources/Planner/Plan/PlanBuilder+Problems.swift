/// Why there is no plan: whose a live resource is, and what would be deleted that must not be.
extension Diagnostic {
  /// What a plan says of a resource that another stack, or nobody known, owns.
  package static let foreignSummary = "The resource belongs to somebody else"

  static func foreign(
    _ resource: Resource, _ live: LiveResource, _ owner: Owner?, _ schema: Schema, in stack: Stack,
    at span: SourceSpan?
  ) -> Diagnostic {
    // What bears no tags was given away, and the ledger knows to whom.
    let source = schema.isTaggable ? "by its tags" : "as this stack's ledger has it"
    let another = schema.naming == nil ? "Take this entry out" : "Give this one another `name`"
    guard let owner, owner.stack == stack.name else {
      let whose = owner?.words ?? "not of this stack"
      return Diagnostic(
        .error, foreignSummary,
        "\(resource.address) would be \"\(live.id)\", which is \(whose) \(source).",
        at: span, address: resource.address,
        fix: "\(another), or "
          + (owner.map { "bring that one here: `\($0.movingCommand(to: resource.address, of: stack.name))`." }
            ?? "take it out of its stack first."))
    }
    return Diagnostic(
      .error, "The resource belongs to another entry",
      "\(resource.address) would be \"\(live.id)\", which is \(owner.address) of this stack by its tags.",
      at: span, address: resource.address,
      fix: schema.naming == nil
        ? .oneAfterTheOther(owner.address, resource.address)
        : "Give this one another `name`, or rename \(owner.address) first, in an apply of its own.")
  }

  /// Two copies of a stack in one account and region would be planned against one another.
  static func namedOtherwise(_ other: Ledger.NamedBy, _ stack: Stack) -> Diagnostic {
    func words(_ prefix: String) -> String {
      prefix.isEmpty ? "no name prefix" : "the name prefix \"\(prefix)\""
    }
    let target = stack.target
    return Diagnostic(
      .error, "The stack has other names here",
      "\"\(stack.name)\" was applied to this account and region with \(words(other.prefix)) (profile "
        + "\"\(other.profile)\"), and the profile \"\(target.profile)\" has \(words(target.namePrefix)). The two have one "
        + "ledger, and nothing of it would be found: an apply would replace everything.",
      fix:
        "Give a second copy another name (`stack:`), account or region. To give this one other names, destroy it "
        + "first: `stackform destroy --stack \(stack.name)`.")
  }

  /// What waits for its end under the wanted name is not this stack's.
  static func nameRests(
    _ resource: Resource, _ live: LiveResource, _ owner: Owner?, at span: SourceSpan?
  ) -> Diagnostic {
    let whose = owner.map { "was \($0.address) of the stack \"\($0.stack)\"" } ?? "was not made by Stackform"
    return Diagnostic(
      .error, "The name is not free yet",
      "\(resource.address) would be \"\(live.id)\", which waits for its deletion, and \(whose).", at: span,
      address: resource.address, fix: "Give this one another `name`, or delete that one at once.")
  }

  /// The resource is to get a name that another one has.
  static func nameHeld(
    _ resource: Resource, _ rival: LiveResource.Rival, at span: SourceSpan?
  ) -> Diagnostic {
    let whose =
      rival.owner.map { "\($0.address) of the stack \"\($0.stack)\"" } ?? "not made by Stackform"
    return Diagnostic(
      .error, "The name is not free",
      "\(resource.address) would be called \"\(resource.name ?? "")\". \"\(rival.id)\" is, which is \(whose).",
      at: span, address: resource.address,
      fix: "Give this one another `name`, or rename that one first, in an apply of its own.")
  }

  /// Of resources that are told by their contents alone there is one already: the service would answer with that one, and
  /// two would own it.
  static func contentsHeld(
    _ resource: Resource, _ rival: LiveResource.Rival, by entry: Address?, _ schema: Schema,
    at span: SourceSpan?
  ) -> Diagnostic {
    Diagnostic(
      .error, "There is one already",
      "\(resource.address) would have the \(schema.uniqueWords) of \"\(rival.id)\", which is "
        + (entry.map { "\($0) now." } ?? "not this entry's."),
      at: span, address: resource.address,
      fix: entry.map { _ in
        "Keep it under that name. To call it \(resource.address), leave this entry out in an apply of its own first."
      }
        ?? "Leave this one as it is; or delete that one first, if nothing needs it.")
  }

  /// Of several that bear the owner tags of one entry no ledger says which one the stack uses: the order of a listing must
  /// not decide which one lives.
  static func untoldTwins(_ address: Address, _ lives: [LiveResource], at span: SourceSpan?) -> Diagnostic {
    let ids = lives.map { "\"\($0.id)\"" }.joined(separator: " and ")
    return Diagnostic(
      .error, "Several resources bear the same owner tags",
      "\(address) is \(ids) by their tags, and no ledger says which of them is in use.", at: span,
      address: address,
      fix: "Find out which one is. Of the other take the tags \(Owner.stackTag) and \(Owner.addressTag) off, "
        + "so that it lives on as nobody's, or delete it. Then the same command again.")
  }

  static func replacesAdopted(
    _ resource: Resource, _ live: LiveResource, _ difference: ResourceDifference, at span: SourceSpan?
  ) -> Diagnostic {
    let names = difference.properties.filter(\.forcesReplacement).compactMap(\.path.first)
    let why =
      names.isEmpty
      ? "it is to be replaced"
      : "\(Set(names).sorted().joined(separator: ", ")) can't be changed in place"
    return Diagnostic(
      .error, "What is adopted would be deleted",
      "\(resource.address) would take over \"\(live.id)\", and \(why).", at: span, address: resource.address,
      fix: "Declare it as it is, or give this one another `name`.")
  }

  static func nobodys(
    _ resource: Resource, _ live: LiveResource, maker: String?, _ schema: Schema, at span: SourceSpan?
  ) -> Diagnostic {
    // What bears no tags may be another stack's, and tells nobody.
    let whose = schema.isTaggable ? "was not made by Stackform" : "is not known to this stack"
    return Diagnostic(
      .error, "The resource exists already",
      "\(resource.address) would be \"\(live.id)\", which exists and \(whose)."
        + (maker.map { " \($0)" } ?? ""),
      at: span, address: resource.address,
      fix: "Take it over with --adopt \(resource.address) (or `adopt: true` in its entry), or "
        + (schema.naming != nil ? "give this one another `name`." : "take this entry out."))
  }

  static func barred(
    _ address: Address, verb: String, by bar: String, at span: SourceSpan?
  ) -> Diagnostic {
    Diagnostic(
      .error, "The service would refuse to delete the resource",
      "\(address) would be \(verb), and its \(bar) is on. Stackform never turns that off by itself.",
      at: span,
      address: address, fix: "Set `\(bar): false` in its entry and apply that first, if it really shall go.")
  }

  static func protected(_ address: Address, verb: String, at span: SourceSpan?) -> Diagnostic {
    Diagnostic(
      .error, "The resource is protected", "\(address) would be \(verb), and it is marked `protect: true`.",
      at: span, address: address,
      fix: "Set `protect: false` in its entry and apply that first, if it really shall go.")
  }
}
