import Planner

/// A property that is a map, each entry of which has calls of its own: a log group's filters.
///
/// The map is read only where it is declared, and then enforced as a whole, as every map is: without it, entries that
/// somebody else put there are left alone.
struct FacetItems: Sendable {
  /// Lists the live entries.
  let list: Operation<Reads>
  /// Writes one entry. It takes the place of the one of its name.
  let put: Operation<Writes>
  let remove: Operation<Writes>
  /// The field of an entry's name in all of them.
  let key: String
  /// The shape of an entry.
  let shape: Shape
  /// The fields of an entry in `put`, and the entry that an item of the listing is.
  let fields: @Sendable (Value) -> [String: Value]
  let value: @Sendable (Value) -> Value
  /// On endpoints that have this trait an entry that is put again does not take the old one's place, so that this is
  /// removed first.
  var keepsReplaced: EndpointTrait?
  /// `put` and `remove` take many entries at once.
  var together: Together?

  /// Calls that take many entries.
  struct Together: Sendable {
    /// The field of the entries in `put`.
    let put: String
    /// The field of their names in `remove`.
    let remove: String
    /// How many entries a resource may have.
    let most: Int
  }

  /// The live entries by name. A resource that is gone by now has none.
  func read(_ reference: [String: Value], _ aws: ReadingClient) async throws(ProviderError) -> Value {
    let items = try await aws.everyItem(list, reference)
    return .map(Dictionary(items.map { ($0[key]?.string ?? "", value($0)) }) { first, _ in first })
  }

  /// Removes the entries that are no longer wanted, then puts those that differ: a resource may have as many as it can already.
  func write(
    _ wanted: Value?, over live: Value?, _ reference: [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) {
    let (wanted, live) = (wanted?.map ?? [:], live?.map ?? [:])
    let changed = wanted.filter { name, entry in
      live[name].map { !shape.differences(live: $0, wanted: entry).isEmpty } ?? true
    }
    if let together {
      return try await write(
        changed, removing: live.keys.filter { wanted[$0] == nil },
        hasRoom: live.count + changed.keys.count { live[$0] == nil } <= together.most, together, reference,
        aws)
    }
    for name in live.keys.sorted()
    where wanted[name] == nil || (changed[name] != nil && keepsReplaced.map(aws.target.has) ?? false) {
      try await aws.delete(remove, reference.merging([key: .string(name)]) { $1 })
    }
    for (name, entry) in changed.sorted(by: { $0.key < $1.key }) {
      try await aws.write(put, fields(entry).merging(reference) { $1 }.merging([key: .string(name)]) { $1 })
    }
  }

  /// New entries come before old ones go, where there is room for both: nothing is missed meanwhile.
  private func write(
    _ changed: [String: Value], removing gone: [String], hasRoom: Bool, _ together: Together,
    _ reference: [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) {
    let old = Value.list(gone.sorted().map(Value.string))
    let new = changed.sorted { $0.key < $1.key }.map { name, entry in
      Value.map(fields(entry).merging([key: .string(name)]) { $1 })
    }
    if !hasRoom { try await remove(old, together, reference, aws) }
    if !new.isEmpty { try await aws.write(put, reference.merging([together.put: .list(new)]) { $1 }) }
    if hasRoom { try await remove(old, together, reference, aws) }
  }

  private func remove(
    _ names: Value, _ together: Together, _ reference: [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) {
    guard !names.isEmpty else { return }
    try await aws.delete(remove, reference.merging([together.remove: names]) { $1 })
  }
}
