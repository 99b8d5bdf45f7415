import Planner

/// Whether the code has what `handler` names: the file, and the function in it.
struct HandlerCheck {
  private let handler: String
  private let endings: [String]
  private let entries: [ZipArchive.Entry]
  private let path: String
  /// The handler may be in a layer: what monitors lambdas is often put before them so.
  private let hasLayers: Bool

  /// nil for runtimes whose handler is not a file.
  init?(of resource: Resource, in entries: [ZipArchive.Entry], path: String) {
    guard let handler = resource["handler"]?.string,
      let endings = Self.endings(of: resource["runtime"]?.string ?? "")
    else { return nil }
    self.handler = handler
    self.endings = endings
    self.entries = entries
    self.path = path
    hasLayers = resource["layers"]?.isEmpty == false
  }

  /// Possible endings of a runtime's handler file; nil for runtimes with a handler that is not a file.
  static func endings(of runtime: String) -> [String]? {
    if runtime.hasPrefix("python") { return ["py"] }
    if runtime.hasPrefix("nodejs") { return ["js", "mjs", "cjs"] }
    return nil
  }

  /// What may be wrong.
  ///
  /// - Throws: what is certainly wrong.
  func warnings() throws(PropertyProblem) -> [PropertyProblem] {
    guard let dot = separator else {
      throw PropertyProblem(
        ["handler"], "Handler", "\"\(handler)\" names no function in a file.",
        fix: "Write the file without its ending, a dot, and the function: `app.handler`.")
    }
    var file = String(handler[..<dot])
    // Python imports it as a module.
    if isPython { file = file.split(separator: ".").joined(separator: "/") }
    guard let entry = loaded(file) else {
      if hasLayers || handler.hasPrefix("/") { return [] }
      throw missingFile("\(file).\(endings[0])", named: file, function: String(handler[dot...]))
    }
    let function = handler[handler.index(after: dot)...]
    let exported = isPython ? function : function.prefix { $0 != "." }
    return try functionWarnings(exported, in: entry)
  }

  private var isPython: Bool { endings == ["py"] }

  /// Before the function. Python takes the last dot; Node the first one of the file's name, and follows what comes
  /// after it from member to member: `splitHandlerString` in aws-lambda-nodejs-runtime-interface-client.
  private var separator: String.Index? {
    if isPython { return handler.lastIndex(of: ".") }
    let start = handler.lastIndex(of: "/") ?? handler.startIndex
    return handler[start...].firstIndex(of: ".")
  }

  /// The file that the runtime loads where several would do: Python a package before a module, Node the first of its endings, and
  /// before them a file without one.
  private func loaded(_ file: String) -> ZipArchive.Entry? {
    let names = endings.map { "\(file).\($0)" }
    for name in [isPython ? "\(file)/__init__.py" : file] + names {
      if let entry = entries.first(where: { $0.name == name }) { return entry }
    }
    return nil
  }

  private func missingFile(_ wanted: String, named file: String, function: String)
    -> PropertyProblem
  {
    let candidates = entries.map(\.name).filter { name in
      endings.contains { name.hasSuffix(".\($0)") }
    }
    .map { String($0[..<($0.lastIndex(of: ".") ?? $0.endIndex)]) }
    let guess = suggestion(for: file, among: candidates)
    return PropertyProblem(
      ["handler"], "Handler not found",
      "\(path) has no \(wanted), which the handler \(handler) needs.",
      fix: guess.map { "Did you mean \"\($0)\(function)\"?" }
        ?? "Name a file of the folder, without its ending, and a function in it.")
  }

  /// A function that a file defines or imports by name is a word of it.
  private func functionWarnings(
    _ function: Substring, in entry: ZipArchive.Entry
  ) throws(PropertyProblem) -> [PropertyProblem] {
    guard let text = String(validating: entry.bytes, as: UTF8.self), !text.isEmpty else {
      return []
    }
    let words = Set(
      text.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "$" }.map(String.init))
    guard !words.contains(String(function)) else { return [] }
    let isCertain = !isDynamic(text)
    let problem = PropertyProblem(
      ["handler"], "Handler not found",
      "\(entry.name) does not mention \(function), which the handler \(handler) needs.",
      fix: suggestion(for: String(function), among: words).map {
        "Did you mean \"\(handler[..<function.startIndex])\($0)\(handler[function.endIndex...])\"?"
      }
        ?? "Name a function of the file.", severity: isCertain ? .error : .warning)
    if isCertain { throw problem }
    return [problem]
  }

  /// Names may come from elsewhere, without standing in the file.
  private func isDynamic(_ text: String) -> Bool {
    if isPython {
      return ["import *", "globals()", "setattr(", "exec(", "__getattr__"].contains(
        where: text.contains)
    }
    if ["export *", "...", "exports[", "defineProperty", "__exportStar", "Object.assign"]
      .contains(where: text.contains)
    {
      return true
    }
    // What is exported as a whole, and is not written out there.
    let pieces = text.split(separator: "module.exports", omittingEmptySubsequences: false)
    return pieces.dropFirst().contains { rest in
      let start = rest.drop { $0.isWhitespace }
      return start.first == "=" && start.dropFirst().first { !$0.isWhitespace } != "{"
    }
  }
}
