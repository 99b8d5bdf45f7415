extension EndpointTrait {
  /// AWS needs up to a minute until everybody knows of a new queue, or of the end of one.
  static let actsAtOnce = EndpointTrait(
    "actsAtOnce", "What was made answers at once, and what was deleted does not.",
    [
      .localStack: "GetQueueAttributes right after CreateQueue and DeleteQueue (4.8.1)",
      .miniStack: "GetQueueAttributes right after CreateQueue and DeleteQueue (1.5.33)",
    ])
}
