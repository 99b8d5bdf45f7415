/// A sample of every kind, in alphabetical order.
enum KindSamples {
  static let all: [KindSample] = [
    .alarm, .mathAlarm, .percentileAlarm,
    .api,
    .bucket,
    .lambda, .releasedLambda, .networkedLambda, .snapStartedLambda, .imageLambda, .bucketLambda,
    .layer, .bucketLayer,
    .logGroup,
    .permission, .urlPermission, .urlInvokePermission, .skillPermission,
    .queue, .fifoQueue,
    .queueMapping, .streamMapping, .kinesisMapping,
    .role,
    .stream, .onDemandStream,
    .subscription,
    .table,
    .topic, .fifoTopic,
  ]
}
