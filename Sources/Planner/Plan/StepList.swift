/// Steps under construction.
struct StepList {
  var steps: [Step] = []
  /// The step that makes or changes the resource.
  private var applying: [Address: Int] = [:]
  /// The steps that delete what is or was under the address.
  private var deleting: [Address: [Int]] = [:]
  /// The steps that take out of a resource what others used.
  private var withdrawing: [Address: Int] = [:]
  private var createsFirst: Set<Address> = []
  /// By address: what works only while that one is there.
  var enabled: [Address: Set<Address>] = [:]
  /// The same, with what is known only after apply.
  var opened: [Address: Set<Address>] = [:]
  /// The same of the last apply, of what is deleted.
  var wasEnabled: [Address: Set<Address>] = [:]
  /// The sections whose resources keep what is deleted from being so.
  var heldBy: [Address: Set<String>] = [:]
  /// By address of what enables something: what it lives inside of.
  var parents: [Address: Set<Address>] = [:]
  /// The same of the last apply, of what is deleted.
  var wereParents: [Address: Set<Address>] = [:]

  private let stackName: String
  private let graph: ResourceGraph
  private var users: Users
  /// Whether the plan does anything with it.
  private let moves: (Address) -> Bool
  /// Whether the kind says that the service would take the second of two, and not the first.
  private let isRefused: (_ first: Resource, _ wanted: Resource) -> Bool

  /// `recorded` is what needed what at the last apply; `moves` says whether the plan does anything with what has the address,
  /// and `isRefused` whether the service would take the second of two forms of a resource, and not the first.
  init(
    of stackName: String, graph: ResourceGraph, recorded: [Address: [Address]], capacity: Int,
    moves: @escaping (Address) -> Bool,
    isRefused: @escaping (_ first: Resource, _ wanted: Resource) -> Bool
  ) {
    self.stackName = stackName
    self.graph = graph
    users = Users(graph: graph, recorded: recorded)
    self.moves = moves
    self.isRefused = isRefused
    steps.reserveCapacity(capacity)
    applying.reserveCapacity(capacity)
  }

  mutating func add(_ decision: PlanBuilder.Decision, schema: Schema?) {
    let change = decision.change
    let isReplacement = if case .replace = change.action { true } else { false }
    if case .replace(let createFirst) = change.action, createFirst { createsFirst.insert(change.address) }
    for live in decision.deletions {
      deleting[change.address, default: []].append(
        append(change, .delete(live), isReplacement: isReplacement))
    }
    // A leftover of a resource that stays is deleted after the resource itself was changed.
    if !isReplacement, decision.wanted != nil, !decision.deletions.isEmpty {
      createsFirst.insert(change.address)
    }
    guard let wanted = decision.wanted else { return }
    switch change.action {
    case .create, .replace:
      applying[change.address] = append(change, .create(wanted), isReplacement: isReplacement)
    case .update, .adopt:
      guard let live = decision.live else { return }
      var changed = Set(change.properties.compactMap(\.path.first))
      // Tags that do not say that it is ours, under this address, are written whatever else changes.
      if live.owner?.address != change.address { changed.insert("tags") }
      addUpdate(change, of: live, to: wanted, changed, schema)
    case .keep, .cleanUp, .delete, .forget: break
    }
  }

  /// What lets others in goes in a second step, after they were changed.
  private mutating func addUpdate(
    _ change: ResourceChange, of live: LiveResource, to wanted: Resource, _ changed: Set<String>,
    _ schema: Schema?
  ) {
    let address = change.address
    guard let withdrawal = schema.flatMap({ Withdrawal(of: live, to: wanted, changed, $0) }),
      users.all(of: address).contains(where: moves), !isRefused(withdrawal.first, wanted)
    else {
      applying[address] = append(
        change, .update(live, wanted, changed: changed.sorted()), isReplacement: false)
      return
    }
    var between = withdrawal.between
    if !withdrawal.sooner.isEmpty {
      between.owner = Owner(stack: stackName, address: address)
      applying[address] = append(
        change, .update(live, withdrawal.first, changed: withdrawal.sooner.sorted()), isReplacement: false)
    }
    withdrawing[address] = append(
      change, .update(between, wanted, changed: withdrawal.later.sorted()), isReplacement: false)
  }

  private mutating func append(
    _ change: ResourceChange, _ operation: Step.Operation, isReplacement: Bool
  ) -> Int {
    let id = steps.count
    steps.append(
      Step(
        id: id, address: change.address, section: change.section, operation: operation, needs: [],
        isReplacement: isReplacement))
    return id
  }

  /// Adds the edges. A creation or update comes after those that it needs; a deletion comes after the steps
  /// of all that still use the resource.
  mutating func connect() {
    var needs = Array(repeating: Set<Int>(), count: steps.count)
    for (address, step) in applying {
      for other in graph.needs(of: address) { if let before = applying[other] { needs[step].insert(before) } }
      if !createsFirst.contains(address) { needs[step].formUnion(deleting[address] ?? []) }
    }
    for (address, step) in withdrawing {
      needs[step].formUnion(
        users.all(of: address).flatMap { (deleting[$0] ?? []) + [applying[$0]].compactMap(\.self) })
    }
    for (address, others) in users.direct(of: Set(deleting.keys)) {
      for step in deleting[address] ?? [] {
        for user in others where wasEnabled[user]?.contains(address) != true || deleting[user] == nil {
          needs[step].formUnion(deleting[user] ?? [])
          // A user of it must first be changed so that it uses it no longer, unless that user only waits for
          // the replacement.
          let waits =
            applying[address] != nil && !createsFirst.contains(address) && uses(user, address)
          if !waits, let letsGo = lettingGo(user) { needs[step].insert(letsGo) }
        }
      }
    }
    for (address, step) in withdrawing {
      if let first = applying[address] { needs[step].insert(first) }
      // Who uses what stays of it waits for no more than that.
      for other in graph.needs(of: address) {
        if let before = applying[other] { needs[step].insert(before) }
      }
    }
    for address in createsFirst {
      for step in deleting[address] ?? [] { if let maker = applying[address] { needs[step].insert(maker) } }
    }
    connectEnabled(&needs)
    dropCycles(&needs)
    for step in steps.indices { steps[step].needs = needs[step].subtracting([step]).sorted() }
  }

  /// What works only while another one is there is changed after that is made, and before that is deleted.
  private func connectEnabled(_ needs: inout [Set<Int>]) {
    for (address, others) in enabled.sorted(by: { $0.key < $1.key }) {
      guard let maker = applying[address], case .create = steps[maker].operation else { continue }
      for other in others {
        guard let change = applying[other], case .update = steps[change].operation else { continue }
        needs[maker].remove(change)
        if reaches(change, from: maker, needs) {
          needs[maker].insert(change)
        } else {
          needs[change].insert(maker)
        }
      }
    }
    // What is replaced goes when its successor works, too.
    for (address, others) in opened {
      guard let maker = applying[address], case .create = steps[maker].operation else { continue }
      for end in others.flatMap({ deleting[$0] ?? [] }) where !reaches(end, from: maker, needs) {
        needs[end].insert(maker)
      }
    }
    for (address, others) in wasEnabled {
      for step in deleting[address] ?? [] {
        needs[step].formUnion(others.flatMap { (deleting[$0] ?? []) + [lettingGo($0)].compactMap(\.self) })
      }
    }
    connectSuccessors(&needs)
  }

  /// What lets somebody in goes when what lets the same ones in instead is there: one permission for many, though nothing changes
  /// of those that it is for.
  private func connectSuccessors(_ needs: inout [Set<Int>]) {
    var makers: [Address: [Int]] = [:]
    for (address, parents) in parents {
      guard let maker = applying[address], case .create = steps[maker].operation else { continue }
      for parent in parents { makers[parent, default: []].append(maker) }
    }
    guard !makers.isEmpty else { return }
    for (address, parents) in wereParents.sorted(by: { $0.key < $1.key }) {
      for step in deleting[address] ?? [] {
        for maker in parents.flatMap({ makers[$0] ?? [] }).sorted()
        where steps[maker].section == steps[step].section && !reaches(step, from: maker, needs) {
          needs[step].insert(maker)
        }
      }
    }
  }

  /// Whether a step must wait for another one.
  private func reaches(_ step: Int, from start: Int, _ needs: [Set<Int>]) -> Bool {
    var seen: Set<Int> = [start]
    var queue = [start]
    while let next = queue.popLast() {
      if next == step { return true }
      for before in needs[next] where seen.insert(before).inserted { queue.append(before) }
    }
    return false
  }

  /// The step after which a user uses nothing any more that it is not to use.
  private func lettingGo(_ user: Address) -> Int? { withdrawing[user] ?? applying[user] }

  private func uses(_ user: Address, _ address: Address) -> Bool { graph.needs(of: user).contains(address) }

  /// Edges of several applies may contradict one another. Of steps that wait for each other in a ring the deletions
  /// stop waiting: first for the deletions of those that used them, where the service does not insist on that; then
  /// for changes; then for anything.
  private func dropCycles(_ needs: inout [Set<Int>]) {
    let isFree = { step, other in steps[other].isDeletion && !isHeld(step, by: other) }
    guard hasDroppedCycles(&needs, where: isFree) else { return }
    guard hasDroppedCycles(&needs, where: { !isHeld($0, by: $1) }) else { return }
    _ = hasDroppedCycles(&needs) { _, _ in true }
  }

  /// Whether there was a ring.
  private func hasDroppedCycles(
    _ needs: inout [Set<Int>], where isDispensable: (_ step: Int, _ other: Int) -> Bool
  ) -> Bool {
    let components = stronglyConnectedComponents(needs.map { $0.sorted() })
    for group in components.groups {
      for step in group where steps[step].isDeletion {
        needs[step] = needs[step].filter {
          components.numbers[$0] != components.numbers[step] || !isDispensable(step, $0)
        }
      }
    }
    return !components.groups.isEmpty
  }

  private func isHeld(_ step: Int, by other: Int) -> Bool {
    steps[other].isDeletion && heldBy[steps[step].address]?.contains(steps[other].section) == true
  }
}
