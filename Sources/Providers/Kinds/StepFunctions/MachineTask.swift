import Planner

/// A Task or Map of a machine, wherever in it, with what is known of its parameters before it runs.
struct MachineTask {
  let path: [String]
  let state: Value
  let target: Target

  /// All tasks and maps of a definition, in a fixed order.
  static func all(in definition: Value?, at path: [String] = ["definition"], _ target: Target)
    -> [MachineTask]
  {
    var found: [MachineTask] = []
    for (name, state) in (definition?["States"]?.map ?? [:]).sorted(by: { $0.key < $1.key }) {
      let place = path + ["States", name]
      if state["Type"] == "Task" || state["Type"] == "Map" {
        found.append(MachineTask(path: place, state: state, target: target))
      }
      for (index, branch) in (state["Branches"]?.list ?? []).enumerated() {
        found += all(in: branch, at: place + ["Branches", String(index)], target)
      }
      for field in ["ItemProcessor", "Iterator"] {
        found += all(in: state[field], at: place + [field], target)
      }
    }
    return found
  }

  /// What a parameter says before the task runs.
  enum Parameter {
    case known(Value)
    /// It is picked from the input.
    case dynamic
    case missing
  }

  var parameters: Value { state["Parameters"] ?? state["Arguments"] ?? [:] }

  func parameter(_ name: String) -> Parameter { Self.parameter(name, in: parameters) }

  static func parameter(_ name: String, in parameters: Value) -> Parameter {
    if parameters["\(name).$"] != nil || parameters.string != nil { return .dynamic }
    guard let value = parameters[name], !value.isEmpty else { return .missing }
    return value.string?.hasPrefix("{%") == true ? .dynamic : .known(value)
  }

  // MARK: ARNs

  /// An ARN in the place of the target. Without an account (offline) the plan can't be carried out, so any will do.
  func arn(_ service: String, _ resource: String) -> Value {
    target.arn(service, resource)
      ?? .string("arn:\(target.partition):\(service):\(target.region):*:\(resource)")
  }

  /// The ARN that a parameter gives: one itself, or a name that follows a prefix.
  func resource(_ value: Value, _ service: String, _ prefix: String) -> Value {
    // An id that is known only after apply: the ARN is another attribute of the same resource.
    if case .pending(let template) = value, template.whole != nil, let path = template.references.first,
      path.count > 1, ["id", "keyId", "name"].contains(path.last)
    {
      return .pending("${\((path.dropLast() + ["arn"]).joined(separator: "."))}")
    }
    guard let text = value.string, !text.hasPrefix("arn:") else { return value }
    return arn(service, prefix + text)
  }

  /// The ARN of a queue that a task names by its URL.
  func queue(_ url: Value) -> Value? {
    switch url {
    case .string(let text):
      guard let send = SendTarget(queue: text, target: target), let queue = SendTarget.queue(uri: send.uri)
      else {
        return nil
      }
      let place = queue.path.split(separator: "/").joined(separator: ":")
      return .string("arn:\(target.partition):sqs:\(queue.region):\(place)")
    case .pending(let template):
      // The URL's ARN is another attribute of the same queue.
      guard let path = template.references.first, path.count > 1, template.whole != nil else { return nil }
      return .pending("${\((path.dropLast() + ["arn"]).joined(separator: "."))}")
    case .null, .boolean, .integer, .number, .list, .map: return nil
    }
  }

  /// What executions of a machine are called, by the machine's ARN.
  func executions(of machine: Value) -> Value {
    guard let text = machine.string, let arn = ARN(text) else { return self.arn("states", "execution:*") }
    let name = arn.resource.split(separator: ":").dropFirst().first.map(String.init) ?? "*"
    return .string("arn:\(arn.partition):states:\(arn.region):\(arn.account):execution:\(name):*")
  }

  /// The rule by which Step Functions learns that a job is done.
  func managedRule(_ name: String) -> Value {
    LambdaKind.statement(
      ["events:PutTargets", "events:PutRule", "events:DescribeRule"], on: arn("events", "rule/\(name)"))
  }
}
