import Planner

/// A pool's second factors and passkeys, which SetUserPoolMfaConfig sets and GetUserPoolMfaConfig tells.
///
/// The call takes what it does not name for off, so it gets what is live with the changes in it. Cognito refuses factors
/// where MFA is off.
enum UserPoolFactors {
  static let properties: Set<String> = read.union(["enabledMfas", "mfaConfiguration"])

  /// What only GetUserPoolMfaConfig tells.
  static let read: Set<String> = [
    "emailAuthenticationMessage", "emailAuthenticationSubject", "webAuthnFactorConfiguration",
    "webAuthnRelyingPartyID", "webAuthnUserVerification",
  ]

  private static let paths = [
    ("emailAuthenticationMessage", "EmailMfaConfiguration", "Message"),
    ("emailAuthenticationSubject", "EmailMfaConfiguration", "Subject"),
    ("webAuthnFactorConfiguration", "WebAuthnConfiguration", "FactorConfiguration"),
    ("webAuthnRelyingPartyID", "WebAuthnConfiguration", "RelyingPartyId"),
    ("webAuthnUserVerification", "WebAuthnConfiguration", "UserVerification"),
  ]

  static func properties(in answer: Value?) -> [String: Value] {
    let found = paths.compactMap { property, outer, inner in
      answer?[outer]?[inner].flatMap { $0.isEmpty ? nil : (property, $0) }
    }
    return Dictionary(found) { $1 }
  }

  /// Writes these of the properties. Sends nothing when there are none.
  static func write(
    _ resource: Resource, changed: Set<String>, of id: String, _ fields: WireFields, _ schema: Schema,
    _ aws: WritingClient
  ) async throws(ProviderError) {
    guard !changed.isEmpty else { return }
    let pool: [String: Value] = ["UserPoolId": .string(id)]
    let live = try await aws.reading.readIfPresent(Cognito.getUserPoolMfaConfig, pool)?.map ?? [:]
    var input = live.filter { !$0.value.isEmpty }
    if changed.contains("mfaConfiguration") {
      let wanted = resource["mfaConfiguration"].flatMap { $0.isNull ? nil : $0 }
      input["MfaConfiguration"] = wanted ?? "OFF"
    }
    let texts = fields.fields(of: resource, ["smsAuthenticationMessage", "smsConfiguration"], in: schema)
    if let enabled = resource["enabledMfas"]?.list { set(enabled, texts, in: &input) }
    for (property, outer, inner) in paths where changed.contains(property) {
      var members = input[outer]?.map ?? [:]
      members[inner] = resource[property].flatMap { $0.isEmpty ? nil : $0 }
      input[outer] = .map(members)
    }
    if input["WebAuthnConfiguration"]?.isEmpty == true { input["WebAuthnConfiguration"] = nil }
    if input["MfaConfiguration"] == "OFF" {
      for field in ["EmailMfaConfiguration", "SmsMfaConfiguration", "SoftwareTokenMfaConfiguration"] {
        input[field] = nil
      }
    }
    try await aws.write(Cognito.setUserPoolMfaConfig, input.merging(pool) { $1 })
  }

  private static func set(_ enabled: [Value], _ texts: [String: Value], in input: inout [String: Value]) {
    input["SoftwareTokenMfaConfiguration"] = ["Enabled": .boolean(enabled.contains("SOFTWARE_TOKEN_MFA"))]
    input["SmsMfaConfiguration"] =
      enabled.contains("SMS_MFA")
      ? .map((input["SmsMfaConfiguration"]?.map ?? [:]).merging(texts) { $1 }) : nil
    input["EmailMfaConfiguration"] =
      enabled.contains("EMAIL_OTP") ? input["EmailMfaConfiguration"] ?? [:] : nil
  }
}
