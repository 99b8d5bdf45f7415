#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import Planner

/// Objects of any size, and what there is of them.
extension LedgerBucket {
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
