import Foundation
import Testing

@testable import Planner
@testable import Providers

/// What lambdas and what hangs on them need around them on an endpoint: a role, a packed function, a queue.
struct LambdaWorkshop {
  let endpoint: LiveEndpoint
  private let owner = Owner(stack: "round-trip", address: Address("kinds", "around"))

  /// The ARN of a role that lambdas may run as, made on the way.
  func role(_ name: String) async throws -> Value {
    let role = Resource(
      Address("roles", name), name: name, properties: ["assumedBy": ["lambda.amazonaws.com"]])
    let created = try await RoleKind().create(Creation(resource: role, owner: owner), endpoint.writing)
    return try #require(created.attributes["arn"])
  }

  /// A function's resource with its code packed, and the artifacts that it names.
  func packed(_ name: String, _ properties: [String: Value]) throws -> (Resource, [Artifact]) {
    let source = "def handler(event, context):\n  return {'name': '\(name)'}\n"
    var resource = Resource(
      Address("lambdas", name), name: name,
      properties: [
        "code": ["zipFile": .string(source)], "runtime": "python3.12", "handler": "index.handler",
      ])
    resource.properties.merge(properties) { $1 }
    let kind = LambdaKind()
    let packed = try kind.packed(kind.completed(resource), directory: ".", files: .disk)
    var ready = packed.resource
    ready.properties["code"] = nil
    return (ready, packed.artifacts)
  }

  /// The ARN of a function, made on the way.
  func function(_ name: String) async throws -> Value {
    let (resource, artifacts) = try packed(name, ["role": try await role("\(name)-role")])
    let creation = Creation(resource: resource, owner: owner, artifacts: artifacts.byDigest)
    return try #require(try await LambdaKind().create(creation, endpoint.writing).attributes["arn"])
  }

  /// The ARN of a queue, made on the way.
  func queue(_ name: String) async throws -> Value {
    try await endpoint.writing.write(SQS.createQueue, ["QueueName": .string(name)])
    return try #require(endpoint.target.arn("sqs", name))
  }

  /// The ARN of a layer's version, made on the way.
  func layer(_ name: String) async throws -> Value {
    let zip = ZipArchive.bytes(of: [.init(name: "python/\(name).py", bytes: Array("pass".utf8))])
    let content: Value = ["ZipFile": .string(Data(zip).base64EncodedString())]
    let answer = try await endpoint.writing.write(
      Lambda.publishLayerVersion, ["LayerName": .string(name), "Content": content])
    return try #require(answer["LayerVersionArn"])
  }

  /// The ARN of a table's stream, made on the way.
  func stream(_ name: String) async throws -> Value {
    let answer = try await endpoint.writing.write(
      DynamoDB.createTable,
      [
        "TableName": .string(name), "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [["AttributeName": "id", "AttributeType": "S"]],
        "KeySchema": [["AttributeName": "id", "KeyType": "HASH"]],
        "StreamSpecification": ["StreamEnabled": true, "StreamViewType": "NEW_IMAGE"],
      ])
    return try #require(answer["TableDescription"]?["LatestStreamArn"])
  }
}

extension [Artifact] {
  var byDigest: [String: Artifact] { Dictionary(map { ($0.digest, $0) }) { first, _ in first } }
}

/// A kind whose writes always have these artifacts at hand, as the engine gives them.
struct Stocked: AWSKind {
  let kind: LambdaKind
  let artifacts: [String: Artifact]

  var schema: Schema { kind.schema }

  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] {
    kind.earlyAttributes(of: resource, in: target)
  }

  func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    try await kind.read(query, aws)
  }

  func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    var creation = creation
    creation.artifacts = artifacts
    return try await kind.create(creation, aws)
  }

  func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    var update = update
    update.artifacts = artifacts
    return try await kind.update(update, aws)
  }

  func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    try await kind.delete(deletion, aws)
  }
}
