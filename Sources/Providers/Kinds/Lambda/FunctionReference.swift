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

  /// `name` or `name:alias`.
  var text: String { qualifier.map { "\(name):\($0)" } ?? name }
}
