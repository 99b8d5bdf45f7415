package import Planner

/// Amazon Cognito user pools. The service gives an id, and names are not unique: a pool whose id is not known is found by
/// its owner tags, among those of its name.
///
/// UpdateUserPool sets all that it is not told back to the default. So each call has what DescribeUserPool answers, read
/// in the same step, with the changes in it: settings that no kind knows yet stay as they are. Second factors and passkeys
/// have a call of their own, ``UserPoolFactors``, and custom attributes another, which adds and never takes away.
///
/// Reads: one a pool (tags are in it), another for passkeys and for the mail of a second factor. Writes: one to create
/// one, one for its factors; two for a change, two for its factors, one for new attributes, one each for tags that come and
/// that go. Facts: the API reference of Cognito user pools, and `AWS::Cognito::UserPool` in CloudFormation.
package struct UserPoolKind: DescribedKind {
  package var schema: Schema { Self.declaration }

  let calls = KindCalls(
    identity: Identity(
      creation: ["PoolName": .name], reference: ["UserPoolId": .id],
      tagged: ["ResourceArn": .arn("cognito-idp", "userpool/")],
      known: [
        "arn": .arn("cognito-idp", "userpool/"), "id": .id, "providerName": .made(provider),
        "issuer": .made { id, target in provider(id, target).map { .string("https://\($0.text)") } },
      ],
      given: "UserPool.Id",
      finder: .named(Cognito.listUserPools, input: ["MaxResults": 60], name: "Name", id: "Id")),
    create: Cognito.createUserPool, read: Cognito.describeUserPool, answer: "UserPool",
    change: .wholeOverLive(Cognito.updateUserPool, taking: updated),
    ending: Ending(delete: Cognito.deleteUserPool), tags: Cognito.tags,
    fields: WireFields(
      renamed: [
        "adminCreateUserConfig.inviteMessageTemplate.smsMessage": "SMSMessage",
        "allowedFirstAuthFactors": "Policies.SignInPolicy.AllowedFirstAuthFactors",
        "attributesRequireVerificationBeforeUpdate":
          "UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate",
        "lambdaConfig.kmsKeyID": "KMSKeyID", "passwordPolicy": "Policies.PasswordPolicy",
        "recoveryMechanisms": "AccountRecoverySetting.RecoveryMechanisms",
        "usernameCaseSensitive": "UsernameConfiguration.CaseSensitive",
      ],
      apart: UserPoolFactors.properties.union(["schema"]), resets: resets),
    attributes: ["name": "Name"])

  /// What UpdateUserPool takes of what DescribeUserPool answers.
  private static let updated: Set<String> = [
    "AccountRecoverySetting", "AdminCreateUserConfig", "AutoVerifiedAttributes", "DeletionProtection",
    "DeviceConfiguration", "EmailConfiguration", "EmailVerificationMessage", "EmailVerificationSubject",
    "IssuerConfiguration", "KeyConfiguration", "LambdaConfig", "MfaConfiguration", "Policies",
    "SmsAuthenticationMessage", "SmsConfiguration", "SmsVerificationMessage", "UserAttributeUpdateSettings",
    "UserPoolAddOns", "UserPoolTags", "UserPoolTier", "VerificationMessageTemplate",
  ]

  /// What a pool has that was created without.
  private static let resets: [String: Value] = [
    "adminCreateUserConfig": ["AllowAdminCreateUserOnly": false], "autoVerifiedAttributes": [],
    "attributesRequireVerificationBeforeUpdate": [],
    "emailConfiguration": ["EmailSendingAccount": "COGNITO_DEFAULT"], "lambdaConfig": [:],
    "passwordPolicy": [
      "MinimumLength": 8, "RequireLowercase": true, "RequireNumbers": true, "RequireSymbols": true,
      "RequireUppercase": true, "TemporaryPasswordValidityDays": 7,
    ],
    "userPoolAddOns": ["AdvancedSecurityMode": "OFF"],
    "verificationMessageTemplate": ["DefaultEmailOption": "CONFIRM_WITH_CODE"],
  ]

  @Sendable private static func provider(_ id: String, _ target: Target) -> Value? {
    .string("cognito-idp.\(target.region).\(Partition(region: target.region).hostSuffix)/\(id)")
  }

  package func everything(_ aws: ReadingClient) async throws(ProviderError) -> [ListedResource] {
    try await aws.everyItem(Cognito.listUserPools, ["MaxResults": 60]).map {
      ListedResource(name: $0["Name"]?.string, id: $0["Id"]?.string)
    }
  }

  /// What is left out of these is not there: it is taken out of the pool.
  package func completed(_ resource: Resource) -> Resource {
    var completed = resource
    let whole = [
      "adminCreateUserConfig", "deviceConfiguration", "emailConfiguration", "lambdaConfig", "passwordPolicy",
      "userPoolAddOns",
    ]
    for name in whole {
      guard let shape = schema.property(name)?.shape, let value = resource[name] else { continue }
      completed.properties[name] = value.whole(in: shape, except: [])
    }
    if let attributes = resource["schema"], let shape = schema.property("schema")?.shape {
      completed.properties["schema"] = shape.completed(attributes)
    }
    return completed
  }

  // MARK: Reading

  func complete(
    _ live: inout LiveResource, from answer: AWSResponse, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) {
    let pool = answer.value["UserPool"] ?? .null
    live.properties["mfaConfiguration"] = pool["MfaConfiguration"]
    live.properties["schema"] = UserPoolAttributes.live(
      pool["SchemaAttributes"]?.list ?? [], wanted: query.wanted?["schema"])
    if live.properties["deletionProtection"] == "ACTIVE" { live.deletionBar = "deletionProtection" }
    for (name, value) in Self.resets where query.wanted?[name]?.isNull ?? true {
      let standard = calls.fields.properties(
        in: calls.fields.placed(value, for: name), schema, among: [name])
      if live.properties[name] == standard[name] { live.properties[name] = nil }
    }
    live.properties["lambdaConfig"] = Self.triggers(
      live.properties["lambdaConfig"], wanted: query.wanted?["lambdaConfig"])
    guard UserPoolFactors.read.contains(where: query.wants) else { return }
    let factors = try await aws.readIfPresent(Cognito.getUserPoolMfaConfig, ["UserPoolId": .string(live.id)])
    live.properties.merge(UserPoolFactors.properties(in: factors)) { $1 }
  }

  /// A lambda that changes tokens is told under both names, whichever it was set by.
  private static func triggers(_ live: Value?, wanted: Value?) -> Value? {
    guard var triggers = live?.map, let function = triggers["preTokenGeneration"],
      triggers["preTokenGenerationConfig"]?["lambdaArn"] == function
    else { return live }
    let isPlain =
      wanted?["preTokenGeneration"]?.isNull == false
      && triggers["preTokenGenerationConfig"]?["lambdaVersion"] == "V1_0"
    let isBoth = wanted?["preTokenGenerationConfig"]?.isNull == false && isPlain
    if !isBoth { triggers[isPlain ? "preTokenGenerationConfig" : "preTokenGeneration"] = nil }
    return .map(triggers)
  }

  // MARK: Writing

  func shape(_ input: inout [String: Value], of verb: KindVerb, for resource: Resource, in target: Target) {
    guard case .update(_, let changed) = verb else {
      if let attributes = resource["schema"]?.map {
        input["Schema"] = .list(UserPoolAttributes.wire(attributes))
      }
      return
    }
    if changed.contains("name") { input["PoolName"] = resource.name.map(Value.string) }
    // Else a pool without texts could not be told that it needs none.
    if changed.contains("mfaConfiguration"), resource["mfaConfiguration"] ?? "OFF" == "OFF" {
      input["MfaConfiguration"] = "OFF"
    }
    // The former name of what the password policy says: Cognito refuses both.
    if changed.contains("passwordPolicy")
      || input["Policies"]?.at("PasswordPolicy.TemporaryPasswordValidityDays") != nil
    {
      input["AdminCreateUserConfig"] = input["AdminCreateUserConfig"]?.without("UnusedAccountValidityDays")
    }
    // Three texts have two names each, under which Cognito wants the same.
    for (property, field, member) in Self.twice {
      if changed.contains(property) {
        input["VerificationMessageTemplate"] = input["VerificationMessageTemplate"]?.without(member)
      } else if changed.contains("verificationMessageTemplate") {
        input[field] = nil
      }
    }
  }

  private static let twice = [
    ("emailVerificationMessage", "EmailVerificationMessage", "EmailMessage"),
    ("emailVerificationSubject", "EmailVerificationSubject", "EmailSubject"),
    ("smsVerificationMessage", "SmsVerificationMessage", "SmsMessage"),
  ]

  func finish(_ creation: Creation, _ id: String, _ aws: WritingClient) async throws(ProviderError) {
    let declared = UserPoolFactors.properties.filter { !(creation.resource[$0]?.isEmpty ?? true) }
    guard declared != ["mfaConfiguration"] || creation.resource["mfaConfiguration"] != "OFF" else { return }
    try await UserPoolFactors.write(creation.resource, changed: declared, of: id, calls.fields, schema, aws)
  }

  func finish(_ update: Update, _ aws: WritingClient) async throws(ProviderError) {
    let changed = update.changed.intersection(UserPoolFactors.properties)
    try await UserPoolFactors.write(
      update.resource, changed: changed, of: update.live.id, calls.fields, schema, aws)
    guard update.changes("schema") else { return }
    let new = UserPoolAttributes.new(update.resource["schema"], beside: update.live.properties["schema"])
    for start in stride(from: 0, to: new.count, by: UserPoolAttributes.most) {
      let some = new[start...].prefix(UserPoolAttributes.most)
      try await aws.write(
        Cognito.addCustomAttributes,
        ["UserPoolId": .string(update.live.id), "CustomAttributes": .list(Array(some))])
    }
  }
}

extension Value {
  /// A text, or nothing.
  fileprivate var text: String { string ?? "" }

  /// A map without this entry.
  fileprivate func without(_ name: String) -> Value {
    map.map { .map($0.filter { $0.key != name }) } ?? self
  }
}
