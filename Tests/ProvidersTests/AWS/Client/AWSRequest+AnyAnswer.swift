import Planner

@testable import Providers

extension AWSRequest {
  /// A request of an operation that changes nothing and takes any answer: for tests that are about all that is
  /// between, and not about proofs.
  static func reading(
    _ service: AWSService, _ name: String, _ input: [String: Value] = [:]
  ) -> AWSRequest {
    Request(service.read(name, proof: .bytes), input).wire
  }

  /// The same of a REST service.
  static func reading(
    _ service: AWSService, _ name: String, _ method: Method, _ path: String, _ input: [String: Value] = [:]
  ) -> AWSRequest {
    Request(service.read(name, method, path, proof: .bytes), input).wire
  }

  /// A request of an operation that changes something, is never sent twice, and takes any answer.
  static func writing(
    _ service: AWSService, _ name: String, _ input: [String: Value] = [:]
  ) -> AWSRequest {
    Request(service.write(name, proof: .bytes), input).wire
  }

  /// The same of a REST service.
  static func writing(
    _ service: AWSService, _ name: String, _ method: Method, _ path: String, _ input: [String: Value] = [:]
  ) -> AWSRequest {
    Request(service.write(name, method, path, proof: .bytes), input).wire
  }
}
