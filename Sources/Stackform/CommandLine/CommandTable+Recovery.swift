/// Locks, and ledgers that need help.
extension CommandTable {
  static let lock = CommandDeclaration(
    .lock, .other, "List who is at work: the locks of all stacks",
    discussion: """
      Every lock that is held in the account and region of the profile: stack, who, where, since when, and \
      how long ago its holder renewed it. To break one, see `stackform unlock`.
      """,
    arguments: [
      ArgumentDeclaration("list", "The only action.", isRequired: true, completion: .words(["list"]))
    ],
    options: [.json, .profile, .region, .endpointURL],
    examples: [
      .init("stackform lock list --profile staging", "Who is deploying to staging?"),
      .init("stackform lock list --json", "For a script."),
    ])

  static let ledger = CommandDeclaration(
    .ledger, .other, "Show a stack's ledger, or restore it",
    discussion: """
      show lists what the ledger holds. rebuild makes a new ledger in the place of a lost one, from the live \
      resources that the stack names and from all others in the account with the stack's owner tags. repair \
      keeps a damaged ledger under another name, saves what can still be read, and rebuilds the rest. Both \
      show what they would write and ask; neither changes a resource.
      """,
    arguments: [
      ArgumentDeclaration(
        "ACTION", "show, rebuild or repair.", isRequired: true,
        completion: .words(["show", "rebuild", "repair"])),
      ArgumentDeclaration(
        "STACK", "A stack file, or a folder that holds a stack.yaml; the working folder by default.",
        completion: .file),
    ],
    options: [.autoApprove, .confirm, .force, .json, .stack, .lock, .lockTimeout, .input] + OptionName.place,
    examples: [
      .init("stackform ledger show", "Addresses and identities, as the ledger has them."),
      .init("stackform ledger rebuild stacks/shop", "After the ledger was deleted."),
      .init(
        "stackform ledger repair --force", "Write a ledger of a newer Stackform again, in this one's form."),
    ])
}
