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
    ])
}
