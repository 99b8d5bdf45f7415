/// Stacks as their ledgers have them: what there is, and whose it is.
extension CommandTable {
  static let stacks = CommandDeclaration(
    .stacks, .looking, "List the stacks of an account and region",
    discussion: """
      Every stack that has a ledger in the account and region of the profile: its current release, when and by \
      whom, how many resources it has, and who holds its lock. No stack file is needed. Other regions of the \
      account that have stacks are named.
      """,
    options: [.json, .profile, .region, .endpointURL],
    examples: [
      .init("stackform stacks --profile dev", "What is deployed there?"),
      .init("stackform stacks --json | jq -r '.stacks[].stack'", "Their names, for a script."),
    ])

  private static let custody: [OptionName] = [.autoApprove, .confirm, .json, .stack, .lockTimeout, .input]

  static let forget = CommandDeclaration(
    .forget, .other, "Take resources out of the ledger, and let them live",
    discussion: """
      The resources stay as they are. Their owner tags come off, and the stack's ledger forgets them: no plan \
      changes or deletes them any more. Shows what it would forget, and asks. The parts of an entry (a lambda's \
      derived role) go along with it. What the file still declares is an error of the next plan, which offers to \
      adopt it.
      """,
    arguments: [
      ArgumentDeclaration(
        "ADDRESS",
        "A resource as queues.orders; queues.* for all of a section. And the stack file or folder.",
        isRequired: true, completion: .listedOrFile(.addresses), isRepeated: true)
    ],
    options: custody + OptionName.where,
    examples: [
      .init("stackform forget queues.orders", "Shows it, asks, and forgets it."),
      .init(
        "stackform forget 'tables.*' --stack shop --profile dev", "All tables, without the stack's file."),
    ])

  static let move = CommandDeclaration(
    .move, .other, "Move resources to another stack",
    discussion: """
      The resources stay as they are. Their records go into the ledger of the other stack, and their owner tags \
      name that one. Shows what it would move, and asks. Refused where the other stack has the address, and where \
      resources that stay refer to what goes. Put the entries into the other stack's file before its next apply: \
      what no file declares is destroyed. A move that was killed is finished by the same command; until then no \
      plan touches the resources.
      """,
    arguments: [
      ArgumentDeclaration(
        "ADDRESS",
        "A resource as queues.orders; queues.* for all of a section. And the stack file or folder.",
        isRequired: true, completion: .listedOrFile(.addresses), isRepeated: true)
    ],
    options: [.to, .as] + custody + OptionName.where,
    variants: [
      OptionDeclaration(
        .to, .text, value: "STACK", "The stack that they go to; a name that is new makes one."),
      OptionDeclaration(
        .as, .text, value: "ADDRESS", default: "the same", "The address there, of one resource."),
    ],
    examples: [
      .init("stackform move queues.orders --to billing", "Out of ./stack.yaml's stack into another one."),
      .init("stackform move tables.a --stack shop --to billing --as tables.b", "Under another address."),
    ])

  static let renameStack = CommandDeclaration(
    .renameStack, .other, "Give a stack another name",
    discussion: """
      The ledger, its releases and its history go to the new name, and the owner tags of all resources name it. \
      No resource changes otherwise. Shows it, asks, and edits the line `stack:` of the stack file, where there is \
      one. A renaming that was killed is finished by the same command; until then there is no plan for either name. \
      Each profile has a ledger of its own, and is renamed by a run of its own.
      """,
    arguments: [
      ArgumentDeclaration("OLD", "The stack's name.", isRequired: true),
      ArgumentDeclaration("NEW", "Its new name.", isRequired: true), stack,
    ],
    options: [.autoApprove, .confirm, .json, .lockTimeout, .input] + OptionName.where,
    examples: [
      .init("stackform rename-stack shop store", "In the local profile, and in ./stack.yaml."),
      .init("stackform rename-stack shop store --profile production", "In another one."),
    ])
}
