import Planner

/// A lambda as other resources name it: by name, by ARN, or by a part of one, perhaps with an alias or a version.
///
/// The forms are those of the Lambda API's `FunctionName` that can be told from each other: `name`, `name:alias`, the whole
/// ARN with or without an alias.
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
    length: 1...140,
    pattern: "(arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:)?[A-Za-z0-9_-]+(:[A-Za-z0-9$_-]+)?",
    says: "a name or an ARN, perhaps with an alias or a version", core: .after("function:"))

  /// A permission or a mapping is a part of the function's own account and region.
  static func placeProblems(
    of resource: Resource, _ property: String, in stack: Stack
  ) -> [PropertyProblem] {
    guard let text = resource[property]?.string, let arn = ARN(text), arn.service == "lambda" else {
      return []
    }
    // Offline the account may be a stand-in.
    let target = stack.target
    let account = target.caller == nil ? arn.account : target.account ?? arn.account
    guard arn.region != target.region || arn.account != account else { return [] }
    return [
      PropertyProblem(
        [property], "A function elsewhere",
        "\"\(text)\" is not in the region \(target.region) of the account \(account), where this stack is.",
        fix: "Make it where the function is, in a stack of its own.")
    ]
  }

  /// `name` or `name:alias`.
  var text: String { qualifier.map { "\(name):\($0)" } ?? name }
}
