package import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension ApiKind {
  /// The role that sends to queues and topics, the permissions that let routes call lambdas, and what is to be published.
  package func derived(from resource: Resource, in stack: Stack) -> [Derived] {
    var resource = resource
    var derived: [Derived] = []
    let sending = Self.sendingStatements(of: resource, in: stack.target)
    if resource["role"] == nil || resource.derivations["role"] != nil, !sending.isEmpty {
      let role = Self.role(of: resource, statements: sending, in: stack)
      let arn =
        stack.target.arn("iam", "role/\(role.name ?? "")", region: "") ?? .pending("${\(role.address).arn}")
      resource.properties["role"] = arn
      let reason = "it sends to queues and topics as it"
      derived += [
        .resource(role), .property(on: resource.address, name: "role", value: arn, because: reason),
        .dependency(of: resource.address, on: role.address, because: reason),
      ]
    }
    if let role = resource.referenced(by: "role"), stack[role]?.isDerived == false {
      derived += RoleRights.derived(
        sending, for: role, in: stack, because: "\(resource.address) sends to queues and topics as it")
    }
    let isHTTP = Self.isHTTP(resource)
    derived.append(
      .property(
        on: resource.address, name: "deployment",
        value: isHTTP ? .string(HttpStage.automatic) : Self.deployment(of: resource),
        because: isHTTP
          ? "its routes are published as they change" : "a change of the routes takes a new deployment"))
    return derived + Self.permissions(of: resource, in: stack)
  }

  // MARK: The role

  private static func role(of api: Resource, statements: [Value], in stack: Stack) -> Resource {
    let target = stack.target
    // Roles are the whole account's, so that two regions' stacks must not share a name. IAM takes 64 characters.
    let whole = "\(target.namePrefix)\(stack.name)-\(api.address.name)-apigateway-\(target.region)"
    let name = whole.count <= 64 ? whole : "\(whole.prefix(55))-\(digest(whole).prefix(8))"
    return Resource(
      Address(api.address.section, api.address.name, part: "role"), section: "roles", name: name,
      properties: [
        "assumedBy": ["apigateway.amazonaws.com"],
        "policy": ["Version": "2012-10-17", "Statement": .list(statements)],
      ],
      derivations: ["": "\(api.address) sends to queues and topics as it"])
  }

  /// The least that the routes need: to send to just these queues, to publish to just these topics.
  private static func sendingStatements(of api: Resource, in target: Target) -> [Value] {
    var queues: Set<Value> = []
    var topics: Set<Value> = []
    for (name, route) in api["routes"]?.map ?? [:] {
      if let queue = route["queue"], !queue.isNull {
        let path = "routes.\(name).queue"
        if let arn = queueARN(queue, reference: api.references.first { $0.path == path }, in: target) {
          queues.insert(arn)
        }
      }
      if let topic = route["topic"], !topic.isNull { topics.insert(topic) }
    }
    return [("sqs:SendMessage", queues), ("sns:Publish", topics)].compactMap { action, resources in
      guard !resources.isEmpty else { return nil }
      let sorted = resources.sorted { $0.text < $1.text }
      return ["Effect": "Allow", "Action": .list([.string(action)]), "Resource": .list(sorted)]
    }
  }

  private static func queueARN(_ url: Value, reference: Reference?, in target: Target) -> Value? {
    if let url = url.string, let send = SendTarget(queue: url, target: target),
      let queue = SendTarget.queue(uri: send.uri)
    {
      let place = queue.path.split(separator: "/").joined(separator: ":")
      return .string("arn:\(target.partition):sqs:\(queue.region):\(place)")
    }
    return reference.map { .pending("${\($0.address).arn}") }
  }

  // MARK: Deployment

  /// A hash of all that a deployment is a snapshot of; pending as long as a part of it is.
  static func deployment(of api: Resource) -> Value {
    var published: [String: Value] = [:]
    for name in publishedProperties {
      var value = declaration.property(name)?.published(api[name] ?? .null) ?? .null
      // The limits of routes are the stage's.
      if name == "routes", let routes = value.map {
        value = .map(routes.mapValues { .map(($0.map ?? [:]).filter { $0.key != "throttling" }) })
      }
      if !value.isEmpty { published[name] = value }
    }
    let templates = Value.map(published).templates
    guard templates.isEmpty else {
      return .pending(Template(parts: templates.flatMap(\.parts), source: templates.map(\.source).joined()))
    }
    return .string(String(digest(Value.map(published).json).prefix(16)))
  }

  /// What only takes effect once it is deployed.
  static let publishedProperties = [
    "apiKeySource", "authorizers", "binaryMediaTypes", "cors", "disableExecuteApiEndpoint", "endpointType",
    "gatewayResponses", "minimumCompressionSize", "models", "policy", "role", "routes",
  ]

  static func digest(_ text: String) -> String { Digest.hex(Digest.sha256(Data(text.utf8))) }
}

extension Property {
  /// A value as it counts: without what is empty or the default anyway, sets in order.
  fileprivate func published(_ value: Value) -> Value {
    value == defaultValue ? .null : shape.published(value)
  }
}

extension Shape {
  fileprivate func published(_ value: Value) -> Value {
    switch (self, value) {
    case (.object(let properties), .map(let members)):
      let known = Dictionary(properties.map { ($0.name, $0) }) { first, _ in first }
      return .map(
        members.reduce(into: [:]) { kept, member in
          let value = known[member.key]?.published(member.value) ?? member.value
          if !value.isNull { kept[member.key] = value }
        })
    case (.map(let shape), .map(let members)): return .map(members.mapValues(shape.published))
    case (.set, .list(let items)): return .list(items.sorted { $0.text < $1.text })
    default: return value
    }
  }
}

extension Value {
  /// Something to sort by.
  fileprivate var text: String { string ?? json }

  /// A value that is known after apply, by the source of its template. The source is of this file, so it parses.
  static func pending(_ source: String) -> Value {
    guard let template = try? Template(parsing: source) else { return .string(source) }
    return .pending(template)
  }
}
