import Planner

extension LambdaKind {
  private static func key(_ name: String) -> [String: Value] { ["FunctionName": .string(name)] }

  func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    guard let name = query.name else { return nil }
    guard let function = try await aws.readIfPresent(Lambda.getFunction, Self.key(name)) else { return nil }
    let configuration = function["Configuration"] ?? .null
    let tags = LiveTags(map: function["Tags"])
    var properties = LambdaSetting.properties(in: configuration)
    properties["packageType"] = configuration["PackageType"].flatMap { $0.isEmpty ? nil : $0 } ?? "Zip"
    properties["imageUri"] = function["Code"]?["ImageUri"]
    properties["reservedConcurrentExecutions"] = try await reserved(function, query, aws)
    var attributes = try attributes(of: name, configuration, aws.target)
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
      try await sideBySide(extras) { extra throws(ProviderError) in
        try await extra.read(Self.key(name), aws) ?? .null
      }
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
    // Versions stay when they are not wanted any more, and do not differ then.
    if query.wanted?["published"] == true { properties["published"] = .boolean(versions.isPublished) }
    if query.wants("aliases") {
      properties["aliases"] = try await LambdaAliases.read(
        name, wanted: query.wanted?["aliases"], versions: versions, aws)
    }
  }

  /// The reserved concurrency. A reservation of 0 stops the function: where GetFunction leaves it out, a call
  /// of its own asks for it, but only if it is wanted.
  private func reserved(
    _ function: Value, _ query: LiveQuery, _ aws: ReadingClient
  ) async throws(ProviderError) -> Value? {
    let reserved = function["Concurrency"]?["ReservedConcurrentExecutions"]
    guard reserved == nil, aws.target.has(.hidesReservationsOfZero), let name = query.name,
      query.wanted?["reservedConcurrentExecutions"] == 0
    else { return reserved }
    let answer = try await aws.readIfPresent(Lambda.getFunctionConcurrency, Self.key(name))
    return answer?["ReservedConcurrentExecutions"]
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
    let configuration = try await settled(name, try await aws.write(Lambda.createFunction, fields), aws)
    if let reserved = resource["reservedConcurrentExecutions"], !reserved.isNull {
      try await reserve(reserved, for: name, aws)
    }
    var attributes = try attributes(of: name, configuration, aws.target)
    let declared = Set(resource.properties.filter { !$0.value.isEmpty }.keys)
    try await writeFurther(
      name, resource, changed: declared.subtracting(["codeSigningConfigArn"]), live: [:],
      code: configuration["CodeSha256"], &attributes, aws)
    return Created(id: name, attributes: attributes)
  }

  /// Changed settings with calls of their own. Those that a call of the function uses come first, then
  /// versions, and last the URL, which may be an alias's. `code` is the digest of the
  /// function's code as its creation, or the last update of settings or code, showed it; nil where there was none.
  private func writeFurther(
    _ name: String, _ resource: Resource, changed: Set<String>, live: [String: Value], code: Value?,
    _ attributes: inout [String: Value], _ aws: WritingClient
  ) async throws(ProviderError) {
    for extra in LambdaSubresource.all where changed.contains(extra.property) {
      try await extra.write(resource[extra.property] ?? .null, Self.key(name), aws)
    }
    let url = resource["functionUrl"] ?? .null
    if changed.contains("functionUrl") {
      try await LambdaURL.remove(unless: url, live: live["functionUrl"], name, aws)
    }
    let isReleased = !changed.isDisjoint(with: LambdaVersions.publishedProperties)
    if changed.contains("aliases") || changed.contains("published")
      || (isReleased && LambdaVersions.matter(to: resource))
    {
      // The file's digest is the function's only where this run wrote the code.
      let digest = changed.contains("codeSha256") ? resource["codeSha256"] : code
      let newest = try await published(name, resource, changed: isReleased ? digest ?? .null : nil, aws)
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
  /// What this run has just changed is published in any case: a listing may tell late of it, and AWS makes no version twice.
  /// `changed` is the digest of the code then, null where it is not known.
  private func published(
    _ name: String, _ resource: Resource, changed: Value?, _ aws: WritingClient
  ) async throws(ProviderError) -> String? {
    let publishes = resource["published"] == true
    var digest = changed
    if !publishes || changed == nil {
      let versions = try await LambdaVersions.read(name, aws.reading)
      guard publishes, !versions.isPublished else { return versions.newest }
      digest = versions.digest
    }
    var input = Self.key(name)
    input["CodeSha256"] = digest.flatMap { $0.isEmpty ? nil : $0 }
    let version = try await aws.write(Lambda.publishVersion, input)
    let number = try version.identity(at: "Version", from: Lambda.publishVersion)
    _ = try await settled(name, version, qualifier: number, aws)
    return number
  }

  func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    let name = update.live.id
    var attributes = update.live.attributes
    attributes["name"] = .string(name)
    var code: Value?
    // Settings first: the new code finds its environment when it arrives.
    let settings = LambdaSetting.fields(of: update.resource) { update.changed.contains($0) }
    if !settings.isEmpty {
      let input = settings.merging(Self.key(name)) { $1 }
      let answer = try await aws.write(Lambda.updateFunctionConfiguration, input)
      let configuration = try await settled(name, answer, aws)
      code = configuration["CodeSha256"]
      let changed = try self.attributes(of: name, configuration, aws.target)
      attributes.merge(changed.filter { !["url", "version"].contains($0.key) }) { $1 }
    }
    if update.changes("codeSha256", "codeObject", "imageUri", "architecture") {
      code = try await updateCode(update, aws)
    }
    if update.changes("reservedConcurrentExecutions") {
      try await reserve(update.resource["reservedConcurrentExecutions"] ?? .null, for: name, aws)
    }
    try await writeFurther(
      name, update.resource, changed: update.changed, live: update.live.properties, code: code, &attributes,
      aws)
    if update.changes("tags") {
      try await Lambda.tags.change(update, of: ["Resource": attributes["arn"] ?? .null], aws)
    }
    return attributes
  }

  /// The architecture is sent with the code, and can't be set without it.
  ///
  /// - Returns: the digest of the code that the function has then.
  private func updateCode(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> Value? {
    let name = update.live.id
    var fields = try Self.code(of: update.resource, in: update.artifacts).merging(Self.key(name)) { $1 }
    if update.changes("architecture") {
      fields["Architectures"] = [.string(update.resource["architecture"]?.string ?? "x86_64")]
    }
    return try await settled(name, try await aws.write(Lambda.updateFunctionCode, fields), aws)["CodeSha256"]
  }

  private func reserve(
    _ executions: Value, for name: String, _ aws: WritingClient
  ) async throws(ProviderError) {
    if executions.isNull { return try await aws.delete(Lambda.deleteFunctionConcurrency, Self.key(name)) }
    let input = Self.key(name).merging(["ReservedConcurrentExecutions": executions]) { $1 }
    try await aws.write(Lambda.putFunctionConcurrency, input)
  }

  /// The configuration once the function can be called and changed.
  private func settled(
    _ name: String, _ answer: Value, qualifier: String? = nil, _ aws: WritingClient
  ) async throws(ProviderError) -> Value {
    let key = Self.key(name).merging(["Qualifier": qualifier.map(Value.string) ?? .null]) { $1 }
    return try await aws.settled(
      "the function \(name)", through: Lambda.phases, by: Lambda.getFunctionConfiguration, from: answer
    ) { () throws(ProviderError) in
      try await aws.reading.readIfPresent(Lambda.getFunctionConfiguration, key)
    }
  }

  func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    if aws.target.has(.tagsOutliveFunctions), let arn = deletion.live.attributes["arn"] {
      try await Lambda.tags.removeAll(of: deletion, from: ["Resource": arn], aws)
    }
    try await aws.delete(Lambda.deleteFunction, Self.key(deletion.live.id))
  }

  private func attributes(
    of name: String, _ configuration: Value, _ target: Target
  ) throws(ProviderError) -> [String: Value] {
    let arn = try configuration.identity(at: "FunctionArn", from: Lambda.getFunctionConfiguration)
    let group = configuration["LoggingConfig"]?["LogGroup"]?.string ?? Self.defaultLogGroup(name)
    return [
      "name": .string(name), "arn": .string(arn), "roleArn": configuration["Role"] ?? .null,
      "logGroupName": .string(group), "url": .null, "version": .null,
      "invokeArn": Self.invokeARN(of: arn, in: target),
    ]
  }
}
