import Planner

extension LambdaKind {
  /// The permissions for everyone to call a function's URL that needs no authentication. AWS wants both
  /// actions since October 2025 ("Control access to Lambda function URLs"), the second for calls over a URL
  /// alone.
  static func urlPermissions(of resource: Resource) -> [Derived] {
    guard let url = resource["functionUrl"], url["authType"] == "NONE", let name = resource.name else {
      return []
    }
    let function = url["qualifier"]?.string.map { "\(name):\($0)" } ?? name
    let reason = "everybody may call the URL of \(resource.address)"
    func permission(_ part: String, _ properties: [String: Value]) -> Derived {
      .resource(
        Resource(
          Address(resource.address.section, resource.address.name, part: part), section: "permissions",
          properties: properties.merging(["function": .string(function), "principal": "*"]) { $1 },
          references: [
            Reference(resource.address, attribute: "name", property: "function", path: "function")
          ],
          derivations: ["": reason]))
    }
    return [
      permission("url", ["action": "lambda:InvokeFunctionUrl", "functionUrlAuthType": "NONE"]),
      permission("url-invoke", ["action": "lambda:InvokeFunction", "invokedViaFunctionUrl": true]),
    ]
  }
}
