package import Planner

extension TableKind {
  /// What DynamoDB refuses and most emulators take: the rules of CreateTable in the DynamoDB API reference.
  package func problems(of resource: Resource) -> [PropertyProblem] {
    keyProblems(of: resource) + indexProblems(of: resource) + typeProblems(of: resource)
      + capacityProblems(of: resource) + limitProblems(of: resource) + settingProblems(of: resource)
  }

  private func keyProblems(of resource: Resource) -> [PropertyProblem] {
    var problems = ["partitionKey", "sortKey"].compactMap { keyProblem([$0], resource[$0]) }
    if let sort = resource["sortKey"]?.keyAttribute, sort == resource["partitionKey"]?.keyAttribute {
      problems.append(.sameKeys(["sortKey"], sort))
    }
    for (name, index) in resource.indexes("globalSecondaryIndexes") {
      let path = ["globalSecondaryIndexes", name]
      problems += ["partitionKey", "sortKey"].compactMap { keyProblem(path + [$0], index[$0]) }
      if let sort = index["sortKey"]?.keyAttribute, sort == index["partitionKey"]?.keyAttribute {
        problems.append(.sameKeys(path + ["sortKey"], sort))
      }
    }
    for (name, index) in resource.indexes("localSecondaryIndexes") {
      if let problem = keyProblem(["localSecondaryIndexes", name, "sortKey"], index["sortKey"]) {
        problems.append(problem)
      }
    }
    return problems
  }

  private func keyProblem(_ path: [String], _ key: Value?) -> PropertyProblem? {
    guard let count = key?.map?.count, count != 1 else { return nil }
    return PropertyProblem(
      path, "Wrong number of attributes in a key", "A key is one attribute, not \(count).",
      fix: "Write one, as `\(path.last ?? "partitionKey"): { id: S }`.")
  }

  private func indexProblems(of resource: Resource) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    for (property, most) in [("globalSecondaryIndexes", 20), ("localSecondaryIndexes", 5)] {
      let indexes = resource.indexes(property)
      if indexes.count > most {
        problems.append(
          PropertyProblem(
            [property], "Too many indexes", "A table has at most \(most) of them, not \(indexes.count)."))
      }
      for (name, index) in indexes {
        if let problem = nameProblem([property, name], name) { problems.append(problem) }
        if let problem = projectionProblem([property, name], index) { problems.append(problem) }
      }
    }
    if let problem = projectedProblem(resource) { problems.append(problem) }
    let global = resource["globalSecondaryIndexes"]?.map ?? [:]
    for (name, _) in resource.indexes("localSecondaryIndexes") where global[name] != nil {
      problems.append(
        PropertyProblem(
          ["localSecondaryIndexes", name], "Two indexes of one name",
          "\"\(name)\" is the name of a global index of the table, too."))
    }
    if resource["sortKey"]?.isEmpty ?? true, !resource.indexes("localSecondaryIndexes").isEmpty {
      problems.append(
        PropertyProblem(
          ["localSecondaryIndexes"], "A local index without a sort key",
          "Only a table that has a sort key can have local indexes.",
          fix: "Set sortKey, or make it a global index."))
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

  private func projectionProblem(_ path: [String], _ index: Value) -> PropertyProblem? {
    let includes = index["projection"] == "INCLUDE"
    let count = index["nonKeyAttributes"]?.list?.count ?? 0
    if includes, index["nonKeyAttributes"]?.isPending != true, !(1...20).contains(count) {
      return PropertyProblem(
        path + ["projection"], "Wrong number of attributes in an index",
        "projection: INCLUDE needs 1 to 20 nonKeyAttributes, not \(count).")
    }
    guard !includes, count > 0 else { return nil }
    return PropertyProblem(
      path + ["nonKeyAttributes"], "Options that don't go together",
      "nonKeyAttributes goes with projection: INCLUDE alone.",
      fix: "Set projection: INCLUDE, or take it out.")
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
}

extension PropertyProblem {
  fileprivate static func sameKeys(_ path: [String], _ name: String) -> PropertyProblem {
    PropertyProblem(
      path, "One attribute as both keys", "\"\(name)\" is the partition key; a sort key is another attribute."
    )
  }
}
