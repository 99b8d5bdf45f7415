extension EndpointTrait {
  static let tagsOutliveLogGroups = EndpointTrait(
    "tagsOutliveLogGroups", "The next log group of a deleted one's name has its tags.",
    [
      .localStack:
        "CreateLogGroup with tags, DeleteLogGroup, ListTagsForResource of the ARN: 200 with the tags (4.8.1)"
    ])

  static let dropsTagsOfBareLogGroups = EndpointTrait(
    "dropsTagsOfBareLogGroups", "A log group that was made without tags takes none.",
    [
      .localStack:
        "CreateLogGroup without tags, TagResource of the ARN: 200, ListTagsForResource returns none (4.8.1)"
    ])

  static let keepsReplacedLogFilters = EndpointTrait(
    "keepsReplacedLogFilters", "A filter that is put again does not take the place of the one of its name.",
    [
      .localStack: """
      PutMetricFilter twice with one name: DescribeMetricFilters returns both. PutSubscriptionFilter with the name of one of two: \
      400 LimitExceededException (4.8.1)
      """
    ])
}
