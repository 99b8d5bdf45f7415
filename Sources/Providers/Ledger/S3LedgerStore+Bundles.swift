#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
package import Planner

/// A release's files are objects that never change, named by the SHA-256 of what they hold.
extension S3LedgerStore {
  static let releases = "releases"
  static let runs = "runs"
  private static let ending = ".tar"

  private func bundleKey(_ digest: String) -> [String] {
    ["stacks", stack, Self.releases, digest + Self.ending]
  }

  package func keep(_ bundle: SealedBundle) async throws(LedgerError) {
    let body = Data(bundle.archive)
    do throws(ProviderError) {
      _ = try await bucket.write(
        body, to: bundleKey(bundle.digest), replacing: nil, contentType: "application/x-tar")
    } catch {
      // It is there: by its name it holds the same.
      guard error.kind == .preconditionFailed else { throw .provider(error) }
    }
  }

  package func bundle(_ digest: String) async throws(LedgerError) -> ReleaseBundle {
    let found = try await provider { () async throws(ProviderError) in
      try await bucket.readWhole(bundleKey(digest))
    }
    guard let found else { throw .bundleMissing(digest) }
    guard Digest.hex(Digest.sha256(found)) == digest else {
      throw .bundleDamaged(digest, "what it holds has another digest")
    }
    do throws(TapeArchiveError) {
      return try ReleaseBundle(archive: Array(found))
    } catch { throw .bundleDamaged(digest, error.reason) }
  }

  package func dropBundles(except digests: Set<String>) async throws(LedgerError) {
    try await provider { () async throws(ProviderError) in
      for name in try await bucket.names(in: ["stacks", stack, Self.releases])
      where !digests.contains(String(name.dropLast(Self.ending.count))) {
        try await bucket.delete(["stacks", stack, Self.releases, name])
      }
    }
  }
}

extension ReleaseBundle {
  /// The bundle under its SHA-256.
  package var sealed: SealedBundle { sealed { Digest.hex(Digest.sha256(Data($0))) } }
}
