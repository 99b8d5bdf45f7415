package import Planner

// What an account has of each kind with tags: for finding a stack's resources without its ledger.

extension ListedKind {
  package func everything(_ aws: ReadingClient) async throws(ProviderError) -> [ListedResource] {
    try await names(beginningWith: "", atMost: .max, aws).map { named($0) } ?? []
  }
}

extension DescribedVerbs {
  /// Where a reading call takes filters it lists everything without them.
  package func everything(_ aws: ReadingClient) async throws(ProviderError) -> [ListedResource] {
    guard case .filter(let filters) = calls.identity.finder else {
      return try await names(beginningWith: "", atMost: .max, aws).map { named($0) } ?? []
    }
    return try await aws.everyItem(calls.read).compactMap { $0.at(filters.id)?.string }.sorted().map {
      ListedResource(id: $0)
    }
  }
}

extension AWSKind {
  fileprivate func named(_ names: some Sequence<String>) -> [ListedResource] {
    names.sorted().map { ListedResource(name: $0) }
  }
}

extension ApiKind {
  /// APIs are found by their ids. An endpoint without HTTP APIs has none.
  package func everything(_ aws: ReadingClient) async throws(ProviderError) -> [ListedResource] {
    var ids = try await RestApi.list(aws).compactMap { $0[RestApi.idName]?.string }
    do throws(ProviderError) {
      ids += try await HttpApi.list(aws).compactMap { $0[HttpApi.idName]?.string }
    } catch {
      guard [.notFound, .unsupported].contains(error.kind) else { throw error }
    }
    return ids.sorted().map { ListedResource(id: $0) }
  }
}

extension EventMappingKind {
  package func everything(_ aws: ReadingClient) async throws(ProviderError) -> [ListedResource] {
    try await mappings(of: nil, aws).compactMap { $0["UUID"]?.string }.sorted().map {
      ListedResource(id: $0)
    }
  }
}

extension LambdaKind {
  package func everything(_ aws: ReadingClient) async throws(ProviderError) -> [ListedResource] {
    named(try await aws.everyItem(Lambda.listFunctions).compactMap { $0["FunctionName"]?.string })
  }
}

extension PolicyKind {
  package func everything(_ aws: ReadingClient) async throws(ProviderError) -> [ListedResource] {
    named(try await listing(aws).compactMap { $0["PolicyName"]?.string })
  }
}

extension RoleKind {
  package func everything(_ aws: ReadingClient) async throws(ProviderError) -> [ListedResource] {
    named(try await aws.everyItem(IAM.listRoles).compactMap { $0["RoleName"]?.string })
  }
}
