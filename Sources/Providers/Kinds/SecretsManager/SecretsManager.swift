import Planner

/// AWS Secrets Manager: its operations.
enum SecretsManager {
  static let service = AWSService(
    "secretsmanager", environmentID: "SECRETS_MANAGER", .json(version: "1.1", targetPrefix: "secretsmanager"))

  static let createSecret = service.write(
    "CreateSecret", repeats: .withToken("ClientRequestToken"), proof: .member("ARN"))
  static let deleteResourcePolicy = service.write(
    "DeleteResourcePolicy", repeats: .safe, proof: .member("ARN"))
  static let deleteSecret = service.write("DeleteSecret", repeats: .safe, proof: .member("ARN"))
  static let describeSecret = service.read("DescribeSecret", proof: .member("ARN"))
  static let getRandomPassword = service.read("GetRandomPassword", proof: .member("RandomPassword"))
  static let getResourcePolicy = service.read("GetResourcePolicy", proof: .member("ARN"))
  static let listSecrets = service.read(
    "ListSecrets", proof: .presence("SecretList"), pages: Pages("SecretList", token: "NextToken"))
  static let putResourcePolicy = service.write(
    "PutResourcePolicy", repeats: .safe, proof: .member("ARN"),
    retries: [RetriedError("MalformedPolicyDocumentException", "unsupported principal")])
  static let removeRegionsFromReplication = service.write(
    "RemoveRegionsFromReplication", repeats: .safe, proof: .member("ARN"))
  static let replicateSecretToRegions = service.write(
    "ReplicateSecretToRegions", repeats: .safe, proof: .member("ARN"))
  static let restoreSecret = service.write("RestoreSecret", repeats: .safe, proof: .member("ARN"))
  static let tagResource = service.write("TagResource", repeats: .safe, proof: .nothing)
  static let untagResource = service.write("UntagResource", repeats: .safe, proof: .nothing)
  static let updateSecret = service.write(
    "UpdateSecret", repeats: .withToken("ClientRequestToken"), proof: .member("ARN"))

  static let tags = TagCalls(put: tagResource, remove: untagResource)
}
