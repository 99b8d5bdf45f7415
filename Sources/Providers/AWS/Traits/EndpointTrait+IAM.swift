extension EndpointTrait {
  static let knowsNewPoliciesAtOnce = EndpointTrait(
    "knowsNewPoliciesAtOnce", "A managed policy that CreatePolicy made can be attached by the next call.",
    [
      .localStack: "CreatePolicy, then AttachRolePolicy: 200, always; one process has all state (4.8.1)",
      .miniStack:
        "CreatePolicy, then AttachRolePolicy: 200, always; any ARN can be attached, also of no policy (1.5.33)",
    ])
}
