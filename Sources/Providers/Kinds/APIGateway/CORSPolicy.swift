import Planner

/// What an API answers browsers about pages of other origins: an OPTIONS method on every path, and headers of
/// its own answers.
///
/// The answer of a lambda or another server goes to the caller unchanged, so those set their own headers.
struct CORSPolicy: Sendable, Hashable {
  let origin: String
  let methods: [String]
  let headers: [String]
  let exposed: [String]
  let maxAge: Int?
  let takesCredentials: Bool

  /// nil when there is none.
  init?(_ value: Value?) {
    guard let origin = value?["allowOrigin"]?.string else { return nil }
    func list(_ name: String) -> [String] { (value?[name]?.list ?? []).compactMap(\.string).sorted() }
    self.origin = origin
    methods = list("allowMethods")
    headers = list("allowHeaders")
    exposed = list("exposeHeaders")
    maxAge = value?["maxAge"]?.integer
    takesCredentials = value?["allowCredentials"] == true
  }

  private static let prefix = "method.response.header.Access-Control-"

  /// On every answer that API Gateway makes itself.
  var answerHeaders: [String: String] {
    var headers = ["\(Self.prefix)Allow-Origin": "'\(origin)'"]
    if takesCredentials { headers["\(Self.prefix)Allow-Credentials"] = "'true'" }
    if !exposed.isEmpty { headers["\(Self.prefix)Expose-Headers"] = "'\(exposed.joined(separator: ","))'" }
    return headers
  }

  /// What answers OPTIONS on a path that takes these methods.
  func preflight(of pathMethods: [String]) -> RestMethod {
    var answer = answerHeaders
    answer["\(Self.prefix)Allow-Methods"] =
      "'\((methods.isEmpty ? Self.methods(of: pathMethods) : methods).joined(separator: ","))'"
    if !headers.isEmpty { answer["\(Self.prefix)Allow-Headers"] = "'\(headers.joined(separator: ","))'" }
    if let maxAge { answer["\(Self.prefix)Max-Age"] = "'\(maxAge)'" }
    return RestMethod(
      integration: RestIntegration(type: "MOCK", templates: ["application/json": #"{"statusCode": 204}"#]),
      responses: ["204": RestResponse(headers: answer)])
  }

  private static func methods(of pathMethods: [String]) -> [String] {
    let all = pathMethods.contains("ANY") ? RouteKey.methods.filter { $0 != "ANY" } : pathMethods
    return Set(all + ["OPTIONS"]).sorted()
  }

  /// The policy that makes just this OPTIONS method of a path, as the schema has it; nil for every other method.
  static func value(of method: RestMethod, pathMethods: [String]) -> [String: Value]? {
    guard let answer = method.responses["204"]?.headers,
      let origin = text(answer["\(prefix)Allow-Origin"])
    else { return nil }
    var value: [String: Value] = ["allowOrigin": .string(origin)]
    let methods = list(answer["\(prefix)Allow-Methods"])
    if methods != Self.methods(of: pathMethods) { value["allowMethods"] = .list(methods.map(Value.string)) }
    for (name, header) in [("allowHeaders", "Allow-Headers"), ("exposeHeaders", "Expose-Headers")] {
      let items = list(answer["\(prefix)\(header)"])
      if !items.isEmpty { value[name] = .list(items.map(Value.string)) }
    }
    value["maxAge"] = text(answer["\(prefix)Max-Age"]).flatMap(Int.init).map(Value.integer)
    if answer["\(prefix)Allow-Credentials"] != nil { value["allowCredentials"] = true }
    let made = CORSPolicy(.map(value))?.preflight(of: pathMethods)
    return made == method ? value : nil
  }

  private static func text(_ quoted: String?) -> String? {
    guard let quoted, quoted.count >= 2, quoted.hasPrefix("'"), quoted.hasSuffix("'") else { return nil }
    return String(quoted.dropFirst().dropLast())
  }

  private static func list(_ quoted: String?) -> [String] {
    (text(quoted) ?? "").split(separator: ",").map(String.init)
  }
}
