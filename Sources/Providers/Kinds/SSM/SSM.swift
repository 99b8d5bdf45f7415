import Planner

/// AWS Systems Manager: the operations of its Parameter Store.
enum SSM {
  static let service = AWSService(
    "ssm", environmentID: "SSM", .json(version: "1.1", targetPrefix: "AmazonSSM"),
    errors: ServiceErrors([.notFound: ["InvalidResourceId"], .conflict: ["TooManyUpdates"]]))

  static let addTagsToResource = service.write("AddTagsToResource", repeats: .safe, proof: .nothing)
  static let deleteParameter = service.write("DeleteParameter", repeats: .safe, proof: .nothing)
  static let describeParameters = service.read(
    "DescribeParameters", proof: .presence("Parameters"), pages: Pages("Parameters", token: "NextToken"))
  static let getParameter = service.read("GetParameter", proof: .member("Parameter.Name"))
  static let listTagsForResource = service.read("ListTagsForResource", proof: .presence("TagList"))
  /// Without `Overwrite` it makes a parameter, and takes tags.
  static let createParameter = service.write("PutParameter", proof: .member("Version"))
  /// With `Overwrite` it makes another version of one.
  static let overwriteParameter = service.write("PutParameter", repeats: .safe, proof: .member("Version"))
  static let removeTagsFromResource = service.write(
    "RemoveTagsFromResource", repeats: .safe, proof: .nothing)

  static let tags = TagCalls(
    read: listTagsForResource, answer: "TagList", put: addTagsToResource, remove: removeTagsFromResource)
}
