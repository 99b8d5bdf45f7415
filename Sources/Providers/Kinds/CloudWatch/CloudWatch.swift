import Planner

/// Amazon CloudWatch: its operations, and its error codes.
///
/// LocalStack 4.8.1 answers JSON with a 500 "Operation detection failed"; MiniStack 1.5.33's query reads leave fields out;
/// AWS speaks both. So: JSON first, and query for the rest of the run where JSON is not understood.
package enum CloudWatch {
  package static let service = AWSService(
    "monitoring", environmentID: "CLOUDWATCH",
    .jsonOrQuery(targetPrefix: "GraniteServiceVersion20100801", apiVersion: "2010-08-01"),
    errors: ServiceErrors([.notFound: ["ResourceNotFound"]]))

  static let deleteAlarms = service.write("DeleteAlarms", repeats: .safe, proof: .nothing)
  static let putCompositeAlarm = service.write("PutCompositeAlarm", repeats: .safe, proof: .nothing)
  static let putMetricAlarm = service.write("PutMetricAlarm", repeats: .safe, proof: .nothing)

  static let tags = TagCalls(
    read: service.read("ListTagsForResource"),
    put: service.write("TagResource", repeats: .safe, proof: .nothing),
    remove: service.write("UntagResource", repeats: .safe, proof: .nothing),
    dropped: .dropsTagsOfNewAlarms)

  /// The listing of alarms of one type, as `MetricAlarm`; the input names the type, too.
  static func describeAlarms(of type: String) -> Operation<Reads> {
    service.read("DescribeAlarms", pages: Pages("\(type)s", token: "NextToken"))
  }
}
