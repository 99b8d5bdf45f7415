extension EndpointTrait {
  static let dropsTagsOfNewStreams = EndpointTrait(
    "dropsTagsOfNewStreams", "CreateStream drops tags.",
    [
      .localStack: "CreateStream with Tags: 200, ListTagsForStream: none (4.8.1)",
      .miniStack: "CreateStream with Tags: 200, ListTagsForStream: none (1.5.33)",
    ])
}
