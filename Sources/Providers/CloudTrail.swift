import Planner

/// AWS CloudTrail: who changed what.
package enum CloudTrail {
  package static let service = AWSService(
    "cloudtrail", environmentID: "CLOUDTRAIL",
    .json(version: "1.1", targetPrefix: "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101"))

  package static let lookupEvents = service.read("LookupEvents", proof: .presence("Events"))
}
