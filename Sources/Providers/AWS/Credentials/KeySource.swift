/// Where a caller gets its access key.
package indirect enum KeySource: Sendable, Hashable {
  /// A key that is known, until it expires.
  case key(Credentials)
  /// A role, assumed with the key of the other source.
  case role(AssumedRole, by: KeySource)
  /// A program that prints one: `credential_process` of the shared files.
  case process(command: String)

  /// The key that is at hand without asking anybody.
  package var key: Credentials? { if case .key(let credentials) = self { credentials } else { nil } }
}

/// What is said when a role is assumed. Facts: `AssumeRole` in the STS API reference, "Assume role credential
/// provider" in the SDKs' reference guide.
package struct AssumedRole: Sendable, Hashable {
  package var arn: String
  /// What the role's calls are logged under.
  package var sessionName: String
  package var externalID: String?
  /// Seconds that the key lasts: 900 to 43200; the service's hour without it.
  package var duration: Int?

  package init(arn: String, sessionName: String? = nil, externalID: String? = nil, duration: Int? = nil) {
    self.arn = arn
    self.sessionName = sessionName ?? "stackform"
    self.externalID = externalID
    self.duration = duration
  }
}

/// Runs a program of the user's and returns its output. The target that knows the operating system
/// passes it in.
package typealias ProgramRunner = @Sendable (_ words: [String]) async throws(ProgramFailure) -> String

/// Why a program gave nothing.
package struct ProgramFailure: Error, Sendable, Hashable {
  /// `ended with status 3: no such profile`.
  package let reason: String

  package init(reason: String) { self.reason = reason }
}
