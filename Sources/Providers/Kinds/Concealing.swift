import Planner

/// Runs what sends a secret that no mask knows, as it is in no file: of an error it tells the service's code, and none of
/// its words, which may repeat the request.
func concealing<Answer>(
  _ work: () async throws(ProviderError) -> Answer
) async throws(ProviderError) -> Answer {
  do throws(ProviderError) {
    return try await work()
  } catch {
    guard error.status != 0 else { throw error }
    var error = error
    error.message = "what the service says besides is left out, for it may repeat a secret text"
    throw error
  }
}
