extension Value {
  /// The same tree with every template worked out, once the attributes of what was made are known: for the executor.
  ///
  /// `attribute` returns the value of a resource's attribute. If it returns nil, this throws an error that
  /// names what is missing.
  package func resolved(
    with attribute: (Address, String) -> Value?
  ) throws(Diagnostic) -> Value {
    guard isPending else { return self }
    return try withoutActuallyEscaping(attribute) { attribute throws(Diagnostic) in
      let evaluator = Evaluator(lookup: { path throws(ExpressionProblem) in
        let words = path.joined(separator: ".")
        guard path.count >= 3,
          let value = attribute(Address(path: Array(path.dropLast())), path[path.count - 1])
        else {
          throw ExpressionProblem(
            "Unknown attribute", "\(words) is not known, although what it refers to is there.", words: words)
        }
        return value
      })
      return try replacingTemplates { template throws(Diagnostic) in
        do throws(ExpressionProblem) {
          return try evaluator.value(of: template)
        } catch {
          throw Diagnostic(error.summary, error.detail, fix: error.fix)
        }
      }
    }
  }
}

extension Template {
  /// The value with every attribute put in that `attribute` knows; pending when one is missing.
  func resolvedIfKnown(_ attribute: (Address, String) -> Value?) -> Value {
    let value = Value.pending(self)
    return (try? value.resolved(with: attribute)) ?? value
  }
}

extension Resource {
  /// The resource with every attribute put in that `attribute` knows.
  package func resolvedIfKnown(_ attribute: (Address, String) -> Value?) -> Resource {
    guard properties.values.contains(where: \.isPending) else { return self }
    var resource = self
    resource.properties = properties.mapValues { value in
      value.replacingTemplates { $0.resolvedIfKnown(attribute) }
    }
    return resource
  }
}

extension Address {
  /// `section.name` or `section.name.part` in pieces.
  init(path: [String]) { self.init(path[0], path[1], part: path.count > 2 ? path[2] : nil) }
}
