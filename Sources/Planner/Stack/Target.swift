/// Where a stack goes: the account, region and endpoint that one run talks to.
package struct Target: Sendable, Hashable, Codable {
  /// The profile's name, as `local`.
  package var profile: String
  /// The 12-digit account; nil offline, where nothing was asked yet and ARNs stay pending.
  package var account: String?
  package var region: String
  /// `aws`, `aws-cn` or `aws-us-gov`: the second field of every ARN.
  package var partition: String
  /// The endpoint's URL without a trailing slash, as `http://localhost:4566`; nil for AWS itself.
  package var endpoint: String?
  /// The profile allows data to be lost (the built-in local one does).
  package var isDisposable: Bool
  /// Put before every default physical name.
  package var namePrefix: String
  /// A run that changes something here needs the profile's name as a confirmation.
  package var isProtected: Bool
  /// The ARN of the caller; nil offline, where nothing was asked yet.
  package var caller: String?
  /// What answers at the endpoint, as `localstack`; nil for AWS, and for what is not known by name.
  package var software: String?

  package init(
    profile: String = "local", account: String?, region: String, partition: String = "aws",
    endpoint: String? = nil, isDisposable: Bool = false, namePrefix: String = "",
    isProtected: Bool = false, caller: String? = nil, software: String? = nil
  ) {
    self.software = software
    self.profile = profile
    self.account = account
    self.region = region
    self.partition = partition
    self.endpoint = endpoint
    self.isDisposable = isDisposable
    self.namePrefix = namePrefix
    self.isProtected = isProtected
    self.caller = caller
  }

  /// An ARN in this account and region; nil while the account is not known.
  package func arn(_ service: String, _ resource: String, region: String? = nil) -> Value? {
    guard let account else { return nil }
    return .string("arn:\(partition):\(service):\(region ?? self.region):\(account):\(resource)")
  }
}
