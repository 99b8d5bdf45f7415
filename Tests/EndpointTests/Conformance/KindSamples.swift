import Foundation

/// A sample of every kind, in alphabetical order.
enum KindSamples {
  static let all: [KindSample] = [
    .activity,
    .alarm, .bandAlarm, .mathAlarm, .percentileAlarm, .queryAlarm,
    .api, .guardedApi, .httpApi, .replacedApi,
    .bucket, .lockedBucket, .lockableBucket, .agingBucket, .copiedBucket, .watchedBucket,
    .cloudFrontFunction,
    .compositeAlarm,
    .eventBus, .partnerEventBus,
    .eventRule, .scheduledRule, .runningRule, .callingRule,
    .keyAlias, .kmsKey, .rotatedKey, .hashKey, .signingKey, .importedKey,
    .lambda, .releasedLambda, .networkedLambda, .snapStartedLambda, .imageLambda, .bucketLambda,
    .versionedBucketLambda,
    .layer, .bucketLayer,
    .logGroup, .infrequentLogGroup, .systemFieldsLogGroup,
    .parameter, .policedParameter, .secureParameter, .tieredParameter, .imageParameter,
    .permission, .urlPermission, .urlInvokePermission, .skillPermission,
    .policy,
    .queue, .plainQueue, .fifoQueue, .scopedQueue,
    .queueMapping, .polledMapping, .streamMapping, .kinesisMapping,
    .role, .trustedRole,
    .schedule, .targetedSchedule, .runningSchedule, .sharedSchedule, .scheduleGroup,
    .secret, .generatedSecret, .copiedSecret, .lockedCopySecret,
    .securityGroup, .placedSecurityGroup, .listedSecurityGroup, .ipv6SecurityGroup, .sharedSecurityGroup,
    .stateMachine, .filedStateMachine,
    .stream, .onDemandStream,
    .subscription, .webSubscription, .mailSubscription, .streamSubscription, .replayedSubscription,
    .table, .onDemandTable,
    .taskDefinition, .fargateTaskDefinition, .acceleratedTaskDefinition,
    .topic, .plainTopic, .fifoTopic,
    .userPool, .addressedUserPool, .aliasedUserPool,
    .userPoolClient, .secretUserPoolClient, .userPoolGroup,
    .userPoolResourceServer,
  ]

  /// Those of the sections that `STACKFORM_TEST_SECTIONS` names (`lambdas,layers`), all without it: for work on one kind.
  static let chosen: [KindSample] = {
    guard let names = ProcessInfo.processInfo.environment["STACKFORM_TEST_SECTIONS"], !names.isEmpty else {
      return all
    }
    let sections = Set(names.split(separator: ",").map(String.init))
    return all.filter { sections.contains($0.section) }
  }()
}
