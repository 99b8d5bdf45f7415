import Planner

extension LambdaKind {
  private static func path(_ name: String, _ more: String...) -> [String] {
    ["2015-03-31", "functions", name] + more
  }

  func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    guard let name = query.name else { return nil }
    let request = AWSRequest(.lambda, "GetFunction", .get, Self.path(name))
    guard let function = try await aws.readIfPresent(request)?.value else { return nil }
    let configuration = function["Configuration"] ?? .null
    let tags = LiveTags(map: function["Tags"])
    var properties = LambdaSetting.properties(in: configuration)
    properties["packageType"] = configuration["PackageType"].flatMap { $0.isEmpty ? nil : $0 } ?? "Zip"
    properties["imageUri"] = function["Code"]?["ImageUri"]
    properties["reservedConcurrentExecutions"] = try await reserved(function, query, aws)
    var attributes = attributes(configuration, aws.target)
    if query.depth != .existence {
      try await readFurther(name, query, into: &properties, &attributes, aws)
    }
    if !tags.declared.isEmpty { properties["tags"] = tags.declared }
    return LiveResource(
      id: name, properties: properties.filter { !$0.value.isNull }, attributes: attributes,
      owner: tags.owner, isDeleting: configuration["State"] == "Deleting")
  }

  /// What has calls of its own, side by side, where it is asked for.
  private func readFurther(
    _ name: String, _ query: LiveQuery, into properties: inout [String: Value],
    _ attributes: inout [String: Value], _ aws: ReadingClient
  ) async throws(ProviderError) {
    let extras = LambdaSubresource.all.filter { query.wants($0.property) }
    let read: @Sendable () async throws(ProviderError) -> [Value] = { () throws(ProviderError) in
      try await sideBySide(extras) { extra throws(ProviderError) in try await extra.read(name, aws) ?? .null }
    }
    let wantedURL = query.wanted?["functionUrl"]
    let readURL: @Sendable () async throws(ProviderError) -> (property: Value, address: Value)? = {
      () throws(ProviderError) in
      query.wants("functionUrl") ? try await LambdaURL.read(name, wanted: wantedURL, aws) : nil
    }
    let (values, url) = try await sideBySide(read, readURL)
    for (extra, value) in zip(extras, values) { properties[extra.property] = value }
    if let url {
      properties["functionUrl"] = url.property
      attributes["url"] = url.address
    }
    guard query.wants("aliases") || LambdaVersions.matter(to: query.wanted) else { return }
    let versions = try await LambdaVersions.read(name, aws)
    attributes["version"] = versions.newest.map(Value.string) ?? .null
    // Versions stay when they are not wanted any more, and are no difference then.
    if query.wanted?["published"] == true { properties["published"] = .boolean(versions.isPublished) }
    if query.wants("aliases") {
      properties["aliases"] = try await LambdaAliases.read(
        name, wanted: query.wanted?["aliases"], versions: versions, aws)
    }
  }

  /// LocalStack's GetFunction leaves out a reservation of none, which stops the function; asking for it costs a call only where that is wanted.
  private func reserved(
    _ function: Value, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> Value? {
    let told = function["Concurrency"]?["ReservedConcurrentExecutions"]
    guard told == nil, let name = query.name, query.wanted?["reservedConcurrentExecutions"] == 0 else {
      return told
    }
    let path = ["2019-09-30", "functions", name, "concurrency"]
    let request = AWSRequest(.lambda, "GetFunctionConcurrency", .get, path)
    return try await aws.readIfPresent(request)?.value["ReservedConcurrentExecutions"]
  }

  func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let resource = creation.resource
    let name = resource.name ?? ""
    var fields = LambdaSetting.fields(of: resource) { resource[$0]?.isEmpty == false }
    fields["FunctionName"] = .string(name)
    fields["Code"] = .map(try Self.code(of: resource, in: creation.artifacts))
    if resource["packageType"] == "Image" { fields["PackageType"] = "Image" }
    fields["CodeSigningConfigArn"] = resource["codeSigningConfigArn"].flatMap { $0.isEmpty ? nil : $0 }
    fields["Tags"] = creation.tags.tagMap
    if let architecture = resource["architecture"]?.string {
      fields["Architectures"] = [.string(architecture)]
    }
    var request = AWSRequest(
      .lambda, "CreateFunction", .post, ["2015-03-31", "functions"], body: .value(.map(fields)))
    request.retriedErrors = Self.freshRole
    let configuration = try await waitUntilActive(name, try await aws.write(request).value, aws)
    if let reserved = resource["reservedConcurrentExecutions"], !reserved.isNull {
      try await reserve(reserved, for: name, aws)
    }
    var attributes = attributes(configuration, aws.target)
    let declared = Set(resource.properties.filter { !$0.value.isEmpty }.keys)
    try await writeFurther(
      resource, changed: declared.subtracting(["codeSigningConfigArn"]), live: [:], &attributes, aws)
    return Created(id: name, attributes: attributes)
  }

  /// What has calls of its own, where it changed: what a call of the function goes through first, its versions last but for the URL, which may
  /// be an alias's.
  private func writeFurther(
    _ resource: Resource, changed: Set<String>, live: [String: Value],
    _ attributes: inout [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) {
    let name = attributes["name"]?.string ?? ""
    for extra in LambdaSubresource.all where changed.contains(extra.property) {
      try await extra.write(resource[extra.property] ?? .null, name, aws)
    }
    let url = resource["functionUrl"] ?? .null
    if changed.contains("functionUrl") {
      try await LambdaURL.remove(unless: url, live: live["functionUrl"], name, aws)
    }
    let isReleased = !changed.isDisjoint(with: LambdaVersions.publishedProperties)
    if changed.contains("aliases") || changed.contains("published")
      || (isReleased && LambdaVersions.matter(to: resource))
    {
      let newest = try await published(name, resource, aws)
      attributes["version"] = newest.map(Value.string) ?? .null
      if let aliases = resource["aliases"] {
        try await LambdaAliases.write(aliases, name, newest: newest, aws)
      }
    }
    if changed.contains("functionUrl") {
      attributes["url"] = try await LambdaURL.write(
        url, live: live["functionUrl"], name, aws)
    }
  }

  /// The newest version, made where the function is to publish and has changed since. (MiniStack makes one for every request.)
  private func published(
    _ name: String, _ resource: Resource, _ aws: WritingClient
  ) async throws(ProviderError) -> String? {
    let versions = try await LambdaVersions.read(name, aws.reading)
    guard resource["published"] == true, !versions.isPublished else { return versions.newest }
    var body: [String: Value] = [:]
    body["CodeSha256"] = versions.digest.flatMap { $0.isEmpty ? nil : $0 }
    let request = AWSRequest(
      .lambda, "PublishVersion", .post, Self.path(name, "versions"), body: .value(.map(body)))
    let version = try await aws.write(request).value
    let number = version["Version"]?.string
    _ = try await waitUntilActive(name, version, qualifier: number, aws)
    return number
  }

  /// What Lambda says while IAM has not yet told everybody of a role, of its trust, or of what it may do.
  static let freshRole = [
    RetriedError("InvalidParameterValueException", "role"),
    RetriedError("InvalidParameterValueException", "Role"),
  ]

  func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    let name = update.live.id
    var attributes = update.live.attributes
    attributes["name"] = .string(name)
    // Settings first: what new code finds in its environment is there when the code comes.
    let settings = LambdaSetting.fields(of: update.resource) { update.changed.contains($0) }
    if !settings.isEmpty {
      var request = AWSRequest(
        .lambda, "UpdateFunctionConfiguration", .put, Self.path(name, "configuration"),
        body: .value(.map(settings)))
      request.retriedErrors = Self.freshRole
      let configuration = try await waitUntilActive(name, try await aws.write(request).value, aws)
      attributes.merge(
        self.attributes(configuration, aws.target).filter { !["url", "version"].contains($0.key) }
      ) { $1 }
    }
    if update.changes("codeSha256", "codeObject", "imageUri", "architecture") {
      try await updateCode(update, aws)
    }
    if update.changes("reservedConcurrentExecutions") {
      try await reserve(update.resource["reservedConcurrentExecutions"] ?? .null, for: name, aws)
    }
    try await writeFurther(
      update.resource, changed: update.changed, live: update.live.properties, &attributes, aws)
    if update.changes("tags") {
      try await LambdaTags.update(update, arn: attributes["arn"]?.string ?? "", aws)
    }
    return attributes
  }

  /// The architecture goes with the code, and can't be told without it.
  private func updateCode(_ update: Update, _ aws: WritingClient) async throws(ProviderError) {
    var fields = try Self.code(of: update.resource, in: update.artifacts)
    if update.changes("architecture") {
      fields["Architectures"] = [.string(update.resource["architecture"]?.string ?? "x86_64")]
    }
    let request = AWSRequest(
      .lambda, "UpdateFunctionCode", .put, Self.path(update.live.id, "code"), body: .value(.map(fields)))
    _ = try await waitUntilActive(update.live.id, try await aws.write(request).value, aws)
  }

  private func reserve(
    _ executions: Value, for name: String, _ aws: WritingClient
  ) async throws(ProviderError) {
    let path = ["2017-10-31", "functions", name, "concurrency"]
    if executions.isNull {
      try await aws.delete(AWSRequest(.lambda, "DeleteFunctionConcurrency", .delete, path))
    } else {
      let body = Value.map(["ReservedConcurrentExecutions": executions])
      try await aws.write(AWSRequest(.lambda, "PutFunctionConcurrency", .put, path, body: .value(body)))
    }
  }

  /// The configuration once the function can be called and changed. Emulators go through other states than AWS: `Pending` in an update,
  /// `Active` at once.
  private func waitUntilActive(
    _ name: String, _ answer: Value, qualifier: String? = nil, _ aws: WritingClient
  ) async throws(ProviderError) -> Value {
    let query = qualifier.map { [(name: "Qualifier", value: String?.some($0))] } ?? []
    var configuration = answer
    return try await aws.waiting(for: "the function \(name) to become active") { () throws(ProviderError) in
      if isUnderWay(configuration) {
        let request = AWSRequest(
          .lambda, "GetFunctionConfiguration", .get, Self.path(name, "configuration"), query: query)
        configuration = try await aws.reading.read(request).value
      }
      guard !isUnderWay(configuration) else { return nil }
      try checkFailure(of: name, configuration)
      return configuration
    }
  }

  private func isUnderWay(_ configuration: Value) -> Bool {
    configuration["State"] == "Pending" || configuration["LastUpdateStatus"] == "InProgress"
  }

  private func checkFailure(of name: String, _ configuration: Value) throws(ProviderError) {
    let reason =
      if configuration["State"] == "Failed" {
        configuration["StateReason"]
      } else if configuration["LastUpdateStatus"] == "Failed" {
        configuration["LastUpdateStatusReason"]
      } else {
        Value?.none
      }
    guard configuration["State"] == "Failed" || configuration["LastUpdateStatus"] == "Failed" else { return }
    throw ProviderError(
      .invalid, code: "Failed",
      message: "the function \(name) failed: \(reason?.string ?? "no reason was given")",
      operation: "lambda:GetFunctionConfiguration")
  }

  /// On emulators a function's tags outlive it, and would be those of the next function of that name.
  func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    if aws.target.endpoint != nil, let arn = deletion.live.attributes["arn"]?.string {
      let names =
        [Owner.stackTag, Owner.addressTag] + (deletion.live.properties["tags"]?.map ?? [:]).keys.sorted()
      try await LambdaTags.remove(names, arn: arn, aws)
    }
    try await aws.delete(AWSRequest(.lambda, "DeleteFunction", .delete, Self.path(deletion.live.id)))
  }

  private func attributes(_ configuration: Value, _ target: Target) -> [String: Value] {
    let name = configuration["FunctionName"]?.string ?? ""
    let arn = configuration["FunctionArn"]?.string ?? ""
    let group = configuration["LoggingConfig"]?["LogGroup"]?.string ?? Self.defaultLogGroup(name)
    return [
      "name": .string(name), "arn": .string(arn), "roleArn": configuration["Role"] ?? .null,
      "logGroupName": .string(group), "url": .null, "version": .null,
      "invokeArn": .string(
        "arn:\(target.partition):apigateway:\(target.region):lambda:path/2015-03-31/functions/\(arn)/invocations"
      ),
    ]
  }
}
