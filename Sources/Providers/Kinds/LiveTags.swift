import Planner

/// The tags of a live resource, separated into its owner and the user's tags.
struct LiveTags: Sendable, Hashable {
  let all: [String: String]

  init(_ all: [String: String] = [:]) { self.all = all }

  /// Out of a map, as SQS and CloudWatch Logs give them.
  init(map: Value?) { self.init((map?.map ?? [:]).compactMapValues(\.string)) }

  /// Out of a list of keys and values, as most services give them.
  init(list: [Value]) {
    var all: [String: String] = [:]
    for tag in list { if let key = tag["Key"]?.string { all[key] = tag["Value"]?.string ?? "" } }
    self.init(all)
  }

  var owner: Owner? { Owner(tags: all) }

  /// The `tags` property: without what AWS and we ourselves put there.
  var declared: Value {
    .map(
      all.filter { !$0.key.hasPrefix("aws:") && !$0.key.hasPrefix("stackform:") }.mapValues(Value.string))
  }
}

extension Dictionary where Key == String, Value == String {
  /// As a map on the wire.
  var tagMap: Planner.Value { .map(mapValues(Planner.Value.string)) }

  /// As a list of keys and values on the wire, in the order of the keys.
  var tagList: Planner.Value {
    .list(
      sorted { $0.key < $1.key }.map { key, value in
        .map(["Key": .string(key), "Value": .string(value)])
      })
  }
}
