/// A change in two steps, so that nothing live is without its right in between: first what is wanted beside what was; and what
/// is wanted alone once all that used the resource has moved on.
struct Withdrawal {
  /// What the first step makes of it.
  let first: Resource
  /// What is there between the two.
  let between: LiveResource
  /// The properties that the first step writes; empty where it has nothing to do.
  let sooner: Set<String>
  /// Those that the second one writes.
  let later: Set<String>

  /// nil where the change takes nothing away that others use.
  init?(of live: LiveResource, to wanted: Resource, _ changed: Set<String>, _ schema: Schema) {
    var (first, between, sooner) = (wanted, live, changed)
    var later: Set<String> = []
    for property in schema.properties where property.withdrawsLast && changed.contains(property.name) {
      let name = property.name
      let (there, target) = (live.properties[name], wanted[name] ?? .null)
      guard !target.isPending || (property.shape.isPolicy && !target.isTemplate),
        let whole = property.shape.union(of: there, with: target)
      else { continue }
      first.properties[name] = whole
      between.properties[name] = whole
      later.insert(name)
      if property.differences(live: there ?? .null, wanted: whole).isEmpty { sooner.remove(name) }
    }
    if later.isEmpty { return nil }
    (self.first, self.between, self.sooner, self.later) = (first, between, sooner, later)
  }
}

extension Value {
  /// The whole of it is known only after apply.
  fileprivate var isTemplate: Bool { if case .pending = self { true } else { false } }
}
