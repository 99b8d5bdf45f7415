import Planner

/// Amazon CloudWatch: its operations.
///
/// LocalStack 4.8.1 answers JSON with a 500 "Operation detection failed"; MiniStack 1.5.33's query reads leave fields out;
/// AWS speaks both. So: JSON first, and query for the rest of the run where JSON is not understood.
package enum CloudWatch {
  package static let service = AWSService(
    "monitoring", environmentID: "CLOUDWATCH",
    .jsonOrQuery(targetPrefix: "GraniteServiceVersion20100801", apiVersion: "2010-08-01"),
    errors: ServiceErrors([.notFound: ["ResourceNotFound"]]))
}
