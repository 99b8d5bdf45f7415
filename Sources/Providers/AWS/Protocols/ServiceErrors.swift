package import Planner

/// The error codes of one service, in addition to those that all services share.
package struct ServiceErrors: Sendable, Hashable {
  /// What each code means.
  let codes: [String: ProviderError.Kind]
  /// Codes that mean different things; the message decides.
  let messages: [MessageRow]

  package init(_ codes: [ProviderError.Kind: [String]] = [:], messages: [MessageRow] = []) {
    var kinds: [String: ProviderError.Kind] = [:]
    for (kind, names) in codes { for name in names { kinds[name] = kind } }
    self.codes = kinds
    self.messages = messages
  }

  /// A row of the table for codes with several meanings.
  package struct MessageRow: Sendable, Hashable {
    /// nil for any code.
    let code: String?
    /// A piece of the message, in lower case.
    let contains: String
    let kind: ProviderError.Kind

    package init(_ code: String?, _ contains: String, _ kind: ProviderError.Kind) {
      self.code = code
      self.contains = contains
      self.kind = kind
    }

    /// Whether the row is about this answer.
    func matches(_ answer: ErrorAnswer) -> Bool {
      (code == nil || code == answer.code) && answer.message.lowercased().contains(contains)
    }
  }
}
