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
    for name in live.keys.sorted()
    where wanted[name] == nil || (changed[name] != nil && keepsReplaced.map(aws.target.has) ?? false) {
      try await aws.delete(remove, reference.merging([key: .string(name)]) { $1 })
    }
    for (name, entry) in changed.sorted(by: { $0.key < $1.key }) {
      try await aws.write(put, fields(entry).merging(reference) { $1 }.merging([key: .string(name)]) { $1 })
    }
  }
}
