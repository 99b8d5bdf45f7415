import Planner

/// Policy documents as IAM gives them: percent-encoded JSON (RFC 3986).
enum PolicyText {
  /// A policy without a version is read by IAM's rules of 2008, which know no variables, and refused by LocalStack:
  /// what is meant is today's.
  static func versioned(_ policy: Value) -> Value {
    guard let members = policy.map, members["Version"] == nil else { return policy }
    return .map(members.merging(["Version": "2012-10-17"]) { $1 })
  }

  /// What a policy is attached to: it decides which elements a statement has.
  enum Attachment {
    /// Whoever the policy is attached to is the principal.
    case identity
    /// The role is the resource.
    case trust
    /// A queue, topic or bucket: the policy says who.
    case resource
  }

  /// Elements that a statement must have, and must not. "Grammar of the IAM JSON policy language" in the IAM user guide.
  static func problems(in policy: Value?, at path: [String], of attachment: Attachment) -> [PropertyProblem] {
    guard let policy, policy.map != nil else { return [] }
    let isList = policy["Statement"]?.list != nil
    return policy.items("Statement").enumerated().flatMap { position, statement -> [PropertyProblem] in
      guard statement.map != nil else { return [] }
      let place = path + ["Statement"] + (isList ? [String(position)] : [])
      func has(_ element: String) -> Bool { statement[element] != nil || statement["Not\(element)"] != nil }
      var problems: [PropertyProblem] = []
      if attachment != .trust, !has("Resource") {
        problems.append(
          PropertyProblem(
            place, "Missing property", "A statement needs Resource (or NotResource).",
            fix: "Name the ARNs that it is about, or \"*\"."))
      }
      if attachment == .trust, has("Resource") {
        problems.append(
          PropertyProblem(
            place, "Options that don't go together",
            "A trust policy is about its role, and names no Resource.",
            fix: "Take it out."))
      }
      if attachment == .identity, has("Principal") {
        problems.append(
          PropertyProblem(
            place, "Options that don't go together",
            "A role or managed policy is about whoever has it, and names no Principal.", fix: "Take it out."))
      }
      if attachment != .identity, !has("Principal") {
        problems.append(
          PropertyProblem(
            place, "Missing property", "A statement needs Principal: who may do it.",
            fix: "As Principal: { Service: sns.amazonaws.com }."))
      }
      return problems
    }
  }

  /// The document; the text itself when it is no JSON.
  static func document(_ text: String) -> Value {
    let plain = text.hasPrefix("%") ? decoded(text) : text
    return Value(json: plain) ?? .string(plain)
  }

  private static func decoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let high = digit(rest.first), let low = digit(rest.dropFirst().first) {
        bytes.append(high << 4 | low)
        rest.removeFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8?) -> UInt8? {
    byte.flatMap { Character(UnicodeScalar($0)).hexDigitValue }.map { UInt8($0) }
  }
}
