import Planner

extension StatesCheck {
  /// One state: its fields, where it goes, and what its type demands.
  mutating func state(_ value: Value, _ name: String, _ place: Place) {
    guard !value.isWhollyPending else { return }
    guard let members = value.map else {
      return add(place.path, "Wrong type", "A state is a mapping with a Type.")
    }
    if name.isEmpty || name.count > 80 {
      add(place.path, "Name of a state", "The name of a state has 1 to 80 characters.")
    }
    if !isNew(name) {
      add(
        place.path, "Name taken twice", "Another state of the machine is called \(name.shortened), too.",
        fix: "Give it another name: they are unique over all branches.")
    }
    guard let type = type(of: members, place), let known = StatesLanguage.fields[type] else { return }
    var place = place
    place.query = query(members, place)
    fields(members, among: known, of: "A \(type) state", place)
    checkQuery(members, place)
    checkTemplates(members, place)
    if known.contains("Next") { checkNext(members, name, place) }
    if known.contains("Retry") { checkErrors(members, place) }
    switch type {
    case "Choice": checkChoices(members, place)
    case "Fail": checkFail(members, place)
    case "Map": checkMap(members, place)
    case "Parallel": checkBranches(members, place)
    case "Task": checkTask(members, place)
    case "Wait": checkWait(members, place)
    default: break
    }
  }

  private mutating func type(of members: [String: Value], _ place: Place) -> String? {
    guard let value = members["Type"] else {
      add(
        place.path, "No type", "A state needs a Type.",
        fix: "It is one of: \(StatesLanguage.fields.keys.sorted().joined(separator: ", ")).")
      return nil
    }
    guard !value.isPending else { return nil }
    if let type = value.string, StatesLanguage.fields[type] != nil { return type }
    let types = StatesLanguage.fields.keys.sorted()
    let near = suggestion(for: value.string ?? "", among: types).map { "Did you mean \($0)?" }
    add(
      place.path + ["Type"], "Not a choice", "There is no type \(value.json.shortened).",
      fix: near ?? "It is one of: \(types.joined(separator: ", ")).")
    return nil
  }

  /// Exactly one of Next and End.
  private mutating func checkNext(_ members: [String: Value], _ name: String, _ place: Place) {
    let end = members["End"]
    if let end, !end.isPending, end.boolean == nil {
      add(place.path + ["End"], "Wrong type", "End is true or false, and not \(end.json.shortened).")
    }
    if let next = members["Next"] { target(next, "Next", place) }
    switch (members["Next"] != nil, end == true || end?.isPending == true) {
    case (true, true):
      add(
        place.path + ["Next"], "Next and End", "The state \(name) ends here, and so has nothing next.",
        fix: "Take Next or End out.")
    case (false, false) where end == nil || end?.boolean != nil:
      add(
        place.path, "No next state", "The state \(name) has neither Next nor End: true.",
        fix: "Say which state comes next, or that it is the last one.")
    default: break
    }
  }

  /// Fields that do not go with the state's query language.
  private mutating func checkQuery(_ members: [String: Value], _ place: Place) {
    let other: StatesLanguage.Query = place.query == .jsonata ? .jsonPath : .jsonata
    for name in members.keys.sorted() where StatesLanguage.own[other]?.contains(name) == true {
      add(
        place.path + [name], "Query language",
        "\(name) goes with \(other.rawValue), and the state is of \(place.query.rawValue).",
        fix: place.query == .jsonata
          ? "Use Arguments, Output and {% … %}, or take QueryLanguage out."
          : "Write QueryLanguage: JSONata, or use Parameters and OutputPath.")
    }
    guard place.query == .jsonPath else { return }
    for name in ["InputPath", "OutputPath", "ResultPath", "ItemsPath"] {
      checkPath(members[name], at: place.path + [name])
    }
  }

  private mutating func checkPath(_ value: Value?, at path: [String]) {
    guard let value, !value.isNull, !value.isPending, value.string?.hasPrefix("$") != true,
      // Intrinsic functions stand where a path does.
      value.string?.hasPrefix("States.") != true
    else { return }
    add(
      path, "Not a path", "\(value.json.shortened) is no path: a path begins with $.",
      fix: "Write \"$\" for all of it.")
  }

  // MARK: Payloads

  private static let payloads = [
    "Arguments", "Assign", "ItemSelector", "Output", "Parameters", "ResultSelector",
  ]

  /// In JSONPath a member whose name ends in `.$` is a path; in JSONata there is no such member.
  private mutating func checkTemplates(_ members: [String: Value], _ place: Place) {
    for name in Self.payloads {
      if let value = members[name] { checkTemplate(value, place.within(name)) }
    }
  }

  mutating func checkTemplate(_ value: Value, _ place: Place) {
    for (index, item) in (value.list ?? []).enumerated() { checkTemplate(item, place.within(String(index))) }
    for (name, member) in (value.map ?? [:]).sorted(by: { $0.key < $1.key }) {
      guard name.hasSuffix(".$") else {
        checkTemplate(member, place.within(name))
        continue
      }
      if place.query == .jsonata {
        add(
          place.path + [name], "Query language", "\(name) is JSONPath, and the state is of JSONata.",
          fix: "Write \(name.dropLast(2)): \"{% … %}\".")
      } else if member.isNull || member.string == nil && !member.isPending {
        add(
          place.path + [name], "Not a path",
          "\(name) is a path, as $.order, and not \(member.json.shortened).")
      } else {
        checkPath(member, at: place.path + [name])
      }
    }
  }

  // MARK: Small states

  private mutating func checkFail(_ members: [String: Value], _ place: Place) {
    for name in ["Cause", "Error"] where members[name] != nil && members["\(name)Path"] != nil {
      add(
        place.path + ["\(name)Path"], "Two of one", "\(name)Path and \(name) say the same.",
        fix: "Take one out.")
    }
  }

  private mutating func checkWait(_ members: [String: Value], _ place: Place) {
    let ways = ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"]
    let found = ways.filter { members[$0] != nil }
    if found.count != 1 {
      add(
        place.path, "How long", "A Wait state has exactly one of \(ways.joined(separator: ", ")).",
        fix: found.isEmpty ? "Say how long it waits." : "Keep one of \(found.joined(separator: " and ")).")
    }
    count("Seconds", in: members, 0...99_999_999, place)
    for name in ["SecondsPath", "TimestampPath"] { checkPath(members[name], at: place.path + [name]) }
  }

  private mutating func checkBranches(_ members: [String: Value], _ place: Place) {
    guard let value = members["Branches"], let branches = value.list, !branches.isEmpty else {
      guard members["Branches"]?.isPending != true else { return }
      return add(place.path, "No branches", "A Parallel state needs Branches, with one at least.")
    }
    for (index, branch) in branches.enumerated() {
      machine(branch, place.within("Branches", String(index)), StatesLanguage.inner)
    }
  }

  private mutating func checkMap(_ members: [String: Value], _ place: Place) {
    let field = members["ItemProcessor"] != nil ? "ItemProcessor" : "Iterator"
    if members["ItemProcessor"] != nil, members["Iterator"] != nil {
      add(
        place.path + ["Iterator"], "Two of one", "Iterator is the old name of ItemProcessor.",
        fix: "Take it out.")
    }
    count("MaxConcurrency", in: members, 0...1_000_000, place)
    count("ToleratedFailurePercentage", in: members, 0...100, place)
    guard let processor = members[field] else {
      return add(place.path, "Nothing to run", "A Map state needs ItemProcessor: what is run for each item.")
    }
    var inner = place.within(field)
    let config = processor["ProcessorConfig"]
    let mode = config?["Mode"] ?? "INLINE"
    if let config, !config.isPending { checkProcessor(config, mode, inner.within("ProcessorConfig")) }
    if mode == "DISTRIBUTED" {
      if place.isExpress {
        add(
          inner.path + ["ProcessorConfig", "Mode"], "Only in a STANDARD machine",
          "A distributed Map starts executions, which one of the type EXPRESS can't wait for.")
      }
      inner.isExpress = config?["ExecutionType"] == "EXPRESS"
    } else if mode.string != nil {
      for name in members.keys.sorted() where StatesLanguage.distributed.contains(name) {
        add(
          place.path + [name], "Only in a distributed Map",
          "\(name) goes with ProcessorConfig.Mode: DISTRIBUTED.",
          fix: "Set it, or take \(name) out.")
      }
    }
    machine(processor, inner, StatesLanguage.inner.union(["ProcessorConfig"]))
  }

  private mutating func checkProcessor(_ config: Value, _ mode: Value, _ place: Place) {
    if mode.string != nil, !["INLINE", "DISTRIBUTED"].contains(mode) {
      add(
        place.path + ["Mode"], "Not a choice", "There is no mode \(mode.json).",
        fix: "It is INLINE or DISTRIBUTED.")
    }
    let type = config["ExecutionType"]
    if mode == "DISTRIBUTED", type == nil {
      add(
        place.path, "No execution type", "A distributed Map needs ExecutionType.",
        fix: "It is STANDARD or EXPRESS.")
    } else if let type, !type.isPending, type != "STANDARD", type != "EXPRESS" {
      add(
        place.path + ["ExecutionType"], "Not a choice", "There is no type \(type.json.shortened).",
        fix: "It is STANDARD or EXPRESS.")
    }
  }
}
