import Planner

/// LocalStack has no HTTP APIs.
extension EndpointTrait {
  static let showsCreationTagsOnly = EndpointTrait(
    "showsCreationTagsOnly", "An API is read with the tags of its creation, whatever was changed afterwards.",
    [
      .localStack: "TagResource {b: 2}, UntagResource a: GetRestApi has {a: 1}, GetTags has {b: 2} (4.8.1)",
      .miniStack:
        "TagResource {b: 2}, UntagResource a: GetRestApi and GetApi have {a: 1}, GetTags has {b: 2} (1.5.33)",
    ])

  static let rejectsRemovalOfRouteLimits = EndpointTrait(
    "rejectsRemovalOfRouteLimits", "UpdateStage does not take out the limits of one method.",
    [
      .localStack:
        "UpdateStage, remove /~1a/GET: 400 BadRequestException \"Invalid method setting path\" (4.8.1)"
    ])

  static let breaksMediaTypeLists = EndpointTrait(
    "breaksMediaTypeLists", "UpdateRestApi forgets binary media types when one is added.",
    [.miniStack: "UpdateRestApi of [\"x/y\"], add /binaryMediaTypes/a~1b: {\"a~1b\": null} (1.5.33)"])

  static let losesUserPools = EndpointTrait(
    "losesUserPools", "UpdateAuthorizer forgets user pools when one is added or removed.",
    [
      .localStack: "UpdateAuthorizer of two user pools, remove one at /providerARNs: both are gone (4.8.1)",
      .miniStack:
        "UpdateAuthorizer of two user pools, add one at /providerARNs: the list is a text, the new one (1.5.33)",
    ])

  static let breaksUsagePlans = EndpointTrait(
    "breaksUsagePlans", "UpdateUsagePlan fails, or leaves a plan that can't be read.",
    [
      .localStack:
        "UpdateUsagePlan, replace /throttle/rateLimit 2.5: 500 \"invalid literal for int()\" (4.8.1)",
      .miniStack: "UpdateUsagePlan, add /apiStages a:live: apiStages is the text \"a:live\" then (1.5.33)",
    ])

  static let deletesUsagePlansWithStages = EndpointTrait(
    "deletesUsagePlansWithStages", "DeleteUsagePlan takes a plan that still holds stages.",
    [
      .localStack: "DeleteUsagePlan: 202. A stage with limits of routes can't be taken out: UpdateUsagePlan, "
        + "remove /apiStages a:live: 500 \"list.remove(x): x not in list\" (4.8.1)",
      .miniStack: "DeleteUsagePlan: 202 (1.5.33)",
    ])

  static let dropsRolesOfIntegrations = EndpointTrait(
    "dropsRolesOfIntegrations",
    "An integration of an HTTP API has neither the role nor the subtype that it was made with.",
    [
      .miniStack:
        "CreateIntegration with CredentialsArn and IntegrationSubtype: the answer has neither (1.5.33)"
    ])

  static let deletesStagesForTheirSettings = EndpointTrait(
    "deletesStagesForTheirSettings", "Deleting one setting of a stage of an HTTP API deletes the stage.",
    [
      .miniStack:
        "DeleteRouteSettings and DeleteAccessLogSettings: 204, and GetStages lists no stage (1.5.33)"
    ])
}
