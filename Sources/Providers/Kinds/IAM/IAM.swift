import Planner

/// AWS IAM: its operations, and its error codes.
package enum IAM {
  package static let service = AWSService(
    "iam", environmentID: "IAM", .query(apiVersion: "2010-05-08"), isGlobal: true,
    errors: ServiceErrors([
      .invalid: ["DeleteConflict", "UnmodifiableEntity"], .conflict: ["EntityTemporarilyUnmodifiable"],
    ]))

  // MARK: Roles

  static let createRole = service.write("CreateRole", proof: .member("Role.Arn"))
  static let deleteRole = service.write("DeleteRole", repeats: .safe, proof: .nothing)
  static let deleteRolePermissionsBoundary = service.write(
    "DeleteRolePermissionsBoundary", repeats: .safe, proof: .nothing)
  static let deleteRolePolicy = service.write("DeleteRolePolicy", repeats: .safe, proof: .nothing)
  /// Roles have no description and no session duration in it.
  static let getAccountAuthorizationDetails = service.read(
    "GetAccountAuthorizationDetails", proof: .presence("RoleDetailList"),
    pages: Pages("RoleDetailList", token: "Marker"))
  static let getRole = service.read("GetRole", proof: .member("Role.Arn"))
  static let getRolePolicy = service.read("GetRolePolicy", proof: .member("PolicyDocument"))
  static let listAttachedRolePolicies = listing("ListAttachedRolePolicies", of: "AttachedPolicies")
  static let listRolePolicies = listing("ListRolePolicies", of: "PolicyNames")
  static let listRoles = listing("ListRoles", of: "Roles")
  static let putRolePermissionsBoundary = service.write(
    "PutRolePermissionsBoundary", repeats: .safe, proof: .nothing)
  static let putRolePolicy = service.write("PutRolePolicy", repeats: .safe, proof: .nothing)
  static let updateAssumeRolePolicy = service.write("UpdateAssumeRolePolicy", repeats: .safe, proof: .nothing)
  static let updateRole = service.write("UpdateRole", repeats: .safe, proof: .nothing)

  static let roleTags = TagCalls(
    put: service.write("TagRole", repeats: .safe, proof: .nothing),
    remove: service.write("UntagRole", repeats: .safe, proof: .nothing))

  // MARK: Managed policies

  static let attachRolePolicy = service.write("AttachRolePolicy", repeats: .safe, proof: .nothing)
  static let createPolicy = service.write("CreatePolicy", proof: .member("Policy.Arn"))
  static let createPolicyVersion = service.write(
    "CreatePolicyVersion", proof: .member("PolicyVersion.VersionId"))
  static let deletePolicy = service.write("DeletePolicy", repeats: .safe, proof: .nothing)
  static let deletePolicyVersion = service.write("DeletePolicyVersion", repeats: .safe, proof: .nothing)
  static let detachRolePolicy = service.write("DetachRolePolicy", repeats: .safe, proof: .nothing)
  static let getPolicy = service.read("GetPolicy", proof: .member("Policy.Arn"))
  static let getPolicyVersion = service.read("GetPolicyVersion", proof: .member("PolicyVersion.Document"))
  static let listEntitiesForPolicy = listing("ListEntitiesForPolicy", of: "PolicyRoles")
  static let listPolicies = listing("ListPolicies", of: "Policies")
  static let listPolicyVersions = listing("ListPolicyVersions", of: "Versions")

  static let policyTags = TagCalls(
    put: service.write("TagPolicy", repeats: .safe, proof: .nothing),
    remove: service.write("UntagPolicy", repeats: .safe, proof: .nothing))

  private static func listing(_ name: String, of items: String) -> Operation<Reads> {
    service.read(name, proof: .presence(items), pages: Pages(items, token: "Marker"))
  }

  /// Tag names that differ in case only: to IAM they are one tag, and the second value replaces the first. Fact: "Tag
  /// naming rules" in the IAM user guide.
  static func tagProblems(of resource: Resource) -> [PropertyProblem] {
    var seen: [String: String] = [:]
    return (resource["tags"]?.map ?? [:]).keys.sorted().compactMap { name in
      guard let other = seen.updateValue(name, forKey: name.lowercased()) else { return nil }
      return PropertyProblem(
        ["tags", name], "Duplicate tag",
        "IAM ignores the case of tag names: \"\(other)\" and \"\(name)\" are one.",
        fix: "Keep one of them.")
    }
  }
}
