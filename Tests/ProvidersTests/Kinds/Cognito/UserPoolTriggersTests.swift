import Testing

@testable import Planner
@testable import Providers

struct `A user pool with triggers` {
  @Test
  func `may call its lambdas before anybody comes in through a client, each alias by its own permission`()
    throws
  {
    let resources = try StackChecking.resources(
      """
      lambdas:
        check: { code: { zipFile: handler }, runtime: python3.12, handler: index.handler, aliases: { live: {} } }
      userPools:
        customers:
          lambdaConfig: { preSignUp: "${lambdas.check.arn}:live", customMessage: "${lambdas.check.arn}" }
        others: {}
      userPoolClients:
        web: { userPoolId: "${userPools.customers.id}" }
        site: { userPoolId: "${userPools.others.id}" }
      """)
    let permissions = resources.keys.filter { $0.contains(".permission-") }.sorted()
    #expect(
      permissions == [
        "userPools.customers.permission-check", "userPools.customers.permission-check-live",
      ])
    let needed = try #require(resources["userPoolClients.web"]).dependsOn.map(\.description)
    #expect(needed.sorted() == permissions)
    #expect(resources["userPoolClients.site"]?.dependsOn == [])
  }
}
