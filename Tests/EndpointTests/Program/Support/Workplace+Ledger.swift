import Foundation
import Planner
import Testing

@testable import Providers

/// The ledger, and the objects of its bucket, as the endpoint has them.
extension Workplace {
  var ledgerBucket: String { "stackform-\(account.id)-us-east-1" }

  private func input(_ path: String) -> [String: Value] {
    [
      "Bucket": .string(ledgerBucket), "Key": .list(path.split(separator: "/").map { .string(String($0)) }),
    ]
  }

  /// The names of the objects that begin so, all of them without a prefix, in order; none when there is no bucket.
  func ledgerObjects(_ prefix: String = "") async throws -> [String] {
    do throws(ProviderError) {
      let answer = try await account.client.send(
        Request(S3.listObjects, ["Bucket": .string(ledgerBucket)]).wire)
      return answer.value.items("Contents").compactMap { $0["Key"]?.string }
        .filter { $0.hasPrefix(prefix) }.sorted()
    } catch {
      if error.kind == .notFound { return [] }
      throw error
    }
  }

  /// The text of an object.
  func ledgerObject(_ path: String) async throws -> String {
    let answer = try await account.client.send(Request(S3.getObject, input(path)).wire)
    return String(decoding: answer.body, as: UTF8.self)
  }

  /// Writes an object, whatever is there.
  func overwrite(_ path: String, with text: String) async throws {
    let put = Request(S3.putObject, input(path)).with(Data(text.utf8), contentType: "application/json")
    _ = try await account.client.send(put.wire)
  }

  func deleteObject(_ path: String) async throws {
    _ = try await account.client.send(Request(S3.deleteObject, input(path)).wire)
  }

  /// Demands that there is a ledger, and returns it.
  func ledger(_ stack: String = "shop", sourceLocation: SourceLocation = #_sourceLocation) async throws
    -> Ledger
  {
    try #require(try await store(stack).load(), sourceLocation: sourceLocation).ledger
  }

  /// Demands that the ledger is what a finished run leaves: readable, no intent, one identity a resource, the lock free.
  func expectQuietLedger(
    _ stack: String = "shop", sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let ledger = try await ledger(stack, sourceLocation: sourceLocation)
    for (address, record) in ledger.records {
      #expect(record.intent == nil, "\(address) of \(account.id)", sourceLocation: sourceLocation)
      #expect(
        record.identities.count == 1, "\(address) of \(account.id)", sourceLocation: sourceLocation)
    }
    #expect(try await store(stack).lockHolder() == nil, sourceLocation: sourceLocation)
  }
}
