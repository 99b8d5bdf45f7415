extension EndpointTrait {
  static let dropsTagsOfNewAlarms = EndpointTrait(
    "dropsTagsOfNewAlarms", "PutMetricAlarm and PutCompositeAlarm drop tags.",
    [.localStack: "PutMetricAlarm and PutCompositeAlarm with tags: 200, ListTagsForResource: none (4.8.1)"])

  static let tagsOutliveAlarms = EndpointTrait(
    "tagsOutliveAlarms", "The next alarm of a deleted one's name has its tags.",
    [.localStack: "TagResource, DeleteAlarms, ListTagsForResource of the ARN: 200 with the tags (4.8.1)"])
}
