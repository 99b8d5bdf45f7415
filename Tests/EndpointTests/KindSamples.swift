/// A sample of every kind, in alphabetical order.
enum KindSamples {
  static let all: [KindSample] = [
    .api,
    .queueMapping, .streamMapping,
    .lambda,
    .permission,
    .role,
    .table,
  ]
}
