/// A sample of every kind, in alphabetical order.
enum KindSamples {
  static let all: [KindSample] = [
    .alarm, .mathAlarm, .percentileAlarm,
    .api,
    .bucket, .lockedBucket, .lockableBucket, .agingBucket, .copiedBucket, .watchedBucket,
    .lambda,
    .logGroup,
    .permission,
    .policy,
    .queue, .plainQueue, .fifoQueue, .scopedQueue,
    .queueMapping, .streamMapping,
    .role, .trustedRole,
    .subscription, .webSubscription, .mailSubscription, .streamSubscription, .replayedSubscription,
    .table,
    .topic, .plainTopic, .fifoTopic,
  ]
}
