import Planner

@testable import Providers

/// What the endpoint has of a queue, past the program and the proxy.
extension Workplace {
  func url(of queue: String) -> Value {
    .string("\(account.endpoint)/\(account.id)/\(queue)")
  }

  /// Sets attributes behind the program's back.
  func change(_ queue: String, _ attributes: [String: String]) async throws {
    let input: [String: Value] = [
      "QueueUrl": url(of: queue), "Attributes": .map(attributes.mapValues(Value.string)),
    ]
    _ = try await account.client.send(Request(SQS.setQueueAttributes, input).wire)
  }

  /// Sets tags behind the program's back.
  func tag(_ queue: String, _ tags: [String: String]) async throws {
    let input: [String: Value] = ["QueueUrl": url(of: queue), "Tags": .map(tags.mapValues(Value.string))]
    _ = try await account.client.send(Request(SQS.tagQueue, input).wire)
  }

  /// The tags of a queue.
  func tags(of queue: String) async throws -> [String: String] {
    let answer = try await account.client.send(Request(SQS.listQueueTags, ["QueueUrl": url(of: queue)]).wire)
    return (answer.value["Tags"]?.map ?? [:]).compactMapValues(\.string)
  }

  /// Deletes a queue behind the program's back.
  func deleteQueue(_ queue: String) async throws {
    _ = try await account.client.send(Request(SQS.deleteQueue, ["QueueUrl": url(of: queue)]).wire)
  }

  /// An attribute's text; nil where the endpoint returns none.
  func attribute(_ name: String, of queue: String) async throws -> String? {
    let input: [String: Value] = ["QueueUrl": url(of: queue), "AttributeNames": ["All"]]
    let answer = try await account.client.send(Request(SQS.getQueueAttributes, input).wire)
    return answer.value["Attributes"]?[name]?.string
  }

  /// Sets the visibility timeout behind the program's back.
  func setTimeout(of queue: String, to seconds: Int) async throws {
    try await change(queue, ["VisibilityTimeout": "\(seconds)"])
  }

  /// The visibility timeout.
  func timeout(of queue: String) async throws -> String? {
    try await attribute("VisibilityTimeout", of: queue)
  }
}
