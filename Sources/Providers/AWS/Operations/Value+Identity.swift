package import Planner

extension Value {
  /// The text of an identity at a dotted path of an answer: a name, an id, an ARN. Never "".
  ///
  /// - Throws: a `malformed` error, which leaves open what was done, when it is missing or empty.
  package func identity(
    at path: String, from operation: Operation<some Effect>
  ) throws(ProviderError) -> String {
    if let text = at(path)?.string, !text.isEmpty { return text }
    throw ProviderError(
      .malformed, message: "the endpoint answered without \(path)", operation: operation.label)
  }
}
