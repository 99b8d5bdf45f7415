import Planner

/// The settings of a function that CreateFunction and UpdateFunctionConfiguration take and GetFunction
/// returns: a row for each.
struct LambdaSetting {
  let property: String
  /// The field of the API.
  let field: String
  /// The one member of the field that the property is, where AWS wraps it.
  var member: String?
  /// What puts it back; nil for what can't be without a value.
  var reset: Value?
  /// Has members of its own, which the API spells with a capital.
  var isStructure = false

  static let all = [
    LambdaSetting(property: "runtime", field: "Runtime"),
    LambdaSetting(property: "handler", field: "Handler"),
    LambdaSetting(property: "role", field: "Role"),
    LambdaSetting(property: "description", field: "Description", reset: ""),
    LambdaSetting(property: "memorySize", field: "MemorySize", reset: 128),
    LambdaSetting(property: "timeout", field: "Timeout", reset: 3),
    LambdaSetting(property: "environment", field: "Environment", member: "Variables", reset: [:]),
    LambdaSetting(property: "ephemeralStorage", field: "EphemeralStorage", member: "Size", reset: 512),
    LambdaSetting(property: "layers", field: "Layers", reset: []),
    LambdaSetting(property: "tracing", field: "TracingConfig", member: "Mode", reset: "PassThrough"),
    LambdaSetting(
      property: "deadLetterTargetArn", field: "DeadLetterConfig", member: "TargetArn", reset: ""),
    LambdaSetting(property: "kmsKeyArn", field: "KMSKeyArn", reset: ""),
    LambdaSetting(property: "snapStart", field: "SnapStart", member: "ApplyOn", reset: "None"),
    LambdaSetting(property: "imageConfig", field: "ImageConfig", reset: [:], isStructure: true),
    LambdaSetting(
      property: "vpcConfig", field: "VpcConfig", reset: ["subnetIds": [], "securityGroupIds": []],
      isStructure: true),
    LambdaSetting(property: "fileSystemConfigs", field: "FileSystemConfigs", reset: [], isStructure: true),
  ]

  /// The fields that set these properties of a resource.
  static func fields(of resource: Resource, _ isWanted: (String) -> Bool) -> [String: Value] {
    var fields: [String: Value] = [:]
    for setting in all where isWanted(setting.property) {
      guard let wanted = resource[setting.property],
        let value = wanted.isNull ? setting.reset : wanted
      else { continue }
      fields[setting.field] =
        setting.member.map { [$0: value] } ?? (setting.isStructure ? value.capitalised : value)
    }
    if isWanted("loggingConfig"), let wanted = resource["loggingConfig"] {
      fields["LoggingConfig"] = logging(wanted, function: resource.name ?? "")
    }
    return fields
  }

  /// The properties that a function's configuration holds.
  static func properties(in configuration: Value) -> [String: Value] {
    var properties: [String: Value] = [:]
    for setting in all {
      guard let field = configuration[setting.field] else { continue }
      properties[setting.property] =
        setting.member.map { field[$0] ?? .null } ?? (setting.isStructure ? field.uncapitalised : field)
    }
    // Empty structures are there for a function that is in no network.
    if properties["vpcConfig"]?["subnetIds"]?.isEmpty ?? true { properties["vpcConfig"] = nil }
    if let image = configuration["ImageConfigResponse"]?["ImageConfig"] {
      properties["imageConfig"] = image.uncapitalised
    }
    if let layers = properties["layers"]?.list {
      properties["layers"] = .list(layers.compactMap { $0["Arn"] ?? $0 })
    }
    if let logging = configuration["LoggingConfig"]?.map {
      properties["loggingConfig"] = Value.map(logging).uncapitalised
    }
    properties["architecture"] = configuration["Architectures"]?[0]
    properties["codeSha256"] = configuration["CodeSha256"]
    return properties.filter { !$0.value.isEmpty }
  }

  /// Always whole, so that a member that was taken out gets its default.
  private static func logging(_ wanted: Value, function: String) -> Value {
    let format = wanted["logFormat"]?.string ?? "Text"
    var fields: [String: Value] = [
      "LogFormat": .string(format),
      "LogGroup": .string(wanted["logGroup"]?.string ?? LambdaKind.defaultLogGroup(function)),
    ]
    if format == "JSON" {
      fields["ApplicationLogLevel"] = .string(wanted["applicationLogLevel"]?.string ?? "INFO")
      fields["SystemLogLevel"] = .string(wanted["systemLogLevel"]?.string ?? "INFO")
    }
    return .map(fields)
  }
}
