import Planner

/// A property that is a set, whose items are added and removed by calls of their own, many at once: a security group's
/// rules. The kind's own read returns them.
struct FacetSet: Sendable {
  let add: Operation<Writes>
  let remove: Operation<Writes>
  /// Changes the members that are ``apart``.
  let change: Operation<Writes>
  /// The field that holds the items in all of them.
  let field: String
  /// Members by which an item is not told from others: a description.
  let apart: Set<String>
  /// An item as the calls take it; `id` is the resource's own.
  let wire: @Sendable (_ item: Value, _ id: String, Target) -> Value
  /// The code of the error that says that no more items fit: then those that must go do so first.
  let full: String
  /// Whether the target does not change an item like this, so that it is removed and added again.
  var remakes: @Sendable (_ item: Value, Target) -> Bool = { _, _ in false }

  /// Adds what is missing, changes what differs, then removes what must go: nobody is cut off meanwhile. Only where no
  /// more fit, the removal comes first.
  func write(
    _ wanted: Value?, over live: Value?, _ shape: Shape, of id: String, _ reference: [String: Value],
    _ aws: WritingClient
  ) async throws(ProviderError) {
    let (wanted, live) = (byIdentity(wanted, shape), byIdentity(live, shape))
    func send(_ operation: Operation<Writes>, _ items: [String: Value]) async throws(ProviderError) {
      guard !items.isEmpty else { return }
      let list = items.sorted { $0.key < $1.key }.map { wire($0.value, id, aws.target) }
      try await aws.write(operation, reference.merging([field: .list(list)]) { $1 })
    }
    let changed = wanted.filter { key, value in
      guard let before = live[key] else { return false }
      return apart.contains { (before[$0] ?? .null) != (value[$0] ?? .null) }
    }
    let (new, old) = (wanted.filter { live[$0.key] == nil }, live.filter { wanted[$0.key] == nil })
    var isRemoved = false
    do throws(ProviderError) {
      try await send(add, new)
    } catch {
      guard error.code == full, !old.isEmpty else { throw error }
      try await send(remove, old)
      isRemoved = true
      try await send(add, new)
    }
    let remade = changed.filter { remakes($0.value, aws.target) }
    try await send(remove, live.filter { remade[$0.key] != nil })
    try await send(add, remade)
    try await send(change, changed.filter { remade[$0.key] == nil })
    if !isRemoved { try await send(remove, old) }
  }

  /// The items by what tells them from one another.
  private func byIdentity(_ set: Value?, _ shape: Shape) -> [String: Value] {
    let items = shape.normalised(set ?? .null).list ?? []
    let pairs = items.map { item in
      (Value.map((item.map ?? [:]).filter { !apart.contains($0.key) && !$0.value.isNull }).json, item)
    }
    return Dictionary(pairs) { $1 }
  }
}
