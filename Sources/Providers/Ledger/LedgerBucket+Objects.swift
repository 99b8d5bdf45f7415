#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import Planner

/// Objects of any size, and their names.
extension LedgerBucket {
  /// An answer may not be as long as an object is: objects are read in parts of so many bytes.
  static let partSize = 8 << 20
  /// The largest object that is read, and so the largest that is written: the files of a release with the code of
  /// some lambdas. A ledger of 50,000 resources has a fortieth of it.
  static let largestObject = 1 << 30
  /// How often an object is read again because it was written while its parts were read.
  private static let mostReadings = 5

  /// The whole object, however long; nil when the object, or the whole bucket, is not there.
  ///
  /// It is asked for in one piece first: LocalStack 4.8.1 returns a torn part when the object is written at
  /// the same time. Only what is longer than an answer may be is read in parts.
  func read(_ key: [String]) async throws(ProviderError) -> Found? {
    do throws(ProviderError) {
      let whole = Request(S3.getObject, input(["Key": .segments(key)]))
      guard let answer = try await aws.reading.readIfPresent(whole) else { return nil }
      return Found(
        body: answer.body, revision: try Self.revision(answer, of: "GetObject"), age: Self.age(answer.headers)
      )
    } catch { guard error.kind == .malformed, error.status == 0 else { throw error } }
    for _ in 1..<Self.mostReadings {
      do throws(ProviderError) {
        return try await readParts(key)
      } catch { if error.kind != .conflict { throw error } }
    }
    return try await readParts(key)
  }

  /// - Throws: `conflict` when the object changed between two parts.
  private func readParts(_ key: [String]) async throws(ProviderError) -> Found? {
    guard let first = try await part(key, from: 0) else { return nil }
    var found = Found(
      body: first.body, revision: try Self.revision(first, of: "GetObject"), age: Self.age(first.headers))
    // An endpoint that knows no ranges answers 200, with all of it.
    guard first.status == 206 else { return found }
    var length = try Self.length(first, holding: found.body.count)
    while found.body.count < length {
      guard let part = try await part(key, from: found.body.count),
        part.headers["etag"] == found.revision, part.status == 206, !part.body.isEmpty
      else {
        throw ProviderError(
          .conflict, message: "the object changed while it was read", operation: "s3:GetObject")
      }
      found.body += part.body
      length = try Self.length(part, holding: found.body.count)
    }
    return found
  }

  /// The part of an object that begins at `start`; nil when the object is not there.
  private func part(_ key: [String], from start: Int) async throws(ProviderError) -> AWSResponse? {
    let range = "bytes=\(start)-\(start + Self.partSize - 1)"
    return try await aws.reading.readIfPresent(
      Request(S3.getObject, input(["Key": .segments(key), "Range": .string(range)])))
  }

  /// The length of the whole object. `count` bytes of it have arrived.
  private static func length(_ part: AWSResponse, holding count: Int) throws(ProviderError) -> Int {
    guard let total = part.headers["content-range"]?.split(separator: "/").last.flatMap({ Int($0) }),
      count <= total, !part.body.isEmpty
    else {
      throw ProviderError(
        .malformed, message: "a part of the object came without its place in the whole",
        operation: "s3:GetObject", status: part.status)
    }
    guard total <= largestObject else { throw tooLarge(total, .malformed, "s3:GetObject") }
    return total
  }

  /// What is too large to be read is not written either: it could never be read again.
  static func tooLarge(_ count: Int, _ kind: ProviderError.Kind, _ operation: String) -> ProviderError {
    ProviderError(
      kind,
      message: "the object has \(ByteCount(count)), and \(ByteCount(largestObject)) is the most that is kept",
      operation: operation, neverSent: kind == .invalid)
  }

  /// The object's revision: its ETag.
  ///
  /// - Throws: `.malformed` for an answer without one.
  static func revision(_ answer: AWSResponse, of operation: String) throws(ProviderError) -> String {
    guard let revision = answer.headers["etag"], !revision.isEmpty else {
      throw ProviderError(
        .malformed, message: "the endpoint answered without the header etag", operation: "s3:\(operation)",
        status: answer.status)
    }
    return revision
  }

  private static func age(_ headers: [String: String]) -> Int? {
    guard let now = headers["date"].flatMap(SigningTime.init(httpDate:)),
      let then = headers["last-modified"].flatMap(SigningTime.init(httpDate:))
    else { return nil }
    return now.seconds - then.seconds
  }

  /// The names of the objects in a folder; none when the folder, or the whole bucket, is not there.
  func names(in folder: [String]) async throws(ProviderError) -> [String] {
    let prefix = folder.joined(separator: "/") + "/"
    let objects = try await aws.reading.everyItem(S3.listObjects, input(["Prefix": .string(prefix)]))
    return objects.compactMap { $0["Key"]?.string }.filter { $0.hasPrefix(prefix) }
      .map { String($0.dropFirst(prefix.count)) }
  }
}

extension Value {
  /// A key as its segments.
  static func segments(_ key: [String]) -> Value { .list(key.map(Value.string)) }
}
