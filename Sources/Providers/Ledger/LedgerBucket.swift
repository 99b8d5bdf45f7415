#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import Planner

/// The bucket `stackform-<account>-<region>` that holds ledgers, locks and releases, and conditional reads
/// and writes of one object in it.
///
/// Conditional writes were measured to work on LocalStack 4.8.1 and MiniStack 1.5.33: one winner of 20 and of
/// 60 writers. A conditional delete does not (LocalStack answers 501), so nothing here relies on one. Every
/// request names the account that must own the bucket. So AWS refuses a bucket that another account created
/// under this guessable name.
struct LedgerBucket: Sendable {
  let aws: WritingClient
  let account: String
  let region: String

  init(sender: any RequestSender, account: String, region: String) {
    aws = WritingClient(target: Target(account: account, region: region), sender: sender)
    self.account = account
    self.region = region
  }

  var name: String { "stackform-\(account)-\(region)" }

  /// An object as it was found.
  struct Found: Sendable {
    var body: Data
    /// The entity tag, quotes included: what a conditional write must name.
    var revision: String
    /// Seconds since it was written, by the endpoint's own clock; nil when the endpoint does not answer both times.
    var age: Int?
  }

  /// The fields that name the bucket and its owner, and more of them.
  func input(_ fields: [String: Value] = [:]) -> [String: Value] {
    fields.merging(["Bucket": .string(name), "ExpectedBucketOwner": .string(account)]) { $1 }
  }

  /// Writes the object if it still has the revision (nil: if there is none). Makes the bucket when it is missing.
  ///
  /// - Returns: the new revision.
  /// - Throws: `preconditionFailed` when another run wrote it meanwhile.
  func write(
    _ body: Data, to key: [String], replacing revision: String?, contentType: String = "application/json"
  ) async throws(ProviderError) -> String {
    guard body.count <= Self.largestObject else {
      throw Self.tooLarge(body.count, .invalid, "s3:PutObject")
    }
    do throws(ProviderError) {
      return try await writeOnce(body, to: key, replacing: revision, contentType)
    } catch {
      switch error.kind {
      case .notFound where revision == nil:
        try await makeBucket()
        return try await writeOnce(body, to: key, replacing: nil, contentType)
      case .notFound:
        throw ProviderError(
          .preconditionFailed, message: "the object is gone", operation: error.operation, status: error.status
        )
      default: throw error
      }
    }
  }

  private func writeOnce(
    _ body: Data, to key: [String], replacing revision: String?, _ contentType: String
  ) async throws(ProviderError) -> String {
    let condition: [String: Value] = revision.map { ["IfMatch": .string($0)] } ?? ["IfNoneMatch": "*"]
    let put = Request(S3.putObject, input(condition.merging(["Key": .segments(key)]) { $1 }))
    do throws(ProviderError) {
      let answer = try await aws.write(put.with(body, contentType: contentType))
      return try Self.revision(answer, of: "PutObject")
    } catch {
      // The first answer may have been lost, or was not S3's, and the retry found our own object: what exists
      // now decides. A large object that existed before is not fetched for a comparison: it is a bundle, and
      // its name is its digest.
      let mayBeOurs = error.kind == .preconditionFailed && (revision != nil || body.count <= Self.partSize)
      guard mayBeOurs || error.mayHaveBeenApplied, let found = try await read(key), found.body == body else {
        throw error
      }
      return found.revision
    }
  }

  func delete(_ key: [String]) async throws(ProviderError) {
    try await aws.delete(S3.deleteObject, input(["Key": .segments(key)]))
  }

  /// Deletes the bucket if nothing is in it. Returns whether that is so.
  func deleteIfEmpty() async throws(ProviderError) -> Bool {
    do throws(ProviderError) {
      try await aws.delete(S3.deleteBucket, input())
      return true
    } catch {
      if error.code != "BucketNotEmpty" { throw error }
      return false
    }
  }

  private func makeBucket() async throws(ProviderError) {
    var create = Request(S3.createBucket, ["Bucket": .string(name)]).repeatable
    if region != "us-east-1" {
      create = create.with(
        XMLElement(
          "CreateBucketConfiguration", namespace: XMLElement.s3Namespace,
          [XMLElement("LocationConstraint", region)]))
    }
    do throws(ProviderError) {
      try await aws.write(create)
    } catch { if error.code != "BucketAlreadyOwnedByYou" { throw error } }
  }
}
