/// A sample of every kind, in alphabetical order.
enum KindSamples {
  static let all: [KindSample] = [
    .alarm, .mathAlarm, .percentileAlarm,
    .api, .guardedApi, .httpApi, .replacedApi,
    .bucket, .lockedBucket, .lockableBucket, .agingBucket, .copiedBucket, .watchedBucket,
    .lambda, .releasedLambda, .networkedLambda, .snapStartedLambda, .imageLambda, .bucketLambda,
    .layer, .bucketLayer,
    .logGroup,
    .permission, .urlPermission, .urlInvokePermission, .skillPermission,
    .policy,
    .queue, .plainQueue, .fifoQueue, .scopedQueue,
    .queueMapping, .streamMapping, .kinesisMapping,
    .role, .trustedRole,
    .stream, .onDemandStream,
    .subscription, .webSubscription, .mailSubscription, .streamSubscription, .replayedSubscription,
    .table,
    .topic, .plainTopic, .fifoTopic,
  ]
}
