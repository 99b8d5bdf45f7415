extension EndpointTrait {
  static let keepsTagsOfScheduleGroups = EndpointTrait(
    "keepsTagsOfScheduleGroups", "The tags of a deleted schedule group are on the next one of its name.",
    [
      .localStack:
        "CreateScheduleGroup with tags, DeleteScheduleGroup, CreateScheduleGroup, ListTagsForResource: the old tags (4.8.1)"
    ])

  static let removesOneTagOfScheduleGroups = EndpointTrait(
    "removesOneTagOfScheduleGroups",
    "Of the tags of a schedule group that shall go, the first one alone goes.",
    [.miniStack: "UntagResource with TagKeys=a&TagKeys=b: 200, ListTagsForResource: b (1.5.33)"])
}
