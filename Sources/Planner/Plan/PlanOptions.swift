/// What the user asked of a plan beyond the stack itself.
package struct PlanOptions: Sendable, Hashable {
  /// Take everything away.
  package var isDestroy = false
  /// Addresses or globs (`queues.*`): only these and what they need; of a destruction, what needs them.
  package var targets: [String] = []
  /// Addresses or globs: not these and not what needs them; of a destruction, what they need.
  package var excludes: [String] = []
  /// Replace these although nothing forces it.
  package var replaces: [String] = []
  /// Adopt what exists and no stack owns: addresses or globs.
  package var adopts: [String] = []
  /// Exactly these and nothing that they need; nil for all.
  package var only: Set<Address>?
  /// The stack is that of the current release, to compare it with what is live: what changed hands since is left out.
  package var isOfRelease = false

  package init() {}

  /// Those of a plan that compares the current release with what is live.
  package static var release: PlanOptions {
    var options = PlanOptions()
    options.isOfRelease = true
    return options
  }

  /// Whether an address fits one of the patterns, itself or through the declared resource that it is a part
  /// of. `*` stands for any text.
  package static func matches(_ address: Address, _ patterns: [String]) -> Bool {
    patterns.contains { pattern in
      let glob = WildcardPattern(pattern)
      return glob.fits(Array(address.description)) || glob.fits(Array(address.declared.description))
    }
  }
}

/// The resources that a plan acts on.
///
/// What is made or changed takes along what it needs, and what is left out leaves out what needs it. For a destruction
/// it is the other way round.
struct Selection {
  private let chosen: Set<Address>?
  private let excluded: Set<Address>

  init(_ options: PlanOptions, graph: ResourceGraph, ledger: Ledger?) {
    let isWhole = options.targets.isEmpty && options.excludes.isEmpty
    let needs = isWhole ? [:] : Self.needs(graph, options.isDestroy ? ledger : nil)
    var dependents: [Address: [Address]] = [:]
    for (address, others) in needs { for other in others { dependents[other, default: []].append(address) } }
    let (along, without) = options.isDestroy ? (dependents, needs) : (needs, dependents)
    func closure(of patterns: [String], _ next: [Address: [Address]]) -> Set<Address> {
      Self.closure(needs.keys.filter { PlanOptions.matches($0, patterns) }) { next[$0] ?? [] }
    }
    chosen = options.targets.isEmpty ? nil : closure(of: options.targets, along)
    excluded = closure(of: options.excludes, without)
    targets = options.targets
    excludes = options.excludes
    only = options.only
  }

  private let only: Set<Address>?
  private let targets: [String]
  private let excludes: [String]

  /// Left out, itself or because of what it needs; of a destruction, what needs it. It is not even read.
  func excludes(_ address: Address) -> Bool {
    excluded.contains(address) || PlanOptions.matches(address, excludes)
  }

  /// Addresses that only the ledger knows are chosen by name alone.
  func contains(_ address: Address) -> Bool {
    if let only, !only.contains(address) { return false }
    if excludes(address) { return false }
    return chosen.map { $0.contains(address) || PlanOptions.matches(address, targets) } ?? true
  }

  /// What each resource needs: by the file, and of what is destroyed by the last apply, too.
  private static func needs(_ graph: ResourceGraph, _ ledger: Ledger?) -> [Address: [Address]] {
    var needs = Dictionary(graph.addresses.map { ($0, graph.needs(of: $0)) }) { first, _ in first }
    for (address, record) in ledger?.records ?? [:] { needs[address, default: []] += record.needs }
    return needs
  }

  private static func closure(_ start: [Address], _ next: (Address) -> [Address]) -> Set<Address> {
    var reached = Set(start)
    var queue = start
    while let address = queue.popLast() {
      for other in next(address) where reached.insert(other).inserted { queue.append(other) }
    }
    return reached
  }
}
