import Planner

/// A route's name taken apart: `GET /orders/{id}`.
struct RouteKey: Sendable, Hashable, Comparable, CustomStringConvertible {
  static let methods = ["ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]

  let method: String
  /// Absolute, without a slash at the end: `/orders/{id}`.
  let path: String

  init(method: String, path: String) {
    self.method = method
    self.path = path
  }

  /// The route of HTTP APIs that takes what no other does.
  static let fallback = RouteKey(method: "ANY", path: "$default")

  /// Reads `GET /orders/{id}`, or `$default`; nil when it is not of that form. ``problem(in:)`` says whether
  /// API Gateway takes it.
  init?(_ text: String) {
    if text == Self.fallback.path {
      self = .fallback
      return
    }
    let pieces = text.split(separator: " ", omittingEmptySubsequences: false)
    guard pieces.count == 2, pieces[1].hasPrefix("/") else { return nil }
    self.init(method: String(pieces[0]), path: String(pieces[1]))
  }

  var description: String { self == .fallback ? path : "\(method) \(path)" }

  /// The parts of the path: `["orders", "{id}"]`.
  var segments: [String] { path.split(separator: "/").map(String.init) }

  /// What it matches, without the names of parameters: `GET /orders/{}`, `GET /files/{+}`.
  var pattern: String {
    if self == .fallback { return path }
    let segments = segments.map { segment in
      Self.isParameter(segment) ? (segment.hasSuffix("+}") ? "{+}" : "{}") : segment
    }
    return "\(method) /\(segments.joined(separator: "/"))"
  }

  /// The parameters in the path: `["id"]`.
  var parameters: [String] {
    segments.filter(Self.isParameter).map { segment in
      let name = segment.dropFirst().dropLast()
      return String(name.hasSuffix("+") ? name.dropLast() : name)
    }
  }

  /// The path and all its parents, the root first: `["/", "/orders", "/orders/{id}"]`.
  var ancestry: [String] {
    segments.reduce(into: ["/"]) { paths, segment in
      paths.append(paths.count == 1 ? "/\(segment)" : "\(paths[paths.count - 1])/\(segment)")
    }
  }

  static func < (left: RouteKey, right: RouteKey) -> Bool {
    (left.path, left.method) < (right.path, right.method)
  }

  /// Whether a segment of a path is a parameter: `{id}`, `{proxy+}`.
  static func isParameter(_ segment: String) -> Bool { segment.hasPrefix("{") && segment.hasSuffix("}") }

  // MARK: What API Gateway takes

  /// Why API Gateway refuses a route's name; nil when it does not. Fact: the messages of CreateResource and PutMethod.
  static func problem(in text: String) -> (detail: String, fix: String)? {
    guard let key = RouteKey(text), key != .fallback else {
      return (
        "A route is a method, one blank and a path that begins with a slash.",
        "Write it as `GET /orders/{id}`."
      )
    }
    guard methods.contains(key.method) else {
      let upper = key.method.uppercased()
      let fix =
        methods.contains(upper) ? "Write \(upper)." : "Use one of \(methods.joined(separator: ", "))."
      return ("\"\(key.method)\" is not a method of a route.", fix)
    }
    if key.path != "/",
      key.path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).contains("")
    {
      return ("\"\(key.path)\" has an empty part.", "Write \"/\(key.segments.joined(separator: "/"))\".")
    }
    if let segment = key.segments.first(where: { !isAllowed($0) }) {
      return (
        "\"\(segment)\" is not a part of a path.",
        "Use letters, digits and ._-: there, or a parameter as {id} or, at the end, {proxy+}."
      )
    }
    if let greedy = key.segments.dropLast().first(where: { $0.hasSuffix("+}") }) {
      return (
        "\"\(greedy)\" takes all that follows, so nothing can come behind it.",
        "Put it at the end, or write it without the +."
      )
    }
    if Set(key.parameters).count < key.parameters.count {
      return ("Two parameters of the path have one name.", "Give each a name of its own.")
    }
    return nil
  }

  private static func isAllowed(_ segment: String) -> Bool {
    guard isParameter(segment) else {
      return segment.utf8.allSatisfy { isNameByte($0) || $0 == UInt8(ascii: ":") }
    }
    var name = segment.dropFirst().dropLast()
    if name.hasSuffix("+") { name = name.dropLast() }
    return !name.isEmpty && name.utf8.allSatisfy(isNameByte)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
