import Planner

/// Amazon API Gateway, version 2 (HTTP APIs): its operations. Its listings always have their list: GetApis of
/// AWS answers `{"items": []}` where there is no API.
package enum APIGatewayV2 {
  package static let service = AWSService(
    "apigateway", environmentID: "APIGATEWAYV2", .restJSON, errors: APIGateway.errors)

  private static let api = "/v2/apis/{apiId}"
  private static let stage = "\(api)/stages/{stageName}"

  private static let page = "?maxResults={maxResults}&nextToken={nextToken}"
  private static let pages = Pages("items", token: "nextToken")
  private static let items = Proof.presence("items")

  // MARK: APIs

  static let createApi = service.write("CreateApi", .post, "/v2/apis", proof: .member("apiId"))
  static let deleteApi = service.write("DeleteApi", .delete, api, repeats: .safe, proof: .nothing)
  static let deleteCorsConfiguration = service.write(
    "DeleteCorsConfiguration", .delete, "\(api)/cors", repeats: .safe, proof: .nothing)
  static let getApi = service.read("GetApi", .get, api, proof: .member("apiId"))
  static let getApis = service.read("GetApis", .get, "/v2/apis\(page)", proof: items, pages: pages)
  static let updateApi = service.write("UpdateApi", .patch, api, repeats: .safe, proof: .member("apiId"))

  static let getTags = service.read(
    "GetTags", .get, "/v2/tags/{resource-arn}", proof: .presence("tags"))
  static let tagResource = service.write(
    "TagResource", .post, "/v2/tags/{resource-arn}", repeats: .safe, proof: .nothing)
  static let untagResource = service.write(
    "UntagResource", .delete, "/v2/tags/{resource-arn}?tagKeys={tagKeys}", repeats: .safe, proof: .nothing)
  static let tags = TagCalls(
    read: getTags, answer: "tags", put: tagResource, remove: untagResource, field: "tags", keys: "tagKeys",
    form: .map)

  // MARK: Routes, integrations and authorizers

  static let createRoute = service.write(
    "CreateRoute", .post, "\(api)/routes", proof: .member("routeId"))
  static let deleteRoute = service.write(
    "DeleteRoute", .delete, "\(api)/routes/{routeId}", repeats: .safe, proof: .nothing)
  static let getRoutes = service.read("GetRoutes", .get, "\(api)/routes\(page)", proof: items, pages: pages)
  static let updateRoute = service.write(
    "UpdateRoute", .patch, "\(api)/routes/{routeId}", repeats: .safe, proof: .member("routeId"))

  static let createIntegration = service.write(
    "CreateIntegration", .post, "\(api)/integrations", proof: .member("integrationId"))
  static let deleteIntegration = service.write(
    "DeleteIntegration", .delete, "\(api)/integrations/{integrationId}", repeats: .safe, proof: .nothing)
  static let getIntegrations = service.read(
    "GetIntegrations", .get, "\(api)/integrations\(page)", proof: items, pages: pages)

  static let createAuthorizer = service.write(
    "CreateAuthorizer", .post, "\(api)/authorizers", proof: .member("authorizerId"))
  static let deleteAuthorizer = service.write(
    "DeleteAuthorizer", .delete, "\(api)/authorizers/{authorizerId}", repeats: .safe, proof: .nothing)
  static let getAuthorizers = service.read(
    "GetAuthorizers", .get, "\(api)/authorizers\(page)", proof: items, pages: pages)
  static let updateAuthorizer = service.write(
    "UpdateAuthorizer", .patch, "\(api)/authorizers/{authorizerId}", repeats: .safe,
    proof: .member("authorizerId"))

  // MARK: Stages

  /// The answer to limits on a route that was made just before.
  private static let unknownRoute = [RetriedError("NotFoundException", "Unable to find Route by key")]

  static let createStage = service.write(
    "CreateStage", .post, "\(api)/stages", proof: .member("stageName"), retries: unknownRoute)
  static let deleteStage = service.write("DeleteStage", .delete, stage, repeats: .safe, proof: .nothing)
  static let deleteAccessLogSettings = service.write(
    "DeleteAccessLogSettings", .delete, "\(stage)/accesslogsettings", repeats: .safe, proof: .nothing)
  static let deleteRouteSettings = service.write(
    "DeleteRouteSettings", .delete, "\(stage)/routesettings/{routeKey}", repeats: .safe, proof: .nothing)
  static let getStages = service.read("GetStages", .get, "\(api)/stages\(page)", proof: items, pages: pages)
  static let updateStage = service.write(
    "UpdateStage", .patch, stage, repeats: .safe, proof: .member("stageName"), retries: unknownRoute)
}
