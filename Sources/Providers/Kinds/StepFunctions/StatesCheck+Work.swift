import Planner

extension StatesCheck {
  // MARK: Tasks

  mutating func checkTask(_ members: [String: Value], _ place: Place) {
    count("TimeoutSeconds", in: members, 1...99_999_999, place)
    count("HeartbeatSeconds", in: members, 1...99_999_999, place)
    for name in ["TimeoutSeconds", "HeartbeatSeconds"]
    where members[name] != nil && members["\(name)Path"] != nil {
      add(
        place.path + ["\(name)Path"], "Two of one", "\(name)Path and \(name) say the same.",
        fix: "Take one out.")
    }
    if let timeout = members["TimeoutSeconds"]?.integer, let beat = members["HeartbeatSeconds"]?.integer,
      beat >= timeout
    {
      add(
        place.path + ["HeartbeatSeconds"], "Heartbeat too late",
        "A heartbeat is due after \(beat) seconds, and the task ends after \(timeout).",
        fix: "Make HeartbeatSeconds smaller than TimeoutSeconds.")
    }
    guard let value = members["Resource"], !value.isNull else {
      return add(
        place.path, "No resource", "A Task state needs Resource: what it calls.",
        fix: "Write a lambda's ARN, an activity's, or an integration, as arn:aws:states:::lambda:invoke.")
    }
    guard !value.isPending else { return }
    guard let resource = value.string.flatMap(TaskResource.init) else {
      return add(
        place.path + ["Resource"], "Not a resource",
        "\(value.json.shortened) is nothing that a task can call.",
        fix: "Write a lambda's ARN, an activity's, or an integration, as arn:aws:states:::lambda:invoke.")
    }
    checkCall(resource, place.within("Resource"))
  }

  private mutating func checkCall(_ resource: TaskResource, _ place: Place) {
    if place.isExpress, resource.target == .activity || !resource.pattern.isEmpty {
      add(
        place.path, "Only in a STANDARD machine",
        "A machine of the type EXPRESS waits for no \(resource.target == .activity ? "activity" : "\(resource.pattern)").",
        fix: "Take type: EXPRESS out, or call without waiting.")
    }
    if !resource.pattern.isEmpty, !TaskResource.patterns.contains(resource.pattern) {
      add(
        place.path, "Unknown pattern", "There is no \(resource.pattern.shortened).",
        fix: "There are: \(TaskResource.patterns.joined(separator: ", ")).")
    }
    guard case .integration(let service, let action) = resource.target,
      let actions = TaskResource.integrations[service], !actions.contains(action)
    else { return }
    let near = suggestion(for: action, among: actions).map { "Did you mean \($0)?" }
    add(
      place.path, "Unknown integration", "Step Functions integrates no \(action.shortened) of \(service).",
      fix: near
        ?? "There are: \(actions.joined(separator: ", ")). All of a service's calls are at aws-sdk:….",
      severity: actions.contains { $0.lowercased() == action.lowercased() } ? .error : .warning)
  }

  // MARK: Errors

  mutating func checkErrors(_ members: [String: Value], _ place: Place) {
    for (field, known) in [("Retry", StatesLanguage.retrier), ("Catch", StatesLanguage.catcher)] {
      guard let value = members[field], !value.isPending else { continue }
      guard let items = value.list else {
        add(place.path + [field], "Wrong type", "\(field) is a list, and this is \(value.json.shortened).")
        continue
      }
      for (index, item) in items.enumerated() where !item.isWhollyPending {
        let inner = place.within(field, String(index))
        guard let handler = item.map else {
          add(inner.path, "Wrong type", "An item of \(field) is a mapping with ErrorEquals.")
          continue
        }
        fields(handler, among: known, of: field, inner)
        checkNames(handler["ErrorEquals"], isLast: index == items.count - 1, field, inner)
        if field == "Retry" { checkRetrier(handler, inner) } else { checkCatcher(handler, inner) }
      }
    }
  }

  private mutating func checkNames(_ value: Value?, isLast: Bool, _ field: String, _ place: Place) {
    guard let value, let names = value.list, !names.isEmpty else {
      guard value?.isPending != true else { return }
      return add(
        place.path, "No errors", "\(field) needs ErrorEquals: a list of the names of errors.",
        fix: "Write [States.ALL] for any.")
    }
    guard names.contains("States.ALL"), names.count > 1 || !isLast else { return }
    add(
      place.path + ["ErrorEquals"], "States.ALL stands alone",
      "It fits any error: it is the only name of its item, and the item is the last one.",
      fix: names.count > 1 ? "Take the others out." : "Move the item to the end.")
  }

  private mutating func checkRetrier(_ retrier: [String: Value], _ place: Place) {
    count("IntervalSeconds", in: retrier, 1...99_999_999, place)
    count("MaxAttempts", in: retrier, 0...99_999_999, place)
    count("MaxDelaySeconds", in: retrier, 1...31_622_399, place)
    if let rate = retrier["BackoffRate"], !rate.isPending, rate.number ?? 0 < 1, !isExpression(rate, place) {
      add(place.path + ["BackoffRate"], "Out of range", "BackoffRate is a number of at least 1.")
    }
    if let jitter = retrier["JitterStrategy"], !jitter.isPending, jitter != "FULL", jitter != "NONE" {
      add(
        place.path + ["JitterStrategy"], "Not a choice", "There is no strategy \(jitter.json.shortened).",
        fix: "It is FULL or NONE.")
    }
  }

  private mutating func checkCatcher(_ catcher: [String: Value], _ place: Place) {
    if let next = catcher["Next"] {
      target(next, "Next", place)
    } else {
      add(place.path, "No next state", "A Catch needs Next: the state that deals with the error.")
    }
    let (wrong, language) = place.query == .jsonata ? ("ResultPath", "JSONPath") : ("Output", "JSONata")
    if catcher[wrong] != nil {
      add(
        place.path + [wrong], "Query language",
        "\(wrong) goes with \(language), and the state is of \(place.query.rawValue).", fix: "Take it out.")
    }
    for name in ["Assign", "Output"] {
      if let value = catcher[name] { checkTemplate(value, place.within(name)) }
    }
  }
}
