import Planner

/// A lambda as other resources name it: by name, by ARN, or by a part of one, perhaps with an alias or a version.
///
/// The forms are those of the Lambda API's `FunctionName`: `name`, `name:alias`, `account:function:name`, the whole ARN.
struct FunctionReference: Hashable {
  let name: String
  /// An alias or a version; nil for the function itself.
  let qualifier: String?

  init(name: String, qualifier: String? = nil) {
    self.name = name
    self.qualifier = qualifier
  }

  init(_ text: String) {
    var pieces = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    if let marker = pieces.lastIndex(of: "function") { pieces.removeFirst(marker + 1) }
    name = pieces.first ?? text
    qualifier = pieces.count > 1 ? pieces[1] : nil
  }

  /// What a property says of a function: a name, an ARN, or `${lambdas.worker.arn}:live` before the ARN is known; its
  /// name then is the entry's. nil for other texts.
  init?(value: Value) {
    if let text = value.string {
      let pieces = text.split(separator: ":", omittingEmptySubsequences: false)
      guard pieces.count <= 2 || pieces.contains("function") else { return nil }
      self.init(text)
      return
    }
    guard case .pending(let template) = value,
      case .expression(.reference(let path)) = template.parts.first,
      path.first == "lambdas", path.count == 3
    else { return nil }
    var alias: String?
    if case .text(let end) = template.parts.dropFirst().first, end.hasPrefix(":") {
      alias = String(end.dropFirst())
    }
    self.init(name: path[1], qualifier: alias)
  }

  /// Every spelling of one; those of one function are the same.
  static let rule = TextRule(
    length: 1...140, pattern: "[A-Za-z0-9_:$-]+", says: "a name or an ARN", core: .after("function:"))

  /// `name` or `name:alias`.
  var text: String { qualifier.map { "\(name):\($0)" } ?? name }
}
