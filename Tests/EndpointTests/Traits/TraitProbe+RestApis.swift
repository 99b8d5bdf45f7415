import Planner

@testable import Providers

extension TraitProbe {
  static let restApis: [TraitProbe] = [
    TraitProbe(.showsCreationTagsOnly) { endpoint in
      let aws = endpoint.writing
      let api = try await aws.write(APIGateway.createRestApi, ["name": "tagged", "tags": ["a": "1"]])
      let arn: Value = .string(ApiKind.arn(api["id"]?.string ?? "", in: endpoint.target))
      try await aws.write(APIGateway.tagResource, ["resource_arn": arn, "tags": ["b": "2"]])
      try await aws.write(APIGateway.untagResource, ["resource_arn": arn, "tagKeys": ["a"]])
      let shown = try await aws.reading.read(APIGateway.getRestApi, ["restapi_id": api["id"] ?? .null])
      let isShownByHTTP = try await showsCreationTagsOfHTTP(endpoint)
      return showsCreationTags(shown) && isShownByHTTP != false
    },
    TraitProbe(.rejectsRemovalOfRouteLimits) { endpoint in
      let stage = try await RestStageUnderTest(endpoint, "limited").input
      let aws = endpoint.writing
      try await aws.patch(APIGateway.updateStage, stage, [.replace("/~1a/GET/throttling/rateLimit", 5)])
      do throws(ProviderError) {
        try await aws.patch(APIGateway.updateStage, stage, [.remove("/~1a/GET")])
        return false
      } catch {
        guard error.kind == .invalid else { throw error }
        return true
      }
    },
    TraitProbe(.breaksMediaTypeLists) { endpoint in
      let aws = endpoint.writing
      let made = try await aws.write(
        APIGateway.createRestApi, ["name": "media", "binaryMediaTypes": ["x/y"]])
      let api: [String: Value] = ["restapi_id": made["id"] ?? .null]
      try await aws.patch(APIGateway.updateRestApi, api, [.add("/binaryMediaTypes/a~1b")])
      let types = try await aws.reading.read(APIGateway.getRestApi, api)["binaryMediaTypes"]?.list
      return Set(types ?? []) != ["x/y", "a/b"]
    },
    TraitProbe(.losesUserPools) { endpoint in
      let aws = endpoint.writing
      let made = try await aws.write(APIGateway.createRestApi, ["name": "pools"])
      let api: [String: Value] = ["restapi_id": made["id"] ?? .null]
      let pools = ["one", "two", "three"].map { name -> Value in
        endpoint.target.arn("cognito-idp", "userpool/us-east-1_\(name)") ?? .null
      }
      let authorizer = try await aws.write(
        APIGateway.createAuthorizer,
        api.merging([
          "name": "people", "type": "COGNITO_USER_POOLS", "providerARNs": .list(Array(pools.prefix(2))),
          "identitySource": "method.request.header.Authorization",
        ]) { $1 })
      let input = api.merging(["authorizer_id": authorizer["id"] ?? .null]) { $1 }
      for operation in [
        ["op": "remove", "path": "/providerARNs", "value": pools[1]],
        ["op": "add", "path": "/providerARNs", "value": pools[2]],
      ] as [Value] {
        try await aws.patch(APIGateway.updateAuthorizer, input, [operation])
      }
      let left = try await aws.reading.everyItem(APIGateway.getAuthorizers, api).first?["providerARNs"]?.list
      return Set(left ?? []) != [pools[0], pools[2]]
    },
    TraitProbe(.breaksUsagePlans) { endpoint in
      let place = try await RestStageUnderTest(endpoint, "planned").place
      let aws = endpoint.writing
      let made = try await aws.write(
        APIGateway.createUsagePlan, ["name": "plan", "throttle": ["rateLimit": 1, "burstLimit": 1]])
      let plan: [String: Value] = ["usageplanId": made["id"] ?? .null]
      let changes: [Value] = [
        .replace("/throttle/rateLimit", .number(2.5)),
        ["op": "add", "path": "/apiStages", "value": .string(place)],
      ]
      do throws(ProviderError) {
        for change in changes { try await aws.patch(APIGateway.updateUsagePlan, plan, [change]) }
        let shown = try await aws.reading.everyItem(APIGateway.getUsagePlans).first
        return shown?["apiStages"]?.list?.count != 1 || shown?.at("throttle.rateLimit") != .number(2.5)
      } catch {
        guard error.kind == .server || error.kind == .malformed || error.kind == .invalid else { throw error }
        return true
      }
    },
    TraitProbe(.deletesUsagePlansWithStages) { endpoint in
      let stage = try await RestStageUnderTest(endpoint, "held")
      let aws = endpoint.writing
      let made = try await aws.write(
        APIGateway.createUsagePlan,
        ["name": "plan", "apiStages": [["apiId": stage.api, "stage": "live"]]])
      do throws(ProviderError) {
        try await aws.write(APIGateway.deleteUsagePlan, ["usageplanId": made["id"] ?? .null])
        return true
      } catch {
        guard error.kind == .invalid || error.kind == .conflict else { throw error }
        return false
      }
    },
  ]
}

extension TraitProbe {
  private static func showsCreationTags(_ api: Value) -> Bool {
    api["tags"]?["a"] == "1" && api["tags"]?["b"] == nil
  }

  /// The same of an HTTP API; nil where there are none.
  private static func showsCreationTagsOfHTTP(_ endpoint: LiveEndpoint) async throws -> Bool? {
    let aws = endpoint.writing
    do throws(ProviderError) {
      let api = try await aws.write(
        APIGatewayV2.createApi, ["name": "tagged", "protocolType": "HTTP", "tags": ["a": "1"]])
      let id = api["apiId"]?.string ?? ""
      let reference = HttpApi.reference(id, in: endpoint.target)
      try await aws.write(APIGatewayV2.tagResource, reference.merging(["tags": ["b": "2"]]) { $1 })
      try await aws.write(APIGatewayV2.untagResource, reference.merging(["tagKeys": ["a"]]) { $1 })
      return showsCreationTags(try await aws.reading.read(APIGatewayV2.getApi, ["apiId": .string(id)]))
    } catch {
      guard error.kind == .unsupported else { throw error }
      return nil
    }
  }
}

/// A REST API with GET /a, and a stage that shows it.
private struct RestStageUnderTest {
  let api: Value

  var input: [String: Value] { ["restapi_id": api, "stage_name": "live"] }
  /// As usage plans name it.
  var place: String { "\(api.string ?? ""):live" }

  init(_ endpoint: LiveEndpoint, _ name: Value) async throws {
    let aws = endpoint.writing
    api = try await aws.write(APIGateway.createRestApi, ["name": name])["id"] ?? .null
    let inAPI: [String: Value] = ["restapi_id": api]
    let paths = try await aws.reading.everyItem(APIGateway.getResources, inAPI)
    let path = try await aws.write(
      APIGateway.createResource,
      inAPI.merging(["parent_id": paths.first?["id"] ?? .null, "pathPart": "a"]) { $1 })
    let method = inAPI.merging(["resource_id": path["id"] ?? .null, "http_method": "GET"]) { $1 }
    try await aws.write(APIGateway.putMethod, method.merging(["authorizationType": "NONE"]) { $1 })
    try await aws.write(APIGateway.putIntegration, method.merging(["type": "MOCK"]) { $1 })
    let deployment = try await aws.write(APIGateway.createDeployment, inAPI)
    try await aws.write(
      APIGateway.createStage,
      inAPI.merging(["stageName": "live", "deploymentId": deployment["id"] ?? .null]) { $1 })
  }
}
