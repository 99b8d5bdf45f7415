/// What the user asked of a plan beyond the stack itself.
package struct PlanOptions: Sendable, Hashable {
  /// Take everything away.
  package var isDestroy = false
  /// Addresses or globs (`queues.*`): only these and what they need.
  package var targets: [String] = []
  /// Addresses or globs: not these and not what needs them.
  package var excludes: [String] = []
  /// Replace these although nothing forces it.
  package var replaces: [String] = []
  /// Adopt what exists and no stack owns: addresses or globs.
  package var adopts: [String] = []
  /// Exactly these and nothing that they need; nil for all.
  package var only: Set<Address>?

  package init() {}

  /// Whether an address fits one of the patterns, itself or through the declared resource that it is a part
  /// of. `*` stands for any text.
  package static func matches(_ address: Address, _ patterns: [String]) -> Bool {
    patterns.contains { pattern in
      let glob = Array(pattern)
      return isMatch(glob[...], Array(address.description)[...])
        || isMatch(glob[...], Array(address.declared.description)[...])
    }
  }

  private static func isMatch(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
    var pattern = pattern
    var text = text
    var retry: (pattern: ArraySlice<Character>, text: ArraySlice<Character>)?
    while true {
      if pattern.first == "*" {
        pattern = pattern.dropFirst()
        retry = (pattern, text)
      } else if let first = text.first, pattern.first == first {
        pattern = pattern.dropFirst()
        text = text.dropFirst()
      } else if text.isEmpty, pattern.isEmpty {
        return true
      } else if let (after, from) = retry, !from.isEmpty {
        pattern = after
        text = from.dropFirst()
        retry = (after, text)
      } else {
        return false
      }
    }
  }
}

/// The resources of the graph that a plan acts on.
struct Selection {
  private let chosen: Set<Address>?
  private let excluded: Set<Address>

  init(_ options: PlanOptions, graph: ResourceGraph) {
    chosen =
      options.targets.isEmpty
      ? nil
      : Self.closure(graph.addresses.filter { PlanOptions.matches($0, options.targets) }) {
        graph.needs(of: $0)
      }
    var dependents: [Address: [Address]] = [:]
    for address in graph.addresses {
      for other in graph.needs(of: address) { dependents[other, default: []].append(address) }
    }
    excluded = Self.closure(graph.addresses.filter { PlanOptions.matches($0, options.excludes) }) {
      dependents[$0] ?? []
    }
    targets = options.targets
    excludes = options.excludes
    only = options.only
  }

  private let only: Set<Address>?
  private let targets: [String]
  private let excludes: [String]

  /// Addresses that only the ledger knows are chosen by name alone.
  func contains(_ address: Address) -> Bool {
    if let only, !only.contains(address) { return false }
    if excluded.contains(address) || PlanOptions.matches(address, excludes) { return false }
    return chosen.map { $0.contains(address) || PlanOptions.matches(address, targets) } ?? true
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
