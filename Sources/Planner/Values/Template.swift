/// A string with `${…}` in it: literal text and expressions, in order.
///
/// `${queues.build-jobs.arn}`, `${var.x}`, `${profile.region}`, `${env.X}`, `${join(",", var.list)}`; `$${` is a literal `${`.
package struct Template: Sendable, Hashable {
  /// One piece of a template.
  package enum Part: Sendable, Hashable {
    case text(String)
    case expression(Expression)
  }

  /// The content between `${` and `}`.
  package indirect enum Expression: Sendable, Hashable {
    /// A dotted path: `["queues", "build-jobs", "arn"]`, `["var", "x"]`.
    case reference([String])
    case literal(Value)
    /// One of the pure functions, with its arguments.
    case call(String, [Expression])
  }

  package let parts: [Part]
  /// The text as it was written: two templates with the same source are the same.
  package let source: String

  package init(parts: [Part], source: String) {
    self.parts = parts
    self.source = source
  }

  /// The one expression that the whole string is, so that it keeps its type; nil when there is text around it.
  package var whole: Expression? {
    guard parts.count == 1, case .expression(let expression) = parts[0] else { return nil }
    return expression
  }

  /// Every dotted path in the template, in order.
  package var references: [[String]] {
    parts.flatMap { part -> [[String]] in
      switch part {
      case .text: []
      case .expression(let expression): expression.references
      }
    }
  }
}

extension Template.Expression {
  package var references: [[String]] {
    switch self {
    case .reference(let path): [path]
    case .literal: []
    case .call(_, let arguments): arguments.flatMap(\.references)
    }
  }
}
