extension Resolver {
  /// What only the whole stack shows, with all that was derived: each resource beside the others. What was derived is held to
  /// the rules of its kind, too.
  mutating func checkTogether() {
    for resource in stack.resources {
      guard let kind = scope.registry[resource.section] else { continue }
      let own =
        resource.isDerived
        ? kind.allProblems(of: resource) + kind.schema.tagProblems(of: resource) : []
      for problem in own + kind.problems(of: resource, in: stack) + namingProblems(of: resource) {
        diagnostics.add(
          Diagnostic(problem, of: resource.address, in: stack.places[resource.address.declared]))
      }
    }
  }

  private func namingProblems(of resource: Resource) -> [PropertyProblem] {
    resource.references.compactMap { reference in
      guard let other = stack[reference.address], let kind = scope.registry[other.section],
        let (path, value) = Value.map(resource.properties).found(at: reference.path)
      else { return nil }
      return kind.problem(with: value, naming: other, at: path)
    }
  }
}
