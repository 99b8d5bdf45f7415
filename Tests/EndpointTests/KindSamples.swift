/// A sample of every kind, in alphabetical order.
enum KindSamples {
  static let all: [KindSample] = [
    .api,
    .lambda,
    .permission,
    .queueMapping, .streamMapping,
    .role,
    .table,
  ]
}
