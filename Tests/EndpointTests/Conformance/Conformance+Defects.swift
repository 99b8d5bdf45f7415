import Planner
import Testing

/// What an endpoint can't do.
extension Conformance {
  /// Tries what fails on the endpoint until it does: the property alone is created, planned again, changed
  /// and taken out; or the whole kind is created.
  mutating func defect(in property: String?) async throws {
    guard let property else { return try await creation() }
    var properties = alone(property)
    try await apply(plan("creation with \(property)", of: [], to: properties))
    guard try await expectNothingToDo() else { return }
    if let value = sample.mutations[property] {
      properties[property] = value
      let change = try await plan("the change of \(property)", of: [property], to: properties)
      expectExactly(change, isAction: .update)
      try await apply(change)
      guard try await expectNothingToDo() else { return }
    }
    properties[property] = nil
    for other in sample.companions[property] ?? [] { properties[other] = nil }
    try await apply(plan("taking out \(property)", of: [], to: properties))
    try await expectNothingToDo()
  }

  /// That what is tried of a defect is the endpoint's to refuse: a stack that we refuse ourselves would show
  /// nothing of it, and for ever.
  func checkTrial(of property: String?) throws {
    _ = try run.stack(yaml(property.map(alone) ?? sound))
    guard let property, let value = sample.mutations[property] else { return }
    _ = try run.stack(yaml(alone(property).merging([property: value]) { _, new in new }))
  }
}
