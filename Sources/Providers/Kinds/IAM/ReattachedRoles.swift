/// The roles that a managed policy was taken off in this run, for it may come back: IAM changes neither a description
/// nor a path, so the policy is deleted and made anew, and a role that has it must not lose it by that.
package actor ReattachedRoles {
  private var roles: [String: [String]] = [:]

  package init() {}

  func note(_ role: String, had policy: String) { roles[policy, default: []].append(role) }

  /// Those that had the policy of this ARN, each told once.
  func taken(from policy: String) -> [String] { roles.removeValue(forKey: policy) ?? [] }
}
