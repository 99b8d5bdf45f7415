import Planner

/// The paths of a live REST API, their ids and their methods.
struct RestPaths: Sendable {
  /// One path of a live API, with its id and methods.
  struct Node: Sendable {
    let id: String
    let path: String
    var methods: [String: RestMethod]
  }

  /// By path.
  private(set) var nodes: [String: Node] = [:]

  /// Out of all pages of GetResources with its methods embedded.
  init(items: [Value]) {
    for item in items {
      guard let id = item["id"]?.string, let path = item["path"]?.string, nodes[path] == nil else { continue }
      let methods = (item["resourceMethods"]?.map ?? [:]).mapValues(RestMethod.init(wire:))
      nodes[path] = Node(id: id, path: path, methods: methods)
    }
  }

  var methods: [RouteKey: RestMethod] {
    var methods: [RouteKey: RestMethod] = [:]
    for node in nodes.values {
      for (method, live) in node.methods { methods[RouteKey(method: method, path: node.path)] = live }
    }
    return methods
  }

  // MARK: As properties

  /// `routes`, `cors` and `role` as they are there; `wanted` says how the file spells them.
  func properties(
    wanted: Resource?, in target: Target, names: RestIDs = RestIDs()
  ) -> [String: Value] {
    var properties: [String: Value] = [:]
    let role = role(wanted: wanted?["role"]?.string)
    properties["role"] = role.map(Value.string)
    var methods = methods
    if let (cors, preflights) = cors(wanted: wanted?["cors"]) {
      properties["cors"] = cors
      for key in preflights { methods[key] = nil }
    }
    let routeTarget = RouteTarget(
      target: target, role: role, cors: CORSPolicy(properties["cors"]), names: names)
    var routes: [String: Value] = [:]
    for (key, method) in methods {
      routes[key.description] = routeTarget.route(
        for: method, key, wanted: wanted?["routes"]?[key.description])
    }
    properties["routes"] = .map(routes)
    return properties
  }

  /// The role that queues and topics are sent to with: the wanted one where it is used at all, so that only the others differ.
  private func role(wanted: String?) -> String? {
    let used = methods.sorted { $0.key < $1.key }.filter { $0.value.integration.type == "AWS" }
      .compactMap(\.value.integration.credentials)
    return used.first { $0 == wanted } ?? used.first
  }

  /// The CORS policy of the OPTIONS methods, with these methods; nil when there is none, or when it is not
  /// the same on every path.
  private func cors(wanted: Value?) -> (Value, [RouteKey])? {
    var policy: Value?
    var preflights: [RouteKey] = []
    for node in nodes.values.sorted(by: { $0.path < $1.path }) {
      let others = node.methods.keys.filter { $0 != "OPTIONS" }.sorted()
      guard !others.isEmpty else { continue }
      guard let options = node.methods["OPTIONS"] else { return nil }
      // A route of the file for OPTIONS is not a preflight method, and no such method is missing there.
      guard var value = CORSPolicy.value(of: options, pathMethods: others) else { continue }
      // Methods that the file spells out may be those of the path.
      if let methods = wanted?["allowMethods"], !methods.isEmpty,
        CORSPolicy(wanted)?.preflight(of: others) == options
      {
        value["allowMethods"] = methods
      }
      guard policy == nil || policy == .map(value) else { return nil }
      policy = .map(value)
      preflights.append(RouteKey(method: "OPTIONS", path: node.path))
    }
    return policy.map { ($0, preflights) }
  }
}

/// What takes a live REST API to the wanted methods: only what differs is touched.
struct RestChange: Sendable {
  /// Methods to delete, or to create again: API Gateway refuses to put an existing one, and emulators lose
  /// its integration then.
  private(set) var deletedMethods: [(resource: String, method: String)] = []
  /// Ids of paths that nothing is left under. The deepest first: not every endpoint deletes the paths below
  /// one with it.
  private(set) var deletedPaths: [String] = []
  /// Missing paths, each after its parent.
  private(set) var createdPaths: [String] = []
  private(set) var putMethods: [(key: RouteKey, method: RestMethod)] = []

  init(from live: RestPaths, to wanted: [RouteKey: RestMethod]) {
    let paths = Set(wanted.keys.flatMap(\.ancestry)).union(["/"])
    let gone = live.nodes.values.filter { !paths.contains($0.path) }
    deletedPaths = gone.sorted { ($0.path.count, $0.path) > ($1.path.count, $1.path) }.map(\.id)
    createdPaths = paths.filter { live.nodes[$0] == nil }.sorted { ($0.count, $0) < ($1.count, $1) }
    for (key, method) in live.methods.sorted(by: { $0.key < $1.key }) where paths.contains(key.path) {
      guard wanted[key] != method, let node = live.nodes[key.path] else { continue }
      deletedMethods.append((node.id, key.method))
    }
    putMethods = wanted.sorted { $0.key < $1.key }.filter { live.methods[$0.key] != $0.value }
      .map { (key: $0.key, method: $0.value) }
  }

  /// The methods that a resource's routes make.
  static func methods(
    of resource: Resource, in target: Target, cors: Value?, names: RestIDs = RestIDs()
  ) -> [RouteKey: RestMethod] {
    let policy = CORSPolicy(cors)
    let routeTarget = RouteTarget(
      target: target, role: resource["role"]?.string, cors: policy, names: names)
    var methods: [RouteKey: RestMethod] = [:]
    for (name, route) in resource["routes"]?.map ?? [:] {
      if let key = RouteKey(name) { methods[key] = routeTarget.method(for: route, key) }
    }
    guard let policy else { return methods }
    for (path, keys) in Dictionary(grouping: methods.keys, by: \.path) {
      let names = keys.map(\.method).sorted()
      if !names.contains("OPTIONS") {
        methods[RouteKey(method: "OPTIONS", path: path)] = policy.preflight(of: names)
      }
    }
    return methods
  }
}
