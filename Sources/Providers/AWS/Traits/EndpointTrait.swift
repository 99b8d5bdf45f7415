package import Planner

/// Something that an endpoint does differently from AWS, under a name that kinds ask for:
/// `target.has(.tagsOutliveLogGroups)`.
///
/// Kinds are written for AWS. Differences of an emulator are here and nowhere else, each with its evidence. A
/// test on that emulator fails once a difference is gone. An unknown endpoint behaves as AWS.
package struct EndpointTrait: Sendable, Hashable {
  package let name: String
  /// What such an endpoint does, in one sentence.
  package let summary: String
  /// By software: the request and the answer that show it.
  package let evidence: [EndpointSoftware: String]

  package init(_ name: String, _ summary: String, _ evidence: [EndpointSoftware: String]) {
    self.name = name
    self.summary = summary
    self.evidence = evidence
  }
}

extension Target {
  /// Whether the endpoint is known to have the trait. AWS has none.
  package func has(_ trait: EndpointTrait) -> Bool {
    guard let software = software.flatMap(EndpointSoftware.init) else { return false }
    return trait.evidence[software] != nil
  }
}
