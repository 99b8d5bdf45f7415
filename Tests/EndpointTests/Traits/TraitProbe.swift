import Planner

@testable import Providers

/// A small question to a real endpoint that shows whether it does what a trait says.
struct TraitProbe: Sendable {
  let trait: EndpointTrait
  /// Asks in an account that nobody has used. True for an endpoint that does as the trait says, false for one that does as AWS.
  let isShown: @Sendable (LiveEndpoint) async throws -> Bool

  init(_ trait: EndpointTrait, isShown: @escaping @Sendable (LiveEndpoint) async throws -> Bool) {
    self.trait = trait
    self.isShown = isShown
  }

  /// One for each trait that is declared: a test compares.
  static let all: [TraitProbe] =
    restApis + httpApis + lambdas + alarms + logGroups + buckets + tables + streams + securityGroups + others
}

extension TraitProbe: CustomStringConvertible {
  var description: String { trait.name }
}
