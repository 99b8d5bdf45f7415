#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import Planner

/// The bucket `stackform-<account>-<region>` that holds ledgers, locks and releases, and conditional reads and writes of one object in it.
///
/// Conditional writes were found sound on LocalStack 4.8.1 and MiniStack 1.5.33 (one winner of 20 and of 60 writers); a conditional delete is
/// not (LocalStack answers 501), so nothing here relies on one. Every request names the account that must own the bucket, so that a bucket
/// which somebody else made under this guessable name is refused by AWS.
struct LedgerBucket: Sendable {
  let sender: any RequestSender
  let account: String
  let region: String

  init(sender: any RequestSender, account: String, region: String) {
    self.sender = sender
    self.account = account
    self.region = region
  }

  var name: String { "stackform-\(account)-\(region)" }

  /// An object as it was found.
  struct Found: Sendable {
    var body: Data
    /// The entity tag, quotes included: what a conditional write must name.
    var revision: String
    /// Seconds since it was written, by the endpoint's own clock; nil when it does not tell.
    var age: Int?
  }

  /// nil when the object, or the whole bucket, is not there.
  func read(_ key: [String]) async throws(ProviderError) -> Found? {
    do throws(ProviderError) {
      let answer = try await sender.send(request("GetObject", .get, key))
      guard let revision = answer.headers["etag"] else {
        throw ProviderError(
          .malformed, message: "the object came without an ETag", operation: "s3:GetObject",
          status: answer.status)
      }
      return Found(body: answer.body, revision: revision, age: Self.age(answer.headers))
    } catch {
      if error.kind == .notFound { return nil }
      throw error
    }
  }

  /// Writes the object if it still has the revision (nil: if there is none). Makes the bucket when it is missing.
  ///
  /// - Returns: the new revision.
  /// - Throws: `preconditionFailed` when somebody else wrote in between.
  func write(
    _ body: Data, to key: [String], replacing revision: String?, contentType: String = "application/json"
  ) async throws(ProviderError) -> String {
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
    var put = request("PutObject", .put, key)
    put.body = .bytes(body, contentType: contentType)
    if let revision { put.headers["If-Match"] = revision } else { put.headers["If-None-Match"] = "*" }
    do throws(ProviderError) {
      return try await sender.send(put).headers["etag"] ?? ""
    } catch {
      // The first answer may have been lost, and the retry met our own object: what counts is what is there now.
      guard error.kind == .preconditionFailed || error.mayHaveBeenApplied,
        body.count <= Self.partSize, let found = try await read(key), found.body == body
      else { throw error }
      return found.revision
    }
  }

  func delete(_ key: [String]) async throws(ProviderError) {
    do throws(ProviderError) {
      _ = try await sender.send(request("DeleteObject", .delete, key))
    } catch { if error.kind != .notFound { throw error } }
  }

  /// Deletes the bucket if nothing is in it.
  func deleteIfEmpty() async throws(ProviderError) {
    do throws(ProviderError) {
      _ = try await sender.send(request("DeleteBucket", .delete, []))
    } catch { if error.kind != .notFound && error.code != "BucketNotEmpty" { throw error } }
  }

  private func makeBucket() async throws(ProviderError) {
    var create = request("CreateBucket", .put, [])
    create.headers["x-amz-expected-bucket-owner"] = nil
    create.isRepeatable = true
    if region != "us-east-1" {
      let configuration = XMLElement(
        "CreateBucketConfiguration", namespace: XMLElement.s3Namespace,
        [XMLElement("LocationConstraint", region)])
      create.body = .bytes(configuration.document, contentType: "application/xml")
    }
    do throws(ProviderError) {
      _ = try await sender.send(create)
    } catch { if error.code != "BucketAlreadyOwnedByYou" { throw error } }
  }

  func request(_ operation: String, _ method: AWSRequest.Method, _ key: [String]) -> AWSRequest {
    AWSRequest(
      .s3, operation, method, [name] + key, headers: ["x-amz-expected-bucket-owner": account])
  }

  private static func age(_ headers: [String: String]) -> Int? {
    guard let now = headers["date"].flatMap(SigningTime.init(httpDate:)),
      let then = headers["last-modified"].flatMap(SigningTime.init(httpDate:))
    else { return nil }
    return now.seconds - then.seconds
  }
}
