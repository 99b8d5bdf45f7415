package import Planner

// Kinds whose reading of many costs more than a listing that shows which of them are there.

extension ApiKind {
  /// One listing for each of the two protocols: asking for an API that is gone costs two requests in either.
  package func identities(
    among queries: [LiveQuery], _ aws: ReadingClient
  ) async throws(ProviderError) -> Set<String>? {
    Set(try await everything(aws).compactMap(\.id))
  }
}

extension LambdaKind {
  package func identities(
    among queries: [LiveQuery], _ aws: ReadingClient
  ) async throws(ProviderError) -> Set<String>? {
    guard queries.count > 1 else { return nil }
    return try await aws.items(Lambda.listFunctions, atMost: queries.count - 1).map { functions in
      Set(functions.compactMap { $0["FunctionName"]?.string })
    }
  }
}

extension RoleKind {
  package func identities(
    among queries: [LiveQuery], _ aws: ReadingClient
  ) async throws(ProviderError) -> Set<String>? {
    guard queries.count > 1 else { return nil }
    return try await aws.items(IAM.listRoles, ["MaxItems": 1000], atMost: queries.count - 1).map { roles in
      Set(roles.compactMap { $0["RoleName"]?.string })
    }
  }
}
