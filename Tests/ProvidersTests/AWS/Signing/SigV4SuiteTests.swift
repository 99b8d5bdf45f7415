import Foundation
import Testing

@testable import Providers

/// AWS's published vectors, all that a client can send: `Tests/Corpus/sigv4.txt`.
struct SigV4SuiteTests {
  struct Vector: Sendable, CustomTestStringConvertible {
    var name: String
    var request: String
    var authorization: String
    var testDescription: String { name }
  }

  static let vectors: [Vector] = {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "../../Corpus/sigv4.txt").standardized.path
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return text.components(separatedBy: "\n=== ").dropFirst().compactMap { entry in
      let parts = entry.components(separatedBy: "\n--- ")
      guard parts.count == 2, let end = parts[0].firstIndex(of: "\n") else { return nil }
      return Vector(
        name: String(parts[0][..<end]), request: String(parts[0][parts[0].index(after: end)...]),
        authorization: parts[1].trimmingCharacters(in: .newlines))
    }
  }()

  @Test func `the whole suite is there`() { #expect(Self.vectors.count == 32) }

  @Test(arguments: vectors)
  func `a published vector comes out`(_ vector: Vector) throws {
    let pieces = vector.request.components(separatedBy: "\n\n")
    let lines = pieces[0].components(separatedBy: "\n")
    var headers = lines.dropFirst().map { line -> (name: String, value: String) in
      let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
      return (parts[0], parts.count > 1 ? parts[1] : "")
    }
    let token = headers.first { $0.name == "X-Amz-Security-Token" }?.value
    headers.removeAll { ["X-Amz-Date", "X-Amz-Security-Token"].contains($0.name) }
    let signer = SigV4(
      credentials: Credentials(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        sessionToken: token), region: "us-east-1", service: "service")
    let target = String(lines[0].dropFirst(lines[0].prefix { $0 != " " }.count + 1).dropLast(9))
    let query = target.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
    let content = SigV4.Content(
      method: String(lines[0].prefix { $0 != " " }), path: String(target.prefix { $0 != "?" }),
      query: query.split(separator: "&").map { pair in
        let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (Self.plain(parts[0]), parts.count > 1 ? Self.plain(parts[1]) : nil)
      }, headers: headers, body: Data((pieces.count > 1 ? pieces[1] : "").utf8))
    let signed = signer.headers(for: content, at: SigningTime(seconds: 1_440_938_160))
    #expect(signed.last?.value == vector.authorization)
  }

  private static func plain(_ text: Substring) -> String { text.removingPercentEncoding ?? String(text) }
}
