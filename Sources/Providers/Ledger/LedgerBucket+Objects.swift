#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import Planner

/// Objects of any size, and what there is of them.
extension LedgerBucket {
  /// An answer may not be as long as an object is: it is read in parts.
  static let partSize = 8 << 20

  /// An object that never changes, however long; nil when it is not there.
  func readWhole(_ key: [String]) async throws(ProviderError) -> Data? {
    var whole = Data()
    while true {
      var get = request("GetObject", .get, key)
      get.headers["Range"] = "bytes=\(whole.count)-\(whole.count + Self.partSize - 1)"
      let answer: AWSResponse
      do throws(ProviderError) {
        answer = try await sender.send(get)
      } catch {
        if error.kind == .notFound { return nil }
        throw error
      }
      // An endpoint that knows no ranges answers 200, with all of it.
      guard answer.status == 206 else { return answer.body }
      whole += answer.body
      guard let total = answer.headers["content-range"]?.split(separator: "/").last.flatMap({ Int($0) }),
        !answer.body.isEmpty, whole.count <= total
      else {
        throw ProviderError(
          .malformed, message: "a part of the object came without its place in the whole",
          operation: "s3:GetObject", status: answer.status)
      }
      if whole.count == total { return whole }
    }
  }

  /// The names of the objects in a folder; none when the folder, or the whole bucket, is not there.
  func names(in folder: [String]) async throws(ProviderError) -> [String] {
    let prefix = folder.joined(separator: "/") + "/"
    var names: [String] = []
    var token: String?
    repeat {
      var list = request("ListObjectsV2", .get, [])
      list.query = [("list-type", "2"), ("prefix", prefix)]
      if let token { list.query.append(("continuation-token", token)) }
      let page: Value
      do throws(ProviderError) { page = try await sender.send(list).value } catch {
        if error.kind == .notFound { return [] }
        throw error
      }
      let keys = page.items("Contents").compactMap { $0["Key"]?.string }
      names += keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
      let next = page["NextContinuationToken"]?.string
      // A listing that does not get on has no end.
      token = next == token || keys.isEmpty ? nil : next
    } while token != nil
    return names
  }
}
