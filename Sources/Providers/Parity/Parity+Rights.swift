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

  static func policySizes(_ move: ParityMove) -> [Diagnostic] {
    guard move.leavesEmulator else { return [] }
    return move.all("roles").compactMap { role in
      let quota = PolicyQuota.standardTrust
      guard let size = quota.excess([role["assumeRolePolicyDocument"]].compactMap(\.self)) else { return nil }
      return move.warning(
        role, ["assumeRolePolicyDocument"], "Beyond IAM's quota",
        "the trust policy has \(quota.sentence(size)) unless the quota was raised.",
        fix: "Shorten it, or ask AWS for up to \(PolicyQuota.trust.most).")
    }
  }
}
