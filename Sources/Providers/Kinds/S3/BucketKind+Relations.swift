import Planner

/// What S3 refuses, by the S3 API reference and user guide.
extension BucketKind {
  static let relations =
    lock + replication + website + BucketLifecycle.relations
    + BucketConfigurations.all.map { .distinct(PropertyPath("\($0.property).*.id")) }
    + Relation.inside(
      "notifications.*",
      .exactlyOne(of: "lambda", "queue", "topic", because: "Each goes to one receiver."),
      .count(1 ... .max, of: "events", what: "events"))
    + Relation.inside(
      "encryption",
      .excludes("kmsMasterKeyId", .value("sseAlgorithm", "AES256"), because: "AES256 uses S3's own keys."))

  private static let lock =
    [
      Relation.needs(
        .value("objectLockEnabled", true), .value("versioning", true), because: "S3 locks versions."),
      .goesWith(["objectLock"], .value("objectLockEnabled", true)),
    ] + Relation.inside("objectLock", .exactlyOne(of: "days", "years"))

  private static let replication =
    [
      Relation.needs("replication", .value("versioning", true), because: "S3 copies versions."),
      .distinct(
        "replication.rules.*.priority",
        because: "For an object that both match, S3 could not decide which one counts."),
    ]
    + Relation.inside(
      "replication.rules.*",
      .excludes(
        .value("deleteMarkerReplication", true), "tagFilters", because: "Delete marks have no tags."))
    + Relation.inside(
      "replication.rules.*.destination",
      .needs("owner", "account", because: "The copies are given to that account."),
      .needs(
        .all(["replicationTime", .not(.value("replicationTime.status", "Disabled"))]), "metrics",
        because: "S3 promises how fast it copies only with the metrics that show it."))

  private static let website =
    Relation.inside(
      "website",
      .excludes(["errorDocument", "indexDocument", "routingRules"], "redirectAllRequestsTo"),
      .atLeastOne(of: "indexDocument", "redirectAllRequestsTo"))
    + Relation.inside(
      "website.routingRules.*",
      .excludes(
        "replaceKeyWith", "replaceKeyPrefixWith",
        because: "A redirection replaces either the whole key or its prefix."),
      .atLeastOne(
        of: "hostName", "httpRedirectCode", "protocol", "replaceKeyPrefixWith", "replaceKeyWith",
        because: "They say where the requests go."))
}

/// "Lifecycle configuration elements" and "Transitioning objects" in the S3 user guide.
extension BucketLifecycle {
  static let relations =
    [
      Relation.goesWith([.set(sizeProperty)], "lifecycleRules"),
      .atMost(1000, of: "lifecycleRules", what: "rules"), .distinct("lifecycleRules.*.id"),
    ]
    + Relation.inside(
      "lifecycleRules.*",
      .atLeastOne(
        of: "abortIncompleteMultipartUpload", "expirationDate", "expirationInDays",
        .value("expiredObjectDeleteMarker", true), "noncurrentVersionExpiration",
        "noncurrentVersionTransitions", "transitions",
        because: "They say what happens to the objects."),
      .atMostOne(
        of: "expirationDate", "expirationInDays", .value("expiredObjectDeleteMarker", true)),
      .excludes(
        ["abortIncompleteMultipartUpload", .value("expiredObjectDeleteMarker", true)],
        .any(["tagFilters", "objectSizeGreaterThan", "objectSizeLessThan"]),
        because:
          "Unfinished uploads and delete marks have neither tags nor a size: give them a rule of their own."),
      .compared("objectSizeLessThan", .moreThan, "objectSizeGreaterThan"),
      .excludes(
        ["expirationDate", "transitions.*.transitionDate"], "transitions.*.transitionInDays",
        because: inOneWay),
      .excludes("expirationInDays", "transitions.*.transitionDate", because: inOneWay),
      .compared("expirationInDays", .moreThan, "transitions.*.transitionInDays"),
      .compared(
        "noncurrentVersionExpiration.noncurrentDays", .moreThan,
        "noncurrentVersionTransitions.*.transitionInDays"))
    + Relation.inside(
      "lifecycleRules.*.transitions.*", .exactlyOne(of: "transitionDate", "transitionInDays"),
      .excludes(
        .number("transitionInDays", ...29), .value("storageClass", "ONEZONE_IA", "STANDARD_IA"),
        because: "S3 moves objects there after 30 days at the earliest."))

  private static let inOneWay = "A rule has its times either in days or in dates."
}
