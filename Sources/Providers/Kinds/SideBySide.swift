import Planner

/// Runs independent reads of one resource side by side. The first failure, in the order of the items, is the whole one's.
func sideBySide<Item: Sendable, Answer: Sendable>(
  _ items: [Item], _ read: @escaping @Sendable (Item) async throws(ProviderError) -> Answer
) async throws(ProviderError) -> [Answer] {
  let outcomes = await withTaskGroup(of: (Int, Result<Answer, ProviderError>).self) { group in
    for (position, item) in items.enumerated() {
      group.addTask { (position, await outcome { () throws(ProviderError) in try await read(item) }) }
    }
    var outcomes: [Int: Result<Answer, ProviderError>] = [:]
    for await (position, outcome) in group { outcomes[position] = outcome }
    return outcomes
  }
  var answers: [Answer] = []
  for position in items.indices {
    if let outcome = outcomes[position] { answers.append(try outcome.get()) }
  }
  return answers
}

/// Two reads side by side.
func sideBySide<First: Sendable, Second: Sendable>(
  _ first: @escaping @Sendable () async throws(ProviderError) -> First,
  _ second: @escaping @Sendable () async throws(ProviderError) -> Second
) async throws(ProviderError) -> (First, Second) {
  async let one = outcome(first)
  async let other = outcome(second)
  let (left, right) = await (one, other)
  return (try left.get(), try right.get())
}

/// The known value, or else the value of a read.
func orElse<Known: Sendable>(
  _ known: Known?, _ read: () async throws(ProviderError) -> Known?
) async throws(ProviderError) -> Known? {
  if let known { return known }
  return try await read()
}

/// The result of something that may fail, as a value: typed errors can't cross a task group otherwise.
func outcome<Answer: Sendable>(
  _ work: @Sendable () async throws(ProviderError) -> Answer
) async -> Result<Answer, ProviderError> {
  do throws(ProviderError) {
    return .success(try await work())
  } catch {
    return .failure(error)
  }
}
