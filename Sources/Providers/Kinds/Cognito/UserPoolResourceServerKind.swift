package import Planner

/// Resource servers of Amazon Cognito user pools. A server's physical name is its identifier, which is unique in the pool.
///
/// A server bears no tags: the ledger says whose it is. Reads: one a server. Writes: one to create one, one for all that
/// changes. Facts: the API reference of Cognito user pools, and `AWS::Cognito::UserPoolResourceServer` in CloudFormation.
package struct UserPoolResourceServerKind: DescribedKind {
  package let schema = Schema(
    section: "userPoolResourceServers", kind: "user pool resource server",
    title: "Amazon Cognito user pool resource server",
    summary: "A resource server is an API that access tokens can be for; its scopes say for what.",
    naming: Naming(
      TextRule(
        length: 1...256, pattern: "[\\x21\\x23-\\x5B\\x5D-\\x7B\\x7D\\x7E]+",
        says: "ASCII signs other than blanks, \", \\ and |"), within: ["userPoolId"]),
    isTaggable: false,
    properties: [
      Property(
        "displayName",
        .string(
          TextRule(
            length: 1...256, pattern: "[\\w\\s+=,.@-]+",
            says: "letters, digits, blanks and the signs _ + = , . @ -")), readAsWanted: true,
        "How the console calls it; without it by its physical name, which is the identifier."),
      Property(
        "scopes",
        .set(
          .object([
            Property(
              "scopeDescription", .string(TextRule(length: 1...256)), required: true, "What it allows."),
            Property(
              "scopeName",
              .string(
                TextRule(
                  length: 1...256, pattern: "[\\x21\\x23-\\x2E\\x30-\\x5B\\x5D-\\x7E]+",
                  says: "ASCII signs other than blanks, \", \\ and /")), required: true,
              "Its name: clients call it IDENTIFIER/NAME."),
          ])), "What tokens can be asked for."),
      Property(
        "userPoolId", .string(TextRule(length: 1...55)), required: true, change: .replaces,
        boundTo: "userPools",
        "The user pool's id."),
    ],
    attributes: [
      Attribute("name", early: true, "The server's identifier, the first part of its scopes' names.")
    ],
    relations: [.atMost(100, of: "scopes", what: "scopes"), .distinct("scopes.*.scopeName")],
    example: """
      userPoolResourceServers:
        orders:
          name: orders
          userPoolId: "${userPools.customers.id}"
          scopes:
            - { scopeName: read, scopeDescription: Look at orders }
      """)

  let calls = KindCalls(
    identity: Identity(creation: key, reference: key), create: Cognito.createResourceServer,
    read: Cognito.describeResourceServer, answer: "ResourceServer",
    change: .whole(Cognito.updateResourceServer), ending: Ending(delete: Cognito.deleteResourceServer),
    fields: WireFields(renamed: ["displayName": "Name"], resets: ["scopes": []]))

  private static let key: [String: Identity.Part] = ["Identifier": .name, "UserPoolId": .part(0)]

  /// The service wants a name in any case.
  func shape(_ input: inout [String: Value], of verb: KindVerb, for resource: Resource, in target: Target) {
    input["Name"] = input["Name"] ?? resource.name.map(Value.string)
    input["Scopes"] = input["Scopes"] ?? []
  }

  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) {
    guard query.wanted?["displayName"]?.isNull ?? true,
      live.properties["displayName"] == live.attributes["name"]
    else { return }
    live.properties["displayName"] = nil
  }
}
