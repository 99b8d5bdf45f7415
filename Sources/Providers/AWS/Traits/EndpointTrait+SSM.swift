extension EndpointTrait {
  static let dropsSlashOfParameters = EndpointTrait(
    "dropsSlashOfParameters", "A parameter called /one is listed as one, and has no tags under its own name.",
    [
      .localStack:
        "PutParameter /one: 200, DescribeParameters: one, ListTagsForResource of /one: 400 InvalidResourceId (4.8.1)"
    ])
}
