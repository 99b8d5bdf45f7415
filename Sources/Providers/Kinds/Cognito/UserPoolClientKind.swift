package import Planner

/// Clients of Amazon Cognito user pools: the applications that sign users in.
///
/// A client has an id of the service's, and neither tags nor a token for its creation. The ledger says whose it is. After
/// a lost answer it is the one of the pool that has its name, is as wanted, and is in no record; if several are, the run
/// stops and names them. UpdateUserPoolClient resets what it is not told, so it gets what DescribeUserPoolClient answers,
/// read in the same step, with the changes in it.
///
/// Reads: one a client; without a known id one listing of the pool. Writes: one to create one, two for a change. Facts: the
/// API reference of Cognito user pools, and `AWS::Cognito::UserPoolClient` in CloudFormation.
package struct UserPoolClientKind: DescribedKind {
  package var schema: Schema { Self.declaration }

  let calls = KindCalls(
    identity: Identity(
      creation: ["ClientName": .name], reference: ["UserPoolId": .piece(0), "ClientId": .piece(1)],
      known: ["id": .piece(1)], given: "UserPoolClient.UserPoolId|UserPoolClient.ClientId",
      finder: .named(
        Cognito.listUserPoolClients, input: ["MaxResults": 60], name: "ClientName", id: "UserPoolId|ClientId",
        within: ["userPoolId": "UserPoolId"])),
    create: Cognito.createUserPoolClient, read: Cognito.describeUserPoolClient, answer: "UserPoolClient",
    change: .wholeOverLive(Cognito.updateUserPoolClient, taking: updated),
    ending: Ending(delete: Cognito.deleteUserPoolClient),
    fields: WireFields(apart: ["generateSecret"], resets: resets),
    attributes: ["clientSecret": "ClientSecret", "name": "ClientName"])

  /// What UpdateUserPoolClient takes of what DescribeUserPoolClient answers.
  private static let updated: Set<String> = [
    "AccessTokenValidity", "AllowedOAuthFlows", "AllowedOAuthFlowsUserPoolClient", "AllowedOAuthScopes",
    "AnalyticsConfiguration", "AuthSessionValidity", "CallbackURLs", "ClientName", "DefaultRedirectURI",
    "EnablePropagateAdditionalUserContextData", "EnableTokenRevocation", "ExplicitAuthFlows",
    "IdTokenValidity",
    "LogoutURLs", "PreventUserExistenceErrors", "ReadAttributes", "RefreshTokenRotation",
    "RefreshTokenValidity",
    "SupportedIdentityProviders", "TokenValidityUnits", "WriteAttributes",
  ]

  private static let resets: [String: Value] = [
    "allowedOAuthFlows": [], "allowedOAuthScopes": [], "callbackURLs": [], "logoutURLs": [],
    "refreshTokenRotation": ["Feature": "DISABLED"], "supportedIdentityProviders": [],
    "tokenValidityUnits": [:],
  ]

  /// What is left out of these is not there.
  package func completed(_ resource: Resource) -> Resource {
    var completed = resource
    for name in ["analyticsConfiguration", "refreshTokenRotation", "tokenValidityUnits"] {
      guard let shape = schema.property(name)?.shape, let value = resource[name] else { continue }
      completed.properties[name] = value.whole(in: shape, except: [])
    }
    return completed
  }

  func shape(_ input: inout [String: Value], of verb: KindVerb, for resource: Resource, in target: Target) {
    switch verb {
    case .create: input["GenerateSecret"] = resource["generateSecret"]
    case .update(_, let changed):
      if changed.contains("name") { input["ClientName"] = resource.name.map(Value.string) }
      // A default that nobody declared goes with the addresses that it was one of: Cognito would refuse it.
      if resource["defaultRedirectURI"]?.isNull ?? true, let uri = input["DefaultRedirectURI"],
        !(input["CallbackURLs"]?.list ?? []).contains(uri)
      {
        input["DefaultRedirectURI"] = nil
      }
    }
  }

  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) {
    live.properties["generateSecret"] = .boolean(live.attributes["clientSecret"]?.isEmpty == false)
    if live.properties["refreshTokenRotation"]?["feature"] == "DISABLED",
      query.wanted?["refreshTokenRotation"]?.isNull ?? true
    {
      live.properties["refreshTokenRotation"] = nil
    }
  }
}
