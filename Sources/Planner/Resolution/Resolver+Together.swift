extension Resolver {
  /// What only the whole stack shows, with all that was derived: each resource beside the others. What was derived is held to
  /// the rules of its kind, too.
  mutating func checkTogether() {
    for resource in stack.resources {
      guard let kind = scope.registry[resource.section] else { continue }
      let own =
        resource.isDerived ? kind.allProblems(of: resource) + kind.schema.tagProblems(of: resource) : []
      for problem in own + kind.problems(of: resource, in: stack) {
        diagnostics.add(
          Diagnostic(problem, of: resource.address, in: stack.places[resource.address.declared]))
      }
    }
  }
}
