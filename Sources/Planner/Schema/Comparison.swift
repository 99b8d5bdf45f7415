/// One place where the live value and the wanted one differ.
package struct ValueDifference: Sendable, Hashable {
  /// Members and indexes from the property down; empty for the property as a whole.
  package var path: [String]
  /// The live value; nil when there is none.
  package var before: Value?
  /// The wanted value, perhaps pending; nil when it is taken out.
  package var after: Value?
}

extension Property {
  /// Where the live value is not what is wanted, in a stable order. Only what is declared is compared.
  ///
  /// - An absent live value equals the default, and equals a wanted null. Of a property without a default it equals `false`.
  /// - Of an object only the declared members count; a map counts whole, so that members beyond it are taken out.
  /// - A set is compared as a whole; a list item by item when it is as long, else as a whole.
  /// - Documents and policies are compared by meaning.
  /// - A pending value differs: it is not known yet. With `pendingMatches` it is taken to be equal.
  package func differences(live: Value?, wanted: Value, pendingMatches: Bool = false) -> [ValueDifference] {
    var comparison = Comparison(pendingMatches: pendingMatches)
    comparison.compare(self, live: live, wanted: wanted)
    return comparison.differences
  }
}

extension Shape {
  /// As ``Property/differences(live:wanted:pendingMatches:)``, without a default.
  package func differences(live: Value?, wanted: Value, pendingMatches: Bool = false) -> [ValueDifference] {
    Property("", self, "").differences(live: live, wanted: wanted, pendingMatches: pendingMatches)
  }
}

/// Walks a live and a wanted value along their shape.
private struct Comparison {
  let pendingMatches: Bool
  var differences: [ValueDifference] = []
  private var path: [String] = []

  init(pendingMatches: Bool) { self.pendingMatches = pendingMatches }

  mutating func compare(_ property: Property, live: Value?, wanted: Value) {
    let shape = property.shape
    let isReset = wanted.isNull
    let wanted = isReset ? property.defaultValue ?? .null : wanted
    let there = live.flatMap { $0.isEmpty ? nil : $0 }
    guard let there else {
      if isAbsent(wanted, property) { return }
      return note(nil, wanted)
    }
    // An empty text or list where something is there takes it out; with a default, nothing means the default.
    if wanted.isEmpty {
      if let standard = property.defaultValue, shape.normalised(standard) == shape.normalised(there) {
        return
      }
      if shape.normalised(there).isNull { return }
      return note(there, isReset ? nil : wanted)
    }
    compare(shape, live: there, wanted: wanted)
  }

  /// Whether nothing is what the wanted value means.
  private func isAbsent(_ wanted: Value, _ property: Property) -> Bool {
    if wanted.isPending { return matchesPending(wanted) }
    let normal = property.shape.normalised(wanted)
    if normal.isNull { return true }
    if let standard = property.defaultValue { return property.shape.normalised(standard) == normal }
    if normal == false { return true }
    // An object of nothing but defaults is not there either.
    guard case .object(let members) = property.shape, let map = normal.map else { return false }
    return map.allSatisfy { name, value in
      members.first { $0.name == name }.map { isAbsent(value, $0) } ?? false
    }
  }

  private mutating func compare(_ shape: Shape, live: Value, wanted: Value) {
    if case .pending = wanted {
      if !pendingMatches { note(live, wanted) }
      return
    }
    switch shape {
    case .object(let members):
      guard let liveMembers = live.map, let wantedMembers = wanted.map else {
        return compareWhole(shape, live, wanted)
      }
      for member in members {
        guard let value = wantedMembers[member.name] else { continue }
        within(member.name) { $0.compare(member, live: liveMembers[member.name], wanted: value) }
      }
    case .list(let item):
      guard let liveItems = live.list, let wantedItems = wanted.list, liveItems.count == wantedItems.count
      else {
        return compareWhole(shape, live, wanted)
      }
      for (index, value) in wantedItems.enumerated() {
        within(String(index)) { $0.compareItem(item, live: liveItems[index], wanted: value) }
      }
    case .set(let item): compareSet(of: item, shape, live, wanted)
    case .map(let member): compareMap(of: member, shape, live, wanted)
    case .either(let shapes):
      let meant = shapes.first { $0.fits(wanted) } ?? shapes.first
      if let meant, meant.fits(live) { return compare(meant, live: live, wanted: wanted) }
      compareWhole(shape, live, wanted)
    case .boolean, .integer, .integerChoice, .number, .string, .choice, .path, .document, .policy:
      compareWhole(shape, live, wanted)
    }
  }

  private mutating func compareItem(_ item: Shape, live: Value, wanted: Value) {
    if live.isEmpty || wanted.isEmpty {
      compare(Property("", item, ""), live: live, wanted: wanted)
    } else {
      compare(item, live: live, wanted: wanted)
    }
  }

  private mutating func compareMap(of member: Shape, _ shape: Shape, _ live: Value, _ wanted: Value) {
    guard let liveMembers = live.map, let wantedMembers = wanted.map else {
      return compareWhole(shape, live, wanted)
    }
    for name in Set(liveMembers.keys).union(wantedMembers.keys).sorted() {
      switch (liveMembers[name], wantedMembers[name]) {
      case (let live?, let wanted?):
        // A name with an empty value is still a member: an environment variable set to nothing.
        if live.isEmpty, wanted.isEmpty { continue }
        within(name) { $0.compareItem(member, live: live, wanted: wanted) }
      case (let live?, nil): if !live.isNull { within(name) { $0.note(live, nil) } }
      case (nil, let wanted?):
        if !wanted.isNull, !matchesPending(wanted) { within(name) { $0.note(nil, wanted) } }
      case (nil, nil): continue
      }
    }
  }

  /// Objects in a set are matched one to one by their declared members: services add ids of their own.
  ///
  /// A difference has the matching items first, in one order: what is only at another place is not shown as changed.
  private mutating func compareSet(of item: Shape, _ shape: Shape, _ live: Value, _ wanted: Value) {
    guard let wantedItems = wanted.list, var rest = live.list,
      item.isCompound || !wantedItems.contains(where: \.isPending)
    else { return compareWhole(shape, live, wanted) }
    // One that is named twice is there once.
    if !item.isCompound || wantedItems.count != rest.count,
      shape.normalised(live) == shape.normalised(wanted)
    {
      return
    }
    var (before, after, missing): ([Value], [Value], [Value]) = ([], [], [])
    for wantedItem in wantedItems {
      let match = rest.firstIndex { liveItem in
        var trial = Comparison(pendingMatches: pendingMatches)
        trial.compareItem(item, live: liveItem, wanted: wantedItem)
        return trial.differences.isEmpty
      }
      if let match {
        // As it is wanted: members that only the service knows differ in nothing that the file says.
        let live = rest.remove(at: match)
        before.append(wantedItem.isPending ? live : wantedItem)
        after.append(wantedItem)
      } else {
        missing.append(wantedItem)
      }
    }
    guard !rest.isEmpty || !missing.isEmpty else { return }
    let left = rest.map { item.withoutDefaults($0, declared: missing) }
    note(.list(before + left), .list(after + missing))
  }

  private mutating func compareWhole(_ shape: Shape, _ live: Value, _ wanted: Value) {
    if wanted.isPending {
      if !matchesPending(wanted) { note(live, wanted) }
      return
    }
    if shape.normalised(live) != shape.normalised(wanted) {
      note(shape.presentable(live), shape.presentable(wanted))
    }
  }

  private func matchesPending(_ wanted: Value) -> Bool { wanted.isPending && pendingMatches }

  private mutating func note(_ before: Value?, _ after: Value?) {
    differences.append(ValueDifference(path: path, before: before, after: after?.withoutNulls))
  }

  private mutating func within(_ step: String, _ work: (inout Comparison) -> Void) {
    path.append(step)
    work(&self)
    path.removeLast()
  }
}

extension Shape {
  /// An item of a set as it is shown beside those that are wanted: a member that none of them declares is not taken out where
  /// it has its default.
  fileprivate func withoutDefaults(_ item: Value, declared others: [Value]) -> Value {
    guard case .object(let members) = self, let map = item.map else { return item }
    return .map(
      map.filter { name, value in
        guard let member = members.first(where: { $0.name == name }),
          others.allSatisfy({ $0[name] == nil })
        else { return true }
        return !member.differences(live: value, wanted: .null).isEmpty
      })
  }

  /// Has members, or is made of what has.
  fileprivate var isCompound: Bool {
    switch self {
    case .object: true
    case .list(let item), .set(let item), .map(let item): item.isCompound
    case .either(let shapes): shapes.contains(where: \.isCompound)
    case .boolean, .integer, .integerChoice, .number, .string, .choice, .path, .document, .policy: false
    }
  }

  /// A value as it is shown: JSON in a string as the tree that it spells.
  fileprivate func presentable(_ value: Value) -> Value {
    switch self {
    case .document, .policy: value.parsedIfJSON
    default: value
    }
  }
}
