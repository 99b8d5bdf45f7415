import Planner

/// The target of a run, in one line: shown above every plan, and before any question.
struct Banner: Sendable {
  let style: TerminalStyle
  /// With the ARN of the caller.
  var isVerbose = false

  /// The banner, with a line end.
  func render(_ target: Target, stack: String? = nil) -> String {
    let bullet = style(" \(style.symbols.bullet) ", .dim)
    let places = [target.account.map { "account \($0)" }, target.region, target.endpoint ?? "AWS"]
    let line =
      [stack.map { style($0, .bold) }, profile(target)].compactMap(\.self)
      + places.compactMap(\.self).map { style($0, .dim) }
    guard isVerbose, let caller = target.caller else { return line.joined(separator: bullet) }
    return line.joined(separator: bullet) + "\n" + style("as \(caller)", .dim)
  }

  /// A protected profile has a warning colour; a local or disposable one has a harmless colour.
  private func profile(_ target: Target) -> String {
    let name = "profile \(target.profile)"
    if target.isProtected { return style("\(name) (protected)", .bold, .red) }
    return target.isDisposable ? style(name, .green) : style(name, .yellow)
  }
}

extension Target {
  /// The banner's facts, for machines.
  var jsonValue: Value {
    var members: [String: Value] = [
      "profile": .string(profile), "account": account.map(Value.string) ?? .null, "region": .string(region),
      "endpoint": endpoint.map(Value.string) ?? .null, "protected": .boolean(isProtected),
      "disposable": .boolean(isDisposable),
    ]
    if let caller { members["caller"] = .string(caller) }
    return .map(members)
  }
}
