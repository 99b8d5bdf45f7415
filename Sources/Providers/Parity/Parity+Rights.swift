import Planner

extension Parity {
  /// Emulators allow every request to every caller: a function without a permission works there. LocalStack's
  /// community edition has no IAM enforcement at all; MiniStack checks policies only when it is started with
  /// AUTH.
  static func unprovenRights(_ move: ParityMove) -> [Diagnostic] {
    guard move.leavesEmulator else { return [] }
    let identities = move.stack.resources.filter { ["roles", "policies"].contains($0.section) }
    let policies = move.stack.resources.filter { resource in
      guard ["buckets", "queues", "topics", "tables", "apis"].contains(resource.section) else { return false }
      return ["policy", "resourcePolicy"].contains { resource[$0]?.isEmpty == false }
    }
    return move.warning(
      of: identities, "Rights are unproven",
      fix:
        "Run what needs them once against an endpoint that enforces IAM, or watch for AccessDenied after the first call."
    ) {
      "emulators let through what IAM refuses, so nothing has shown yet that \($0) grant\(identities.count == 1 ? "s" : "") all that is needed."
    }
      + move.warning(
        of: policies, "Resource policies are unproven",
        fix: "Try a caller that must get in, and one that must not, after the first apply."
      ) {
        "emulators answer callers that AWS would refuse; \($0) \(policies.count == 1 ? "has" : "have") a policy that was never tried."
      }
  }

  /// IAM's sizes, which emulators don't count: "IAM and AWS STS quotas" in the IAM User Guide. White space does not count.
  private static let inlinePolicies = 10_240
  private static let trustPolicy = 2_048
  private static let attachedPolicies = 10

  static func policySizes(_ move: ParityMove) -> [Diagnostic] {
    guard move.leavesEmulator else { return [] }
    return move.all("roles").flatMap { role -> [Diagnostic] in
      var warnings: [Diagnostic] = []
      func warn(_ path: String, _ detail: String, _ fix: String) {
        warnings.append(move.warning(role, [path], "Beyond IAM's quota", detail, fix: fix))
      }
      let inline = ([role["policy"]].compactMap(\.self) + (role["policies"]?.map ?? [:]).values).map(size)
        .reduce(0, +)
      if inline > inlinePolicies {
        warn(
          "policy",
          "the inline policies of \(role.address) have \(inline) characters, and IAM takes \(inlinePolicies) in a role.",
          "Move statements into `policies:` of their own and attach these, or grant on patterns.")
      }
      let trust = role["assumeRolePolicyDocument"].map(size) ?? 0
      if trust > trustPolicy {
        warn(
          "assumeRolePolicyDocument",
          "the trust policy has \(trust) characters, and IAM takes \(trustPolicy) unless the quota was raised.",
          "Shorten it, or ask AWS for up to 4096.")
      }
      let attached = role["managedPolicyArns"]?.list?.count ?? 0
      if attached > attachedPolicies {
        warn(
          "managedPolicyArns",
          "it has \(attached) managed policies, and IAM attaches \(attachedPolicies) unless the quota was raised.",
          "Put several into one, or ask AWS for up to 25.")
      }
      return warnings
    }
  }

  private static func size(_ policy: Value) -> Int { policy.json.count }
}
