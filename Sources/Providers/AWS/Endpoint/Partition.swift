/// A partition of AWS: a world of accounts with its own host names. Fact: botocore's `partitions.json`.
package struct Partition: Sendable, Hashable {
  /// The second field of every ARN.
  package let name: String
  let hostSuffix: String
  /// Where the partition's global services are signed for.
  let globalRegion: String
  /// IAM's one host, without the suffix.
  let identityHost: String

  /// The partition that follows from a region's name; `aws` for what no other claims.
  package init(region: String) {
    let (name, suffix, global, identity) =
      switch region {
      case _ where region.hasPrefix("cn-"): ("aws-cn", "amazonaws.com.cn", "cn-north-1", "iam.cn-north-1")
      case _ where region.hasPrefix("us-gov-"):
        ("aws-us-gov", "amazonaws.com", "us-gov-west-1", "iam.us-gov")
      case _ where region.hasPrefix("us-isob-"):
        ("aws-iso-b", "sc2s.sgov.gov", "us-isob-east-1", "iam.us-isob-east-1")
      case _ where region.hasPrefix("us-iso-"):
        ("aws-iso", "c2s.ic.gov", "us-iso-east-1", "iam.us-iso-east-1")
      case _ where region.hasPrefix("eusc-"):
        ("aws-eusc", "amazonaws.eu", "eusc-de-east-1", "iam.eusc-de-east-1")
      default: ("aws", "amazonaws.com", "us-east-1", "iam")
      }
    self.name = name
    hostSuffix = suffix
    globalRegion = global
    identityHost = identity
  }

  /// A global service's host, without the suffix, and where its requests are signed for. Fact: botocore's `endpoints.json`.
  func place(ofGlobal hostPrefix: String) -> (host: String, region: String) {
    switch (hostPrefix, name) {
    case ("iam", _): (identityHost, globalRegion)
    case ("cloudfront", "aws"): ("cloudfront", globalRegion)
    case ("cloudfront", "aws-cn"): ("cloudfront.cn-northwest-1", "cn-northwest-1")
    default: ("\(hostPrefix).\(globalRegion)", globalRegion)
    }
  }
}
