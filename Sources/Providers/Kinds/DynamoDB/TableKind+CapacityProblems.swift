import Planner

extension TableKind {
  func capacityProblems(of resource: Resource) -> [PropertyProblem] {
    let declared = ["readCapacity", "writeCapacity"].filter { !(resource[$0]?.isEmpty ?? true) }
    if resource.tableBillingMode == TableKind.provisioned {
      guard declared.count < 2 else { return [] }
      let missing = declared.first == "readCapacity" ? "writeCapacity" : "readCapacity"
      return [
        PropertyProblem(
          declared.isEmpty ? ["billingMode"] : [declared[0]], "Capacity missing",
          "A table with provisioned capacity needs both readCapacity and writeCapacity.",
          fix: "Set \(missing).")
      ]
    }
    let indexed = resource.indexes("globalSecondaryIndexes").flatMap { name, index in
      ["readCapacity", "writeCapacity"].filter { index[$0] != nil }.map {
        ["globalSecondaryIndexes", name, $0]
      }
    }
    return (declared.map { [$0] } + indexed).map { path in
      PropertyProblem(
        path, "Options that don't go together", "A table that is paid for by the request has no capacity.",
        fix: "Set billingMode: PROVISIONED, or take it out.")
    }
  }

  /// What is for tables that are paid for by the request, on one that is not.
  func limitProblems(of resource: Resource) -> [PropertyProblem] {
    guard resource.tableBillingMode == TableKind.provisioned else { return [] }
    let indexes = resource.indexes("globalSecondaryIndexes").filter {
      !($0.1["onDemandThroughput"] ?? .null).isEmpty
    }
    let paths = indexes.map { ["globalSecondaryIndexes", $0.0, "onDemandThroughput"] }
    return ((resource.says("onDemandThroughput") ? [["onDemandThroughput"]] : []) + paths).map { path in
      PropertyProblem(
        path, "Options that don't go together",
        "A table with provisioned capacity has no limit besides that.",
        fix: "Take it out, or set billingMode: PAY_PER_REQUEST.")
    }
  }

  func settingProblems(of resource: Resource) -> [PropertyProblem] {
    var problems: [PropertyProblem] = []
    if resource.says("recoveryPeriodInDays"), resource["pointInTimeRecovery"]?.boolean != true {
      problems.append(
        PropertyProblem(
          ["recoveryPeriodInDays"], "Options that don't go together",
          "recoveryPeriodInDays says how far pointInTimeRecovery reaches back, which is off.",
          fix: "Set pointInTimeRecovery: true."))
    }
    if let policy = resource["resourcePolicy"], !policy.isPending, policy.json.utf8.count > 20_480 {
      problems.append(
        PropertyProblem(
          ["resourcePolicy"], "Policy too large",
          "A table's policy has at most 20 KB, and this one has \(policy.json.utf8.count) bytes."))
    }
    return problems
  }
}
