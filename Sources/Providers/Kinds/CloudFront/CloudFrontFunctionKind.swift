package import Planner

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Amazon CloudFront functions: code that runs at the edge, for each request or answer of a distribution.
///
/// A function has two stages. What is changed is DEVELOPMENT; PublishFunction copies that to LIVE, which is what
/// distributions run. With `autoPublish` the two are held equal: a plan compares them.
///
/// Reads: three a function (its settings, its code, its tags), two more for the stage LIVE with `autoPublish`; one
/// listing for many. Writes: one to create or change one, one to publish it, one each for tags that come and that go.
/// Changing calls name the version that they mean (If-Match). Facts: the CloudFront API reference 2020-05-31, and
/// `AWS::CloudFront::Function` in CloudFormation.
package struct CloudFrontFunctionKind: DescribedKind {
  package var schema: Schema { Self.declaration }

  let calls = KindCalls(
    identity: Identity(
      creation: ["Name": .name], reference: ["Name": .name], tagged: ["Resource": .made(arn)],
      known: ["arn": .made(arn)]),
    create: CloudFront.createFunction, read: CloudFront.describeFunction, question: ["Stage": "DEVELOPMENT"],
    change: .whole(CloudFront.updateFunction, ifMatch: "IfMatch"),
    ending: Ending(delete: CloudFront.deleteFunction, ifMatch: "IfMatch"),
    listing: Listing(operation: CloudFront.listFunctions, name: "Name", input: ["Stage": "DEVELOPMENT"]),
    tags: CloudFront.tags,
    fields: WireFields(
      apart: ["autoPublish"],
      counted: [
        "functionConfig.keyValueStoreAssociations": "KeyValueStoreAssociation.KeyValueStoreARN"
      ]))

  /// A global service's ARNs name no region.
  @Sendable static func arn(name: String, in target: Target) -> Value? {
    target.arn("cloudfront", "function/\(name)", region: "")
  }

  /// What is left out of the settings is not there: an update sends them whole.
  package func completed(_ resource: Resource) -> Resource {
    var completed = resource
    completed.complete("functionConfig", with: ["comment": "", "keyValueStoreAssociations": []])
    return completed
  }

  func shape(_ input: inout [String: Value], of verb: KindVerb, for resource: Resource, in target: Target) {
    let code = resource["functionCode"]?.string ?? ""
    input["FunctionCode"] = .string(Data(code.utf8).base64EncodedString())
    // The older runtime has no stores, not even none.
    guard var config = input["FunctionConfig"]?.map, config["KeyValueStoreAssociations"] == ["Quantity": 0]
    else { return }
    config["KeyValueStoreAssociations"] = nil
    input["FunctionConfig"] = .map(config)
  }

  // MARK: Stages

  /// The properties that a stage holds; nil for a function that was never published.
  private func stage(
    _ stage: String, of name: String, _ aws: ReadingClient
  ) async throws(ProviderError) -> (properties: [String: Value], version: Value)? {
    let fields: [String: Value] = ["Name": .string(name), "Stage": .string(stage)]
    let described = try await aws.readIfPresent(Request(CloudFront.describeFunction, fields))
    guard let described, let code = try await code(fields, aws) else { return nil }
    var properties = calls.fields.properties(in: described.value, schema)
    properties["functionCode"] = code
    return (properties, described.version)
  }

  private func code(_ fields: [String: Value], _ aws: ReadingClient) async throws(ProviderError) -> Value? {
    try await aws.readIfPresent(Request(CloudFront.getFunction, fields)).map {
      .string(String(decoding: $0.body, as: UTF8.self))
    }
  }

  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) {
    let isCompared = query.wants("autoPublish") && query.wanted?["autoPublish"] == true
    if query.wants("functionCode") || isCompared {
      let fields: [String: Value] = ["Name": .string(live.id), "Stage": "DEVELOPMENT"]
      live.properties["functionCode"] = try await code(fields, aws)
    }
    guard isCompared else {
      // What was published once stays so, and the service knows of no such switch.
      live.untold.insert("autoPublish")
      return
    }
    let published = try await stage("LIVE", of: live.id, aws)?.properties
    live.properties["autoPublish"] = .boolean(
      published.map { differing($0, from: live.properties).isEmpty } ?? false)
  }

  private func differing(_ stage: [String: Value], from wanted: [String: Value]) -> [String] {
    ["functionCode", "functionConfig"].filter { name in
      schema.property(name)?.differences(live: stage[name], wanted: wanted[name] ?? .null) != []
    }
  }

  func finish(_ creation: Creation, _ id: String, _ aws: WritingClient) async throws(ProviderError) {
    try await publish(creation.resource, id, over: nil, aws)
  }

  func finish(_ update: Update, _ aws: WritingClient) async throws(ProviderError) {
    guard update.changes("functionCode", "functionConfig", "autoPublish") else { return }
    try await publish(update.resource, update.live.id, over: update.live, aws)
  }

  /// Copies what was just written to the stage LIVE, and nothing that somebody else has written meanwhile.
  private func publish(
    _ resource: Resource, _ name: String, over old: LiveResource?, _ aws: WritingClient
  ) async throws(ProviderError) {
    guard resource["autoPublish"] == true else { return }
    try await verbs.whileVersionMoves("IfMatch") { () throws(ProviderError) -> Void in
      let version = try await written(resource, name, over: old, aws)
      try await aws.write(CloudFront.publishFunction, ["Name": .string(name), "IfMatch": version])
    }
  }

  /// The version of the stage DEVELOPMENT, once it is what was just written: the service may still tell of what was
  /// there before. What is neither was written by somebody else.
  private func written(
    _ resource: Resource, _ name: String, over old: LiveResource?, _ aws: WritingClient
  ) async throws(ProviderError) -> Value {
    let event = "the change of the CloudFront function \(name) to show"
    return try await aws.waiting(for: event, atMost: .seconds(60)) { () throws(ProviderError) -> Value? in
      guard let live = try await stage("DEVELOPMENT", of: name, aws.reading) else {
        if old == nil { return nil }
        throw verbs.movedMeanwhile(["everything"], name)
      }
      let moved = differing(live.properties, from: resource.properties)
      if moved.isEmpty { return live.version }
      if let old, differing(live.properties, from: old.properties).isEmpty { return nil }
      throw verbs.movedMeanwhile(moved, name)
    }
  }
}
