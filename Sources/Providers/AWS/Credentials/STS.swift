import Planner

/// AWS STS: who the caller is, and roles that it takes on.
package enum STS {
  package static let service = AWSService("sts", environmentID: "STS", .query(apiVersion: "2011-06-15"))

  package static let getCallerIdentity = service.read("GetCallerIdentity", proof: .member("Account"))
  /// It changes nothing, although it returns keys: a plan makes it, too.
  static let assumeRole = service.read("AssumeRole", proof: .member("Credentials.AccessKeyId"))
}
