import Planner

/// Amazon API Gateway, version 1 (REST APIs): its operations, and its error codes.
///
/// Fields in paths and queries have the API reference's names, as `restapi_id`. A listing without items may
/// come without its list: AWS answers `{}` then (seen with GetBasePathMappings), so no listing asks for it.
package enum APIGateway {
  package static let service = AWSService(
    "apigateway", environmentID: "API_GATEWAY", .restJSON, errors: errors)

  /// Both versions answer with one code for different things.
  static let errors = ServiceErrors(messages: [
    ServiceErrors.MessageRow("ConflictException", "concurrent modification", .conflict),
    ServiceErrors.MessageRow("ConflictException", "try again later", .conflict),
    ServiceErrors.MessageRow("ConflictException", "already", .alreadyExists),
  ])

  private static let api = "/restapis/{restapi_id}"
  private static let stage = "\(api)/stages/{stage_name}"
  private static let method = "\(api)/resources/{resource_id}/methods/{http_method}"
  private static let plan = "/usageplans/{usageplanId}"

  private static let id = Proof.member("id")
  private static let page = "?limit={limit}&position={position}"
  private static let pages = Pages("item", token: "position")

  // MARK: APIs

  static let createRestApi = service.write("CreateRestApi", .post, "/restapis", proof: id)
  static let deleteRestApi = service.write("DeleteRestApi", .delete, api, repeats: .safe, proof: .nothing)
  static let getRestApi = service.read("GetRestApi", .get, api, proof: id)
  static let getRestApis = service.read("GetRestApis", .get, "/restapis\(page)", pages: pages)
  static let updateRestApi = service.write("UpdateRestApi", .patch, api, repeats: .safe, proof: id)

  static let tagResource = service.write(
    "TagResource", .put, "/tags/{resource_arn}", repeats: .safe, proof: .nothing)
  static let untagResource = service.write(
    "UntagResource", .delete, "/tags/{resource_arn}?tagKeys={tagKeys}", repeats: .safe, proof: .nothing)
  /// Read with the API itself.
  static let tags = TagCalls(
    put: tagResource, remove: untagResource, field: "tags", keys: "tagKeys", form: .map)

  // MARK: Paths and methods

  static let createResource = service.write(
    "CreateResource", .post, "\(api)/resources/{parent_id}", proof: id)
  static let deleteResource = service.write(
    "DeleteResource", .delete, "\(api)/resources/{resource_id}", repeats: .safe, proof: .nothing)
  static let getResources = service.read(
    "GetResources", .get, "\(api)/resources\(page)&embed={embed}", pages: pages)

  // A second PutMethod or PutMethodResponse is refused and changes nothing.
  static let deleteMethod = service.write("DeleteMethod", .delete, method, repeats: .safe, proof: .nothing)
  static let putMethod = service.write(
    "PutMethod", .put, method, repeats: .safe, proof: .member("httpMethod"))
  static let putIntegration = service.write(
    "PutIntegration", .put, "\(method)/integration", repeats: .safe, proof: .member("type"))
  static let putMethodResponse = service.write(
    "PutMethodResponse", .put, "\(method)/responses/{status_code}", repeats: .safe,
    proof: .member("statusCode"))
  static let putIntegrationResponse = service.write(
    "PutIntegrationResponse", .put, "\(method)/integration/responses/{status_code}", repeats: .safe,
    proof: .member("statusCode"))

  // MARK: Deployments and stages

  static let createDeployment = service.write("CreateDeployment", .post, "\(api)/deployments", proof: id)
  static let getDeployments = service.read("GetDeployments", .get, "\(api)/deployments\(page)", pages: pages)
  static let deleteDeployment = service.write(
    "DeleteDeployment", .delete, "\(api)/deployments/{deployment_id}", repeats: .safe, proof: .nothing)

  static let createStage = service.write(
    "CreateStage", .post, "\(api)/stages", proof: .member("stageName"))
  static let deleteStage = service.write("DeleteStage", .delete, stage, repeats: .safe, proof: .nothing)
  /// All in one answer.
  static let getStages = service.read("GetStages", .get, "\(api)/stages")
  static let updateStage = service.write(
    "UpdateStage", .patch, stage, repeats: .safe, proof: .member("stageName"))

  // MARK: Authorizers, models, validators and gateway responses

  static let createAuthorizer = service.write("CreateAuthorizer", .post, "\(api)/authorizers", proof: id)
  static let deleteAuthorizer = service.write(
    "DeleteAuthorizer", .delete, "\(api)/authorizers/{authorizer_id}", repeats: .safe, proof: .nothing)
  static let getAuthorizers = service.read(
    "GetAuthorizers", .get, "\(api)/authorizers\(page)", pages: pages)
  static let updateAuthorizer = service.write(
    "UpdateAuthorizer", .patch, "\(api)/authorizers/{authorizer_id}", repeats: .safe, proof: id)

  static let createModel = service.write("CreateModel", .post, "\(api)/models", proof: id)
  static let deleteModel = service.write(
    "DeleteModel", .delete, "\(api)/models/{model_name}", repeats: .safe, proof: .nothing)
  static let getModels = service.read("GetModels", .get, "\(api)/models\(page)", pages: pages)
  static let updateModel = service.write(
    "UpdateModel", .patch, "\(api)/models/{model_name}", repeats: .safe, proof: id)

  static let createRequestValidator = service.write(
    "CreateRequestValidator", .post, "\(api)/requestvalidators", proof: id)
  static let deleteRequestValidator = service.write(
    "DeleteRequestValidator", .delete, "\(api)/requestvalidators/{requestvalidator_id}", repeats: .safe,
    proof: .nothing)
  static let getRequestValidators = service.read(
    "GetRequestValidators", .get, "\(api)/requestvalidators\(page)", pages: pages)

  static let deleteGatewayResponse = service.write(
    "DeleteGatewayResponse", .delete, "\(api)/gatewayresponses/{response_type}", repeats: .safe,
    proof: .nothing)
  static let getGatewayResponses = service.read(
    "GetGatewayResponses", .get, "\(api)/gatewayresponses\(page)", pages: pages)
  static let putGatewayResponse = service.write(
    "PutGatewayResponse", .put, "\(api)/gatewayresponses/{response_type}", repeats: .safe,
    proof: .member("responseType"))

  // MARK: API keys and usage plans

  static let createApiKey = service.write("CreateApiKey", .post, "/apikeys", proof: id)
  static let deleteApiKey = service.write(
    "DeleteApiKey", .delete, "/apikeys/{api_Key}", repeats: .safe, proof: .nothing)
  static let getApiKeys = service.read(
    "GetApiKeys", .get, "/apikeys\(page)&includeValues={includeValues}", pages: pages)
  static let updateApiKey = service.write(
    "UpdateApiKey", .patch, "/apikeys/{api_Key}", repeats: .safe, proof: id)

  static let createUsagePlan = service.write("CreateUsagePlan", .post, "/usageplans", proof: id)
  static let deleteUsagePlan = service.write(
    "DeleteUsagePlan", .delete, plan, repeats: .safe, proof: .nothing)
  static let getUsagePlans = service.read("GetUsagePlans", .get, "/usageplans\(page)", pages: pages)
  static let updateUsagePlan = service.write("UpdateUsagePlan", .patch, plan, repeats: .safe, proof: id)

  static let createUsagePlanKey = service.write("CreateUsagePlanKey", .post, "\(plan)/keys", proof: id)
  static let deleteUsagePlanKey = service.write(
    "DeleteUsagePlanKey", .delete, "\(plan)/keys/{keyId}", repeats: .safe, proof: .nothing)
  static let getUsagePlanKeys = service.read(
    "GetUsagePlanKeys", .get, "\(plan)/keys\(page)", pages: pages)
}
