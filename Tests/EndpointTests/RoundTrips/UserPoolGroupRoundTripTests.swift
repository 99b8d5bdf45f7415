import Foundation
import Testing

/// What has its name within another resource, whose id the service gives.
@Suite(.enabled(if: TestEndpoint.ministack.url != nil && TestEndpoint.python != nil))
struct `A user pool group on a real endpoint` {
  private static func stack(_ name: String) -> String {
    """
    stack: shop
    userPools: { customers: {} }
    userPoolGroups: { staff: { name: \(name), userPoolId: "${userPools.customers.id}" } }

    """
  }

  @Test func `is known by its former name after an apply that left it as it is`() async throws {
    try await Workplace.with(.ministack, Self.stack("staff")) { place in
      try await place.expect(0, "apply", "--auto-approve")
      try await place.expect(0, "apply", "--auto-approve")
      try place.write(Self.stack("people"))
      let apply = try await place.expect(0, "apply", "--auto-approve")
      #expect(apply.output.contains("1 added, 0 changed, 1 destroyed"), "\(apply)")
      let groups = try await place.account.python(
        """
        cognito = client("cognito-idp")
        pool = cognito.list_user_pools(MaxResults=60)["UserPools"][0]["Id"]
        print([group["GroupName"] for group in cognito.list_groups(UserPoolId=pool)["Groups"]])
        """)
      #expect(groups == "['people']\n", "\(groups)")
    }
  }

  @Test func `of another stack is left alone, where the pool is named by its id`() async throws {
    try await Workplace.with(.ministack, Self.stack("staff")) { place in
      try await place.expect(0, "apply", "--auto-approve")
      let pool = try await place.account.python(
        """
        print(client("cognito-idp").list_user_pools(MaxResults=60)["UserPools"][0]["Id"])
        """
      ).trimmingCharacters(in: .whitespacesAndNewlines)
      try place.write("stack: intruder\nuserPoolGroups: { staff: { userPoolId: \(pool) } }\n")
      let refusal = try await place.expect(1, "plan")
      #expect(refusal.everything.contains("The resource exists already (userPoolGroups.staff)"), "\(refusal)")
    }
  }
}
