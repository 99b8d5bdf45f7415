/// A service of AWS, and how it is spoken to.
package struct AWSService: Sendable, Hashable {
  /// How requests and answers are written.
  package enum WireProtocol: Sendable, Hashable {
    /// POST / with `X-Amz-Target: <targetPrefix>.<Operation>`; the version is `1.0` or `1.1`.
    case json(version: String, targetPrefix: String)
    /// POST / with a form of `Action=…&Version=…`, answered in XML.
    case query(apiVersion: String, lists: QueryLists = .member)
    /// JSON 1.0 where the endpoint understands it, else query (CloudWatch: see the note at ``cloudWatch``).
    case jsonOrQuery(targetPrefix: String, apiVersion: String)
    /// The path and the method name the operation; bodies are JSON.
    case restJSON
    /// The same with XML bodies.
    case restXML
  }

  /// How the query protocol numbers the items of a list.
  package enum QueryLists: Sendable, Hashable {
    /// `Names.member.1`, as most services.
    case member
    /// `Name.1`, as EC2; its answers call items `item`.
    case flat
    /// `Names.Name.1` for these lists, as RDS, else `Names.member.1`.
    case named([String: String])

    /// The text between a list's name and the number.
    func item(of list: String) -> String {
      let name = list.split(separator: ".").last.map(String.init) ?? list
      switch self {
      case .member: return ".member"
      case .flat: return ""
      case .named(let names): return ".\(names[name] ?? "member")"
      }
    }
  }

  /// The name in the credential scope, as `monitoring` for CloudWatch.
  package let signingName: String
  /// The first label of AWS's own host name, as `monitoring` in `monitoring.eu-west-1.amazonaws.com`.
  package let hostPrefix: String
  /// What `AWS_ENDPOINT_URL_<ID>` calls it, as `CLOUDWATCH`.
  package let environmentID: String
  package let wireProtocol: WireProtocol
  /// The same host and signing region everywhere (IAM, STS's global form).
  package let isGlobal: Bool
  /// Its paths are keys of the user's own, and buckets may be host names: S3.
  package let holdsObjects: Bool
  /// The service's own error codes, in addition to those that all services share.
  package let errors: ServiceErrors

  package init(
    _ signingName: String, hostPrefix: String? = nil, environmentID: String, _ wireProtocol: WireProtocol,
    isGlobal: Bool = false, holdsObjects: Bool = false, errors: ServiceErrors = ServiceErrors()
  ) {
    self.holdsObjects = holdsObjects
    self.errors = errors
    self.signingName = signingName
    self.hostPrefix = hostPrefix ?? signingName
    self.environmentID = environmentID
    self.wireProtocol = wireProtocol
    self.isGlobal = isGlobal
  }
}

extension AWSService {
  /// What items of a list are called in XML answers.
  var listItem: String {
    if case .query(_, .flat) = wireProtocol { "item" } else { "member" }
  }
}
