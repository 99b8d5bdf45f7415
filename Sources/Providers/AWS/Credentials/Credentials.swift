/// An access key. Never printed: its description leaves out what is secret.
package struct Credentials: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  package let accessKeyID: String
  package let secretAccessKey: String
  package let sessionToken: String?

  package init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
    self.accessKeyID = accessKeyID
    self.secretAccessKey = secretAccessKey
    self.sessionToken = sessionToken
  }

  package var description: String { "access key \(accessKeyID)" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: ["accessKeyID": accessKeyID]) }

  /// What an emulator on this machine takes when nothing else is around: it maps a 12-digit access key to that account,
  /// any other to 000000000000.
  package static func emulator(account: String?) -> Credentials {
    let isAccount = account.map { $0.utf8.count == 12 && $0.allSatisfy(\.isNumber) } ?? false
    return Credentials(accessKeyID: isAccount ? account ?? "test" : "test", secretAccessKey: "test")
  }

  /// The text with every secret part of this key blotted out.
  func redacted(_ text: String) -> String {
    [secretAccessKey, sessionToken ?? ""].filter { $0.utf8.count >= 8 }
      .reduce(text) { $0.split(separator: $1, omittingEmptySubsequences: false).joined(separator: "***") }
  }
}
