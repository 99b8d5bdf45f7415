extension EndpointTrait {
  static let keepsTagsOfScheduleGroups = EndpointTrait(
    "keepsTagsOfScheduleGroups", "The tags of a deleted schedule group are on the next one of its name.",
    [
      .localStack:
        "CreateScheduleGroup with tags, DeleteScheduleGroup, CreateScheduleGroup, ListTagsForResource: the old tags (4.8.1)"
    ])
}
