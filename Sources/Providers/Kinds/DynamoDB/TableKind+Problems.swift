package import Planner

extension TableKind {
  /// What DynamoDB refuses besides broken relations.
  package func problems(of resource: Resource) -> [PropertyProblem] {
    keyProblems(of: resource) + indexProblems(of: resource) + typeProblems(of: resource)
      + policyProblems(of: resource)
      + PolicyText.problems(in: resource["resourcePolicy"], at: ["resourcePolicy"], of: .resource)
  }

  private func keyProblems(of resource: Resource) -> [PropertyProblem] {
    let tables = [(path: [String](), keys: Value.map(resource.properties))]
    let indexes = resource.indexes("globalSecondaryIndexes").map {
      (path: ["globalSecondaryIndexes", $0.0], keys: $0.1)
    }
    return (tables + indexes).compactMap { path, keys in
      guard let sort = keys["sortKey"]?.keyAttribute, sort == keys["partitionKey"]?.keyAttribute else {
        return nil
      }
      return PropertyProblem(
        path + ["sortKey"], "One attribute as both keys",
        "\"\(sort)\" is the partition key; a sort key is another attribute.")
    }
  }

  private func indexProblems(of resource: Resource) -> [PropertyProblem] {
    var problems = ["globalSecondaryIndexes", "localSecondaryIndexes"].flatMap { property in
      resource.indexes(property).compactMap { nameProblem([property, $0.0], $0.0) }
    }
    if let problem = projectedProblem(resource) { problems.append(problem) }
    let global = resource["globalSecondaryIndexes"]?.map ?? [:]
    for (name, _) in resource.indexes("localSecondaryIndexes") where global[name] != nil {
      problems.append(
        PropertyProblem(
          ["localSecondaryIndexes", name], "Two indexes of one name",
          "\"\(name)\" is the name of a global index of the table, too."))
    }
    return problems
  }

  private func nameProblem(_ path: [String], _ name: String) -> PropertyProblem? {
    let isAllowed = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard !isAllowed || !(3...255).contains(name.utf8.count) else { return nil }
    return PropertyProblem(
      path, "Name not allowed",
      "An index's name is 3 to 255 letters, digits, underscores, dots and hyphens; \"\(name)\" is not.")
  }

  /// One attribute has one type, in however many keys it occurs.
  private func typeProblems(of resource: Resource) -> [PropertyProblem] {
    var types: [String: (type: Value, path: [String])] = [:]
    var problems: [PropertyProblem] = []
    for (path, key) in resource.keys {
      for (name, type) in key.map ?? [:] where !type.isPending {
        guard let first = types[name] else {
          types[name] = (type, path)
          continue
        }
        guard first.type != type else { continue }
        problems.append(
          PropertyProblem(
            path + [name], "One attribute of two types",
            "\"\(name)\" is \(type.string ?? "?") here and \(first.type.string ?? "?") in \(first.path.joined(separator: "."))."
          ))
      }
    }
    return problems
  }

  private func projectedProblem(_ resource: Resource) -> PropertyProblem? {
    let indexes = resource.indexes("globalSecondaryIndexes") + resource.indexes("localSecondaryIndexes")
    let count = indexes.reduce(0) { $0 + ($1.1["nonKeyAttributes"]?.list?.count ?? 0) }
    guard count > 100 else { return nil }
    return PropertyProblem(
      ["globalSecondaryIndexes"], "Too many attributes in indexes",
      "All indexes together have at most 100 nonKeyAttributes, an attribute in two of them counted twice, not \(count).",
      fix: "Use projection: ALL for some.")
  }

  private func policyProblems(of resource: Resource) -> [PropertyProblem] {
    guard let policy = resource["resourcePolicy"], !policy.isPending, policy.json.utf8.count > 20_480 else {
      return []
    }
    return [
      PropertyProblem(
        ["resourcePolicy"], "Policy too large",
        "A table's policy has at most 20 KB, and this one has \(policy.json.utf8.count) bytes.")
    ]
  }
}
