import Foundation
import Planner
import Testing

@testable import Providers

/// That each endpoint differs from AWS exactly as its traits say. A test that fails names a trait that is
/// healed, or one that is missing.
@Suite(.enabled(if: !LiveEndpoint.all.isEmpty))
struct `Traits of an endpoint's Lambda` {
  @Test(arguments: LiveEndpoint.all)
  func `say whether a disabled mapping stays after its deletion`(_ endpoint: LiveEndpoint) async throws {
    let workshop = LambdaWorkshop(endpoint: endpoint)
    let aws = endpoint.writing
    let mapping = try await aws.write(
      Lambda.createEventSourceMapping,
      [
        "EventSourceArn": try await workshop.queue("trait-disabled"), "Enabled": false,
        "FunctionName": try await workshop.function("trait-disabled"),
      ])
    try await aws.delete(Lambda.deleteEventSourceMapping, ["UUID": mapping["UUID"] ?? .null])
    // A worker that runs takes its mapping out within seconds.
    let isGone = try? await aws.waiting(for: "the mapping to be gone", atMost: .seconds(10)) {
      () throws(ProviderError) -> Bool? in
      let left = try await aws.reading.everyItem(
        Lambda.listEventSourceMappings, ["FunctionName": "trait-disabled"])
      return left.isEmpty ? true : nil
    }
    #expect((isGone == nil) == endpoint.target.has(.keepsDisabledMappings))
  }

  @Test(arguments: LiveEndpoint.all)
  func `say whether tags outlive a function`(_ endpoint: LiveEndpoint) async throws {
    let workshop = LambdaWorkshop(endpoint: endpoint)
    let (resource, artifacts) = try workshop.packed("trait-tags", ["role": try await workshop.role("tags")])
    var input = LambdaSetting.fields(of: resource) { resource[$0] != nil }
    input["FunctionName"] = "trait-tags"
    input["Code"] = .map(try LambdaKind.code(of: resource, in: artifacts.byDigest))
    let aws = endpoint.writing
    try await aws.write(Lambda.createFunction, input.merging(["Tags": ["team": "old"]]) { $1 })
    try await aws.delete(Lambda.deleteFunction, ["FunctionName": "trait-tags"])
    let function = try await aws.write(Lambda.createFunction, input)
    let tags = try await Lambda.tags.read(["Resource": function["FunctionArn"] ?? .null], aws.reading)
    #expect((tags?.all == ["team": "old"]) == endpoint.target.has(.tagsOutliveFunctions))
  }

  @Test(arguments: LiveEndpoint.all)
  func `say whether a reservation of 0 is left out`(_ endpoint: LiveEndpoint) async throws {
    _ = try await LambdaWorkshop(endpoint: endpoint).function("trait-reserved")
    let key: [String: Value] = ["FunctionName": "trait-reserved"]
    try await endpoint.writing.write(
      Lambda.putFunctionConcurrency, key.merging(["ReservedConcurrentExecutions": 0]) { $1 })
    let function = try await endpoint.reading.read(Lambda.getFunction, key)
    let isHidden = function.at("Concurrency.ReservedConcurrentExecutions") == nil
    #expect(isHidden == endpoint.target.has(.hidesReservationsOfZero))
  }

  @Test(arguments: LiveEndpoint.all)
  func `say whether the listing hides the alias of a URL`(_ endpoint: LiveEndpoint) async throws {
    _ = try await LambdaWorkshop(endpoint: endpoint).function("trait-url")
    let key: [String: Value] = ["FunctionName": "trait-url"]
    let aws = endpoint.writing
    try await aws.write(
      Lambda.createAlias, key.merging(["Name": "live", "FunctionVersion": "$LATEST"]) { $1 })
    try await aws.write(
      Lambda.createFunctionURLConfig, key.merging(["Qualifier": "live", "AuthType": "AWS_IAM"]) { $1 })
    let urls = try await aws.reading.everyItem(Lambda.listFunctionURLConfigs, key)
    let isHidden = urls.first?["FunctionArn"]?.string?.hasSuffix(":live") == false
    #expect(isHidden == endpoint.target.has(.hidesAliasesOfURLs))
  }

  @Test(arguments: LiveEndpoint.all)
  func `say whether a permission loses its condition on URLs`(_ endpoint: LiveEndpoint) async throws {
    _ = try await LambdaWorkshop(endpoint: endpoint).function("trait-permission")
    let answer = try await endpoint.writing.write(
      Lambda.addPermission,
      [
        "FunctionName": "trait-permission", "StatementId": "one", "Principal": "*",
        "Action": "lambda:InvokeFunction", "InvokedViaFunctionUrl": true,
      ])
    let isDropped = answer["Statement"]?.string?.contains("InvokedViaFunctionUrl") == false
    #expect(isDropped == endpoint.target.has(.dropsInvokedViaFunctionURL))
  }
}
