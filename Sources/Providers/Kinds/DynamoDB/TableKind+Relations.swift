import Planner

/// What DynamoDB refuses and most emulators take: the rules of CreateTable in the DynamoDB API reference.
extension TableKind {
  static let relations = capacity + keys + indexes

  /// A capacity without a billing mode asks for the mode that has one.
  private static let capacity =
    [
      Relation.needs(.value("billingMode", "PROVISIONED"), "readCapacity", "writeCapacity"),
      .needs(.all(["readCapacity", .not("billingMode")]), "writeCapacity"),
      .needs(.all(["writeCapacity", .not("billingMode")]), "readCapacity"),
      .excludes(
        .any(["readCapacity", "writeCapacity"]), .value("billingMode", "PAY_PER_REQUEST"),
        because: "A table that is paid for by the request has no capacity."),
      .excludes(
        "onDemandThroughput", .any([.value("billingMode", "PROVISIONED"), "readCapacity"]),
        because: "A table with provisioned capacity has no limit besides that."),
      .goesWith(["recoveryPeriodInDays"], .value("pointInTimeRecovery", true)),
    ]
    + Relation.inside(
      "globalSecondaryIndexes.*",
      .goesWith(
        ["readCapacity", "writeCapacity"], "/readCapacity",
        because: "An index is paid for as its table is."),
      .excludes(
        "onDemandThroughput", .any([.value("/billingMode", "PROVISIONED"), "/readCapacity"]),
        because: "An index with provisioned capacity has no limit besides that."))

  private static let keys =
    [key("partitionKey"), key("sortKey")]
    + Relation.inside("globalSecondaryIndexes.*", key("partitionKey"), key("sortKey"))
    + Relation.inside("localSecondaryIndexes.*", key("sortKey"))

  private static func key(_ name: PropertyPath) -> Relation {
    .count(1...1, of: name, what: "attributes", because: "A key is one attribute, as `{ id: S }`.")
  }

  private static let indexes =
    [
      Relation.atMost(20, of: "globalSecondaryIndexes", what: "indexes"),
      .atMost(5, of: "localSecondaryIndexes", what: "indexes"),
      .needs(
        "localSecondaryIndexes", "sortKey",
        because: "Only a table that has a sort key can have local indexes; any can have global ones."),
    ]
    + ["globalSecondaryIndexes.*", "localSecondaryIndexes.*"].flatMap {
      Relation.inside(
        $0, .needs(.value("projection", "INCLUDE"), "nonKeyAttributes"),
        .goesWith(["nonKeyAttributes"], .value("projection", "INCLUDE")),
        .atMost(20, of: "nonKeyAttributes", what: "attributes"))
    }
}
