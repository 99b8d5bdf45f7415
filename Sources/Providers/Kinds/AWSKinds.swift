package import Planner

/// Every kind that Stackform knows, in alphabetical order. Adding one is its own file and one line here.
package enum AWSKinds {
  package static let all: [any AWSKind] = [
    AlarmKind(),
    ApiKind(),
    BucketKind(),
    CompositeAlarmKind(),
    EventMappingKind(),
    LambdaKind(),
    LayerKind(),
    LogGroupKind(),
    PermissionKind(),
    PolicyKind(),
    QueueKind(),
    RoleKind(),
    ScheduleGroupKind(),
    ScheduleKind(),
    SecretKind(),
    StreamKind(),
    SubscriptionKind(),
    TableKind(),
    TopicKind(),
  ]

  package static let registry = KindRegistry(all)
}
