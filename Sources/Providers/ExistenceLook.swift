import Planner

/// Tells of one kind whether what was made is there and what was deleted is gone, with as few requests as that takes:
/// one listing for all, and one read for each that it does not show as expected.
struct ExistenceLook: Sendable {
  let kind: any AWSKind
  let client: ReadingClient

  /// By the same keys.
  func verdicts(on expectations: [Int: ExpectedExistence]) async -> [Int: Result<Bool, ProviderError>] {
    var open = expectations
    if let listed = await listed(expectations) {
      open = expectations.filter { listed.contains(key(of: $1)) != $1.isThere }
    }
    var verdicts = expectations.mapValues { _ in Result<Bool, ProviderError>.success(true) }
    guard !open.isEmpty else { return verdicts }
    verdicts.merge(await read(open)) { $1 }
    let unmet = open.filter { verdicts[$0.key] == .success(false) }
    if !unmet.isEmpty, !client.target.has(.actsAtOnce) { verdicts.merge(await awaited(unmet)) { $1 } }
    return verdicts
  }

  /// What a listing shows; nil where there is none, where it would take as many requests as asking for each, or where
  /// it can't be had.
  private func listed(_ expectations: [Int: ExpectedExistence]) async -> Set<String>? {
    do throws(ProviderError) {
      return try await kind.identities(among: expectations.values.map(\.query), client)
    } catch { return nil }
  }

  /// What a listing calls it.
  private func key(of expectation: ExpectedExistence) -> String {
    let isNamed = kind.schema.naming?.isIdentity == true
    return isNamed ? expectation.query.name ?? expectation.id : expectation.id
  }

  private func read(_ expectations: [Int: ExpectedExistence]) async -> [Int: Result<Bool, ProviderError>] {
    // One address may have several expectations. Whose the resource is stands in the owner.
    let queries = expectations.mapValues(\.query).map { number, query in
      var query = query
      query.address = Address(query.section, "expected-\(number)")
      return (number, query)
    }
    let answers = await kind.read(queries.map(\.1), client)
    var verdicts: [Int: Result<Bool, ProviderError>] = [:]
    for (number, query) in queries {
      guard let expectation = expectations[number] else { continue }
      verdicts[number] = (answers[query.address] ?? .success(nil)).map(expectation.isMet)
    }
    return verdicts
  }

  /// Reads again what is not as expected until it is, or until the service has had its time.
  private func awaited(_ unmet: [Int: ExpectedExistence]) async -> [Int: Result<Bool, ProviderError>] {
    var verdicts: [Int: Result<Bool, ProviderError>] = [:]
    do throws(ProviderError) {
      try await client.waiting(for: "the last changes to show", atMost: kind.settlingTime) {
        () throws(ProviderError) -> Void? in
        verdicts = await read(unmet)
        return verdicts.values.allSatisfy { $0 == .success(true) } ? () : nil
      }
    } catch {
      // It was waited for long enough: what was seen last counts.
    }
    return verdicts
  }
}
