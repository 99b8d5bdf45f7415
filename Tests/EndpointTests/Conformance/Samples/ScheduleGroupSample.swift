extension KindSample {
  static let scheduleGroup = KindSample(
    section: "scheduleGroups",
    properties: ["tags": "{ team: blue }"],
    mutations: ["tags": "{ owner: red }"],
    replacements: ["name": "renamed"],
    outsideChanges: [
      "tags": """
      client("scheduler").tag_resource(
          ResourceArn=f"arn:aws:scheduler:{region}:{account}:schedule-group/{name}",
          Tags=[{"Key": "team", "Value": "theirs"}])
      """
    ],
    part: StackPart(
      entries: """
          shop: { tags: {tags} }
        """,
      listing:
        #"[g["Name"] for g in c("scheduler").list_schedule_groups()["ScheduleGroups"] if g["Name"] != "default"]"#
    ))
}
