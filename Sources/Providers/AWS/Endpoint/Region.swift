package import Planner

/// What can be said of a region's name without asking AWS. New regions come every year, so an unknown one of the
/// usual form may be one.
package enum Region {
  /// The regions of botocore's `endpoints.json`, 2025-11.
  private static let known: Set<String> = [
    "af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3",
    "ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-central-1", "ca-west-1", "cn-north-1",
    "cn-northwest-1", "eu-central-1", "eu-central-2", "eu-isoe-west-1", "eu-north-1", "eu-south-1",
    "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3", "eusc-de-east-1", "il-central-1",
    "me-central-1",
    "me-south-1", "mx-central-1", "sa-east-1", "us-east-1", "us-east-2", "us-gov-east-1",
    "us-gov-west-1",
    "us-iso-east-1", "us-iso-west-1", "us-isob-east-1", "us-isof-east-1", "us-isof-south-1",
    "us-west-1",
    "us-west-2",
  ]
  private static let directions: Set<String> = [
    "central", "east", "north", "northeast", "northwest", "south", "southeast", "southwest", "west",
  ]

  /// An error for what can't be a region of AWS, a warning for what may be a new one. An emulator may have regions of its own:
  /// with an endpoint it is never more than a warning.
  package static func problem(_ region: String, hasEndpoint: Bool, at span: SourceSpan?)
    -> Diagnostic?
  {
    guard !known.contains(region) else { return nil }
    let parts = region.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    let isLike =
      parts.count >= 3 && Int(parts[parts.count - 1]) != nil
      && directions.contains(parts[parts.count - 2])
      && parts.dropLast(2).allSatisfy {
        !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isLowercase }
      }
    let near = suggestion(for: region, among: known).map { "Did you mean \($0)?" }
    return Diagnostic(
      isLike || hasEndpoint ? .warning : .error, "Unknown region",
      "\"\(region)\" is no region of AWS that this version knows.", at: span,
      fix: near ?? "A region is named as us-east-1.")
  }
}
