import Planner

/// What a call came to, so that several can run side by side and keep their typed errors: `async let` forgets them.
func outcome<Success: Sendable>(
  _ call: @Sendable () async throws(ProviderError) -> Success
) async -> Result<Success, ProviderError> {
  do throws(ProviderError) {
    return .success(try await call())
  } catch {
    return .failure(error)
  }
}
