extension KindSample {
  private static let client = "client('cognito-idp')"

  static let userPoolResourceServer = KindSample(
    section: "userPoolResourceServers", surroundings: twoPools,
    properties: [
      "userPoolId": "'${userPools.main.id}'", "displayName": "Orders",
      "scopes":
        "[{ scopeName: read, scopeDescription: Look at orders }, { scopeName: write, scopeDescription: Make orders }]",
    ],
    mutations: [
      "displayName": "All orders", "scopes": "[{ scopeName: read, scopeDescription: See orders }]",
    ],
    replacements: ["name": "https://orders.example", "userPoolId": "'${userPools.other.id}'"],
    outsideChanges: [
      "displayName": server("Name='theirs', Scopes=live['Scopes']"),
      "scopes": server("Name=live['Name'], Scopes=[{'ScopeName': 'theirs', 'ScopeDescription': 'Theirs'}]"),
    ],
    defects: [noCognito],
    part: StackPart(
      entries: """
          orders:
            userPoolId: "${userPools.customers.id}"
            scopes: [{ scopeName: read, scopeDescription: "Look at {size} orders" }]
        """,
      listing: #"""
        [server["Identifier"] for pool in c("cognito-idp").list_user_pools(MaxResults=60)["UserPools"]
         for server in c("cognito-idp").list_resource_servers(UserPoolId=pool["Id"], MaxResults=50)["ResourceServers"]]
        """#))

  private static func server(_ change: String) -> String {
    """
    pool, name = id.split("|")
    live = \(client).describe_resource_server(UserPoolId=pool, Identifier=name)["ResourceServer"]
    \(client).update_resource_server(UserPoolId=pool, Identifier=name, \(change))
    """
  }
}
