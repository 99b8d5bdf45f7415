import Planner

/// AWS KMS: its operations.
package enum KMS {
  package static let service = AWSService(
    "kms", environmentID: "KMS", .json(version: "1.1", targetPrefix: "TrentService"))

  static let describeKey = service.read("DescribeKey", proof: .member("KeyMetadata.Arn"))
  static let getKeyPolicy = service.read("GetKeyPolicy", proof: .member("Policy"))
  static let getKeyRotationStatus = service.read(
    "GetKeyRotationStatus", proof: .presence("KeyRotationEnabled"))
  static let listAliases = service.read(
    "ListAliases", proof: .presence("Aliases"),
    pages: Pages("Aliases", token: "NextMarker", position: "Marker"))
  static let listKeys = service.read(
    "ListKeys", proof: .presence("Keys"), pages: Pages("Keys", token: "NextMarker", position: "Marker"))
  static let listResourceTags = service.read(
    "ListResourceTags", proof: .presence("Tags"),
    pages: Pages("Tags", token: "NextMarker", position: "Marker"))

  static let cancelKeyDeletion = service.write("CancelKeyDeletion", repeats: .safe, proof: .member("KeyId"))
  static let createAlias = service.write("CreateAlias", proof: .nothing)
  static let createKey = service.write(
    "CreateKey", proof: .member("KeyMetadata.KeyId"), retries: freshPrincipal)
  static let deleteAlias = service.write("DeleteAlias", repeats: .safe, proof: .nothing)
  static let disableKey = service.write("DisableKey", repeats: .safe, proof: .nothing)
  static let disableKeyRotation = service.write("DisableKeyRotation", repeats: .safe, proof: .nothing)
  static let enableKey = service.write("EnableKey", repeats: .safe, proof: .nothing)
  static let enableKeyRotation = service.write("EnableKeyRotation", repeats: .safe, proof: .nothing)
  static let putKeyPolicy = service.write(
    "PutKeyPolicy", repeats: .safe, proof: .nothing, retries: freshPrincipal)
  static let scheduleKeyDeletion = service.write(
    "ScheduleKeyDeletion", repeats: .safe, proof: .member("KeyId"))
  static let tagResource = service.write("TagResource", repeats: .safe, proof: .nothing)
  static let untagResource = service.write("UntagResource", repeats: .safe, proof: .nothing)
  static let updateAlias = service.write("UpdateAlias", repeats: .safe, proof: .nothing)
  static let updateKeyDescription = service.write("UpdateKeyDescription", repeats: .safe, proof: .nothing)

  /// A policy may name a role that was made just now.
  private static let freshPrincipal = [
    RetriedError("MalformedPolicyDocumentException", "invalid principals")
  ]

  static let tags = TagCalls(
    read: listResourceTags, put: tagResource, remove: untagResource,
    form: .list(key: "TagKey", value: "TagValue"))
}
