import Planner

/// A definition in Amazon States Language, held against what Step Functions takes. What is known only after apply breaks nothing.
struct StatesCheck {
  private(set) var problems: [PropertyProblem] = []
  /// The names of states so far: they are unique in the whole machine.
  private var names: Set<String> = []

  /// What surrounds a state.
  struct Place {
    var path: [String]
    var query: StatesLanguage.Query
    var isExpress: Bool
    /// The states that it may go on to.
    var states: Set<String> = []

    func within(_ steps: String...) -> Place {
      var place = self
      place.path += steps
      return place
    }
  }

  /// Everything that is wrong with a definition at a path.
  static func problems(of definition: Value, isExpress: Bool, at path: [String]) -> [PropertyProblem] {
    var check = StatesCheck()
    check.machine(
      definition, Place(path: path, query: .jsonPath, isExpress: isExpress), StatesLanguage.machine)
    if definition.json.utf8.count > largest {
      check.add(path, "Definition too long", "Step Functions takes \(ByteCount(largest)) at most.")
    }
    return check.problems
  }

  private static let largest = 1 << 20

  mutating func add(
    _ path: [String], _ summary: String, _ detail: String, fix: String? = nil,
    severity: Diagnostic.Severity = .error
  ) {
    problems.append(PropertyProblem(path, summary, detail, fix: fix, severity: severity))
  }

  // MARK: A machine, or a branch of one

  /// A machine, a branch, or what a Map runs: states, and which comes first.
  mutating func machine(_ value: Value, _ place: Place, _ known: Set<String>) {
    guard !value.isWhollyPending else { return }
    guard let members = value.map else {
      return add(
        place.path, "Not a state machine", "A definition is a mapping with StartAt and States.",
        fix: "Write it out, or name its file in `definitionFile`.")
    }
    var place = place
    fields(members, among: known, of: "A state machine", place)
    place.query = query(members, place)
    count("TimeoutSeconds", in: members, 1...99_999_999, place)
    guard let states = members["States"], let all = states.map, !all.isEmpty else {
      guard members["States"]?.isWhollyPending != true else { return }
      return add(place.path, "No states", "\(name(of: place)) needs States, with one state at least.")
    }
    place.states = Set(all.keys)
    let start = members["StartAt"] ?? .null
    if start.isNull {
      add(place.path, "No start", "\(name(of: place)) needs StartAt: the state that comes first.")
    } else {
      target(start, "StartAt", place)
    }
    for (name, state) in all.sorted(by: { $0.key < $1.key }) {
      self.state(state, name, place.within("States", name))
    }
    reach(all, from: start, place)
  }

  private func name(of place: Place) -> String {
    place.path.count == 1 ? "A state machine" : place.path.last ?? ""
  }

  /// The query language of a machine or state. Within JSONata there is no way back.
  func isBackward(_ text: String, _ place: Place) -> Bool { place.query == .jsonata && text == "JSONPath" }

  mutating func query(_ members: [String: Value], _ place: Place) -> StatesLanguage.Query {
    guard let value = members["QueryLanguage"], !value.isPending else { return place.query }
    guard let text = value.string, let query = StatesLanguage.Query(rawValue: text) else {
      add(
        place.path + ["QueryLanguage"], "Not a choice", "\(value.json.shortened) is no query language.",
        fix: "It is JSONPath or JSONata.")
      return place.query
    }
    if isBackward(text, place) {
      add(
        place.path + ["QueryLanguage"], "Query language",
        "The machine is of JSONata, and no state of it can go back to JSONPath.",
        fix: "Leave it out of the machine, and set it in the states that are of JSONata.")
    }
    return query
  }

  /// States that nothing leads to.
  private mutating func reach(_ states: [String: Value], from start: Value, _ place: Place) {
    guard let first = start.string, states[first] != nil else { return }
    var (reached, open): (Set<String>, [String]) = ([first], [first])
    while let name = open.popLast() {
      guard let state = states[name] else { continue }
      for next in Self.successors(of: state) {
        // What is known only after apply may be any.
        guard let text = next.string else { return }
        if reached.insert(text).inserted { open.append(text) }
      }
    }
    for name in states.keys.sorted() where !reached.contains(name) {
      add(
        place.path + ["States", name], "State out of reach", "Nothing leads to the state \(name).",
        fix: "Let a Next, Default or Catch name it, or take it out.")
    }
  }

  private static func successors(of state: Value) -> [Value] {
    [state["Next"], state["Default"]].compactMap(\.self)
      + ["Choices", "Catch"].flatMap { state.items($0).compactMap { $0["Next"] } }
  }

  // MARK: What all have

  /// Reports fields that are not among the known ones.
  mutating func fields(
    _ members: [String: Value], among known: Set<String>, of owner: String, _ place: Place
  ) {
    for name in members.keys.sorted() where !known.contains(name) {
      let near = suggestion(for: name, among: known.sorted()).map { "Did you mean \($0)?" }
      add(
        place.path + [name], "Unknown field", "\(owner) has no \(name.shortened).",
        fix: near ?? "There are: \(known.sorted().joined(separator: ", ")).")
    }
  }

  /// A field that names a state beside it.
  mutating func target(_ value: Value, _ field: String, _ place: Place) {
    guard !value.isPending else { return }
    let path = place.path + [field]
    guard let name = value.string else {
      return add(path, "Wrong type", "\(field) is the name of a state.")
    }
    guard !place.states.contains(name) else { return }
    let near = suggestion(for: name, among: place.states.sorted()).map { "Did you mean \($0)?" }
    add(
      path, "Unknown state", "\(field) names \(name.shortened), and there is no such state beside it.",
      fix: near ?? "There are: \(place.states.sorted().joined(separator: ", ")).")
  }

  /// A whole number in a range, where there is one. In JSONata an expression may stand for it.
  mutating func count(
    _ field: String, in members: [String: Value], _ range: ClosedRange<Int>, _ place: Place
  ) {
    guard let value = members[field], !value.isPending, !isExpression(value, place) else { return }
    guard let number = value.integer, range.contains(number) else {
      return add(
        place.path + [field], "Out of range",
        "\(field) is a whole number from \(range.lowerBound) to \(range.upperBound), and not \(value.json.shortened)."
      )
    }
  }

  /// Whether a value is an expression of JSONata.
  func isExpression(_ value: Value, _ place: Place) -> Bool {
    place.query == .jsonata && value.string.map { $0.hasPrefix("{%") && $0.hasSuffix("%}") } == true
  }

  /// Notes a state's name; false when another state of the machine has it.
  mutating func isNew(_ name: String) -> Bool { names.insert(name).inserted }
}
