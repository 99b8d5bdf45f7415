/// A sample of every kind, in alphabetical order.
enum KindSamples {
  static let all: [KindSample] = [
    .alarm, .mathAlarm, .percentileAlarm,
    .api,
    .bucket,
    .lambda,
    .logGroup,
    .permission,
    .queue, .fifoQueue,
    .queueMapping, .streamMapping,
    .role,
    .subscription,
    .table,
    .topic, .fifoTopic,
  ]
}
