package import Planner

/// Every kind that Stackform knows, in alphabetical order. `docs/adding-a-kind.md` lists what else a new kind
/// needs.
package enum AWSKinds {
  package static let all: [any AWSKind] = [
    ActivityKind(),
    AlarmKind(),
    ApiKind(),
    BucketKind(),
    CloudFrontFunctionKind(),
    CompositeAlarmKind(),
    EventBusKind(),
    EventMappingKind(),
    EventRuleKind(),
    KeyAliasKind(),
    KeyKind(),
    LambdaKind(),
    LayerKind(),
    LogGroupKind(),
    ParameterKind(),
    PermissionKind(),
    PolicyKind(),
    QueueKind(),
    RoleKind(),
    ScheduleGroupKind(),
    ScheduleKind(),
    SecretKind(),
    SecurityGroupKind(),
    StateMachineKind(),
    StreamKind(),
    SubscriptionKind(),
    TableKind(),
    TaskDefinitionKind(),
    TopicKind(),
    UserPoolClientKind(),
    UserPoolGroupKind(),
    UserPoolKind(),
    UserPoolResourceServerKind(),
  ]

  package static let registry = KindRegistry(all)
}
