import Planner
import Testing

@testable import Providers

struct `A bucket's problems` {
  static let cases: [(String, String, [String: Value], [[String]])] = [
    ("none", "builds", ["notifications": [entry("s3:ObjectCreated:*", ["queue": "arn:q"])]], []),
    ("two dots", "my..builds", [:], [["name"]]),
    ("an address", "192.168.0.1", [:], [["name"]]),
    ("a name of AWS's own", "xn--builds", [:], [["name"]]),
    (
      "no receiver", "builds", ["notifications": [entry("s3:ObjectCreated:*", [:])]],
      [["notifications", "0"]]
    ),
    (
      "two receivers", "builds",
      ["notifications": [entry("s3:ObjectCreated:*", ["queue": "arn:q", "lambda": "arn:l"])]],
      [["notifications", "0"]]
    ),
    (
      "a FIFO queue", "builds", ["notifications": [entry("s3:ObjectCreated:*", ["queue": "arn:q.fifo"])]],
      [["notifications", "0", "queue"]]
    ),
    (
      "notifications that overlap", "builds",
      [
        "notifications": [
          entry("s3:ObjectCreated:*", ["queue": "arn:q", "prefix": "a/"]),
          entry("s3:ObjectCreated:Put", ["lambda": "arn:l", "prefix": "a/b", "suffix": ".zip"]),
        ]
      ], [["notifications", "1"]]
    ),
    (
      "notifications told apart by suffix", "builds",
      [
        "notifications": [
          entry("s3:ObjectCreated:*", ["queue": "arn:q", "suffix": ".txt"]),
          entry("s3:ObjectCreated:*", ["queue": "arn:r", "suffix": ".zip"]),
        ]
      ], []
    ),
    ("a rule without action", "builds", ["lifecycleRules": [["id": "a"]]], [["lifecycleRules", "0"]]),
    (
      "two rules of one name", "builds",
      ["lifecycleRules": [["id": "a", "expirationInDays": 1], ["id": "a", "expirationInDays": 2]]],
      [["lifecycleRules", "1", "id"]]
    ),
    (
      "date and days", "builds",
      ["lifecycleRules": [["expirationInDays": 1, "expirationDate": "2040-01-01"]]],
      [["lifecycleRules", "0"]]
    ),
    (
      "a move in days, an end on a date", "builds",
      [
        "lifecycleRules": [
          [
            "expirationDate": "2040-01-01",
            "transitions": [["storageClass": "GLACIER", "transitionInDays": 3]],
          ]
        ]
      ], [["lifecycleRules", "0"]]
    ),
    (
      "an end before the move", "builds",
      [
        "lifecycleRules": [
          ["expirationInDays": 30, "transitions": [["storageClass": "GLACIER", "transitionInDays": 30]]]
        ]
      ], [["lifecycleRules", "0", "expirationInDays"]]
    ),
    (
      "a move that is too early", "builds",
      ["lifecycleRules": [["transitions": [["storageClass": "STANDARD_IA", "transitionInDays": 29]]]]],
      [["lifecycleRules", "0", "transitions", "0", "transitionInDays"]]
    ),
    (
      "uploads by tag", "builds",
      ["lifecycleRules": [["abortIncompleteMultipartUpload": 1, "tagFilters": ["a": "b"]]]],
      [["lifecycleRules", "0", "abortIncompleteMultipartUpload"]]
    ),
    (
      "delete marks by size", "builds",
      ["lifecycleRules": [["expiredObjectDeleteMarker": true, "objectSizeLessThan": 5]]],
      [["lifecycleRules", "0", "expiredObjectDeleteMarker"]]
    ),
    (
      "sizes that no object has", "builds",
      [
        "lifecycleRules": [
          ["expirationInDays": 1, "objectSizeGreaterThan": 5, "objectSizeLessThan": 5]
        ]
      ], [["lifecycleRules", "0", "objectSizeLessThan"]]
    ),
    ("locks without versions", "builds", ["objectLockEnabled": true], [["objectLockEnabled"]]),
    (
      "a lock that nothing turned on", "builds", ["objectLock": ["mode": "GOVERNANCE", "days": 1]],
      [["objectLock"]]
    ),
    (
      "a lock for days and years", "builds",
      [
        "versioning": true, "objectLockEnabled": true,
        "objectLock": ["mode": "GOVERNANCE", "days": 1, "years": 1],
      ], [["objectLock"]]
    ),
    (
      "a lock for no time", "builds",
      ["versioning": true, "objectLockEnabled": true, "objectLock": ["mode": "GOVERNANCE"]], [["objectLock"]]
    ),
    (
      "copies without versions", "builds", ["replication": ["role": "r", "rules": [["destination": [:]]]]],
      [["replication"]]
    ),
    (
      "two rules of one priority", "builds",
      [
        "versioning": true,
        "replication": ["role": "r", "rules": [["destination": [:]], ["destination": [:], "priority": 0]]],
      ], [["replication", "rules", "1", "priority"]]
    ),
    (
      "a promise without metrics", "builds",
      [
        "versioning": true,
        "replication": ["role": "r", "rules": [["destination": ["replicationTime": ["minutes": 15]]]]],
      ], [["replication", "rules", "0", "destination", "replicationTime"]]
    ),
    ("speed with a dot", "my.builds", ["accelerate": true], [["accelerate"]]),
    (
      "two reports of one name", "builds", ["metricsConfigurations": [["id": "a"], ["id": "a"]]],
      [["metricsConfigurations", "1", "id"]]
    ),
    (
      "a redirection to nowhere", "builds",
      ["website": ["indexDocument": "i", "routingRules": [["keyPrefixEquals": "a"]]]],
      [["website", "routingRules", "0"]]
    ),
    (
      "a transition at no time", "builds",
      ["lifecycleRules": [["transitions": [["storageClass": "GLACIER"]]]]],
      [["lifecycleRules", "0", "transitions", "0"]]
    ),
    ("a website without pages", "builds", ["website": ["errorDocument": "e.html"]], [["website"]]),
    (
      "a website elsewhere with pages", "builds",
      ["website": ["redirectAllRequestsTo": ["hostName": "x"], "indexDocument": "i.html"]],
      [["website", "indexDocument"]]
    ),
    (
      "a key for S3's own keys", "builds", ["encryption": ["sseAlgorithm": "AES256", "kmsMasterKeyId": "k"]],
      [["encryption", "kmsMasterKeyId"]]
    ),
  ]

  private static func entry(_ event: String, _ members: [String: Value]) -> Value {
    .map(members.merging(["events": [.string(event)]]) { $1 })
  }

  @Test(arguments: cases)
  func `are told by their path`(
    _ case: String, _ name: String, _ properties: [String: Value], _ paths: [[String]]
  ) {
    let bucket = Resource(Address("buckets", "builds"), name: name, properties: properties)
    #expect(BucketKind().allProblems(of: bucket).map(\.path) == paths)
  }
}
