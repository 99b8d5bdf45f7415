import Planner

@testable import Providers

extension TraitProbe {
  static let securityGroups: [TraitProbe] = [
    TraitProbe(.lacksChangesOfRuleDescriptions) { endpoint in
      do throws(ProviderError) {
        return try await described("second", endpoint, "trait-change") != "second"
      } catch {
        guard error.kind == .unsupported else { throw error }
        return true
      }
    },
    TraitProbe(.keepsRuleDescriptions) { endpoint in
      do throws(ProviderError) {
        return try await described(nil, endpoint, "trait-removal") == "first"
      } catch {
        // Who can't change one is another trait's.
        guard error.kind == .unsupported else { throw error }
        return false
      }
    },
  ]

  /// The description of a rule that was called "first", after a call that gives it another one or none.
  private static func described(
    _ description: String?, _ endpoint: LiveEndpoint, _ name: String
  ) async throws(ProviderError) -> String? {
    let aws = endpoint.writing
    let group = try await aws.write(
      EC2.createSecurityGroup, ["GroupName": .string(name), "GroupDescription": "rules"])
    func permission(_ description: String?) -> [String: Value] {
      var rule: [String: Value] = ["ipProtocol": "tcp", "fromPort": 80, "toPort": 80, "cidrIp": "10.0.0.0/8"]
      rule["description"] = description.map(Value.string)
      return [
        "GroupId": group["groupId"] ?? .null,
        "IpPermissions": [SecurityGroupRules.permission(.map(rule), id: "", in: aws.target)],
      ]
    }
    try await aws.write(EC2.authorizeIngress, permission("first"))
    try await aws.write(EC2.updateIngressDescriptions, permission(description))
    let filters = Filters(field: "Filter", name: "group-id", id: "groupId")
    let found = try await SecurityGroupKind().verbs.item(group["groupId"] ?? .null, by: filters, aws.reading)
    return SecurityGroupRules.ingress.read(found ?? .null).first?["description"]?.string
  }
}
