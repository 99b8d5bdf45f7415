import Planner

@testable import Providers

extension TraitProbe {
  static let securityGroups: [TraitProbe] = [
    TraitProbe(.lacksChangesOfRuleDescriptions) { endpoint in
      let aws = endpoint.writing
      let group = try await aws.write(
        EC2.createSecurityGroup, ["GroupName": "trait-rules", "GroupDescription": "rules"])
      func permission(_ description: String) -> [String: Value] {
        let rule: Value = ["ipProtocol": "tcp", "fromPort": 80, "toPort": 80, "cidrIp": "10.0.0.0/8"]
        let described = Value.map((rule.map ?? [:]).merging(["description": .string(description)]) { $1 })
        return [
          "GroupId": group["groupId"] ?? .null,
          "IpPermissions": [SecurityGroupRules.permission(described, id: "")],
        ]
      }
      try await aws.write(EC2.authorizeIngress, permission("first"))
      do throws(ProviderError) {
        try await aws.write(EC2.updateIngressDescriptions, permission("second"))
      } catch {
        guard error.kind == .unsupported else { throw error }
        return true
      }
      let filters = Filters(field: "Filter", name: "group-id", id: "groupId")
      let found = try await SecurityGroupKind().verbs.item(
        group["groupId"] ?? .null, by: filters, aws.reading)
      let rules = SecurityGroupRules.ingress.read(found ?? .null)
      return rules.first?["description"] != "second"
    }
  ]
}
