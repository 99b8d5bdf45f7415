import Planner

/// AWS Lambda: its operations on functions and tags, and its error codes.
package enum Lambda {
  package static let service = AWSService(
    "lambda", environmentID: "LAMBDA", .restJSON,
    errors: ServiceErrors(
      [.conflict: ["ResourceNotReadyException"], .throttled: ["EC2ThrottledException"]],
      messages: [
        // CreateFunction of a function that exists, AddPermission of a Sid that exists, a second equal event source mapping.
        ServiceErrors.MessageRow("ResourceConflictException", "already exist", .alreadyExists)
      ]))

  private static let functions = "/2015-03-31/functions"
  private static let function = "\(functions)/{FunctionName}"

  static let createFunction = service.write(
    "CreateFunction", .post, functions, proof: .member("FunctionArn"), retries: freshRole)
  static let deleteFunction = service.write(
    "DeleteFunction", .delete, function, repeats: .safe, proof: .nothing)
  static let getFunction = service.read(
    "GetFunction", .get, function, proof: .member("Configuration.FunctionArn"))
  static let getFunctionConfiguration = service.read(
    "GetFunctionConfiguration", .get, "\(function)/configuration?Qualifier={Qualifier}",
    proof: .member("FunctionArn"))
  static let listFunctions = service.read(
    "ListFunctions", .get, "\(functions)?Marker={Marker}", proof: .presence("Functions"),
    pages: marked("Functions"))
  static let updateFunctionCode = service.write(
    "UpdateFunctionCode", .put, "\(function)/code", repeats: .safe, proof: .member("FunctionArn"))
  static let updateFunctionConfiguration = service.write(
    "UpdateFunctionConfiguration", .put, "\(function)/configuration", repeats: .safe,
    proof: .member("FunctionArn"), retries: freshRole)

  private static let resource = "/2017-03-31/tags/{Resource}"

  static let listTags = service.read("ListTags", .get, resource, proof: .presence("Tags"))
  static let tagResource = service.write(
    "TagResource", .post, resource, repeats: .safe, proof: .nothing)
  static let untagResource = service.write(
    "UntagResource", .delete, "\(resource)?tagKeys={TagKeys}", repeats: .safe, proof: .nothing)

  /// The tags of functions and event source mappings; `Resource` takes their ARN.
  static let tags = TagCalls(read: listTags, put: tagResource, remove: untagResource, form: .map)

  /// Errors of Lambda while a new role, its trust or its permissions are not visible everywhere.
  static let freshRole = ["role", "Role"].map { RetriedError("InvalidParameterValueException", $0) }

  /// How all listings of Lambda go from page to page.
  static func marked(_ items: String) -> Pages { Pages(items, token: "NextMarker", position: "Marker") }

  /// How far a function, a mapping or an alias's provisioned concurrency is. Emulators go through other words than
  /// AWS: `Pending` in an update, `Active` at once.
  static let phases = ["State", "LastUpdateStatus", "Status"].map { path in
    Phase(
      path: path,
      changing: ["Pending", "InProgress", "IN_PROGRESS", "Creating", "Enabling", "Disabling", "Updating"],
      failed: ["Failed", "FAILED"], reason: "\(path)Reason")
  }
}
