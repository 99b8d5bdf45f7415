import Foundation
import Planner
import Testing

@testable import Providers

struct `A lambda's code` {
  private let kind = LambdaKind()

  private func lambda(_ code: Value, handler: String, runtime: String = "python3.12") -> Resource {
    Resource(
      Address("lambdas", "worker"), name: "worker",
      properties: ["code": code, "handler": .string(handler), "runtime": .string(runtime)])
  }

  @Test func `becomes a zip, known by its digest`() throws {
    let folder = try TemporaryFolder(["worker/app.py": "def handler(event, context): pass\n"])
    let packed = try kind.packed(
      lambda("worker", handler: "app.handler"), directory: folder.path, files: .disk)
    let resource = packed.resource
    let artifact = try #require(packed.artifacts.first)
    let digest = Digest.sha256(Data(artifact.bytes))
    #expect(artifact.digest == Digest.hex(digest))
    #expect(resource["codeSha256"]?.string == digest.base64EncodedString())
    #expect(
      try CodeSource.zip(of: resource, in: [artifact.digest: artifact]).string
        == Data(artifact.bytes).base64EncodedString())
  }

  @Test func `may be a zip that is there already`() throws {
    let zip = ZipArchive.bytes(of: [.init(name: "main", bytes: [1])])
    let folder = try TemporaryFolder([:])
    try Data(zip).write(to: URL(fileURLWithPath: "\(folder.path)/ready.zip"))
    let packed = try kind.packed(lambda("ready.zip", handler: "main"), directory: folder.path, files: .disk)
    #expect(packed.artifacts.first?.bytes == zip)
  }

  @Test(arguments: [
    ("app.handler", "python3.12", true), ("pkg.mod.handler", "python3.12", true),
    ("pkg.handler", "python3.12", true), ("pkg/mod.handler", "python3.12", true),
    ("index.handler", "nodejs22.x", true), ("src/a.handler", "nodejs22.x", true),
    ("ap.handler", "python3.12", false), ("handler", "python3.12", false),
    ("app.handler", "nodejs22.x", false), ("anything", "provided.al2023", true),
  ])
  func `has the file that its handler names`(_ handler: String, _ runtime: String, _ isThere: Bool) throws {
    let folder = try TemporaryFolder([
      "worker/app.py": "handler", "worker/pkg/__init__.py": "handler",
      "worker/pkg/mod.py": "handler",
      "worker/index.mjs": "handler", "worker/src/a.js": "handler",
    ])
    let path = folder.path
    let result = Result {
      try kind.packed(lambda("worker", handler: handler, runtime: runtime), directory: path, files: .disk)
    }
    #expect(((try? result.get()) != nil) == isThere)
  }

  /// Node follows what is exported from member to member; of several files each runtime loads one.
  @Test(arguments: [
    ("index.api.handler", "nodejs22.x", true), ("v1.2/index.api.handler", "nodejs22.x", true),
    ("index.other.handler", "nodejs22.x", false), ("bare.api", "nodejs22.x", true),
    ("pkg.handler", "python3.12", true), ("pkg.main", "python3.12", false),
  ])
  func `has the function in the file that is loaded`(
    _ handler: String, _ runtime: String, _ isThere: Bool
  ) throws {
    let folder = try TemporaryFolder([
      "worker/index.js": "exports.api = require('./api')", "worker/index.mjs": "export const other = {}",
      "worker/index.cjs": "other", "worker/v1.2/index.mjs": "export const api = {}", "worker/bare": "api",
      "worker/bare.js": "x", "worker/pkg/__init__.py": "handler = 1", "worker/pkg.py": "main = 1",
    ])
    let path = folder.path
    let result = Result {
      try kind.packed(lambda("worker", handler: handler, runtime: runtime), directory: path, files: .disk)
    }
    #expect(((try? result.get()) != nil) == isThere)
  }

  @Test func `may have its handler in a layer, or export what another file makes`() throws {
    let folder = try TemporaryFolder([
      "worker/app.py": "x", "worker/index.js": "module.exports = require('./lib/main')",
      "worker/lib/main.js": "",
    ])
    let path = folder.path
    let layered = Resource(
      Address("lambdas", "w"),
      properties: [
        "code": "worker", "runtime": "python3.12", "handler": "datadog_lambda.handler.handler",
        "layers": ["arn:aws:lambda:us-east-1:1:layer:datadog:1"],
      ])
    #expect(throws: Never.self) { try kind.packed(layered, directory: path, files: .disk) }
    #expect(throws: Never.self) {
      try kind.packed(
        lambda("worker", handler: "index.handler", runtime: "nodejs22.x"), directory: path, files: .disk)
    }
  }

  @Test func `tells what the handler was probably to be`() throws {
    let folder = try TemporaryFolder(["worker/app.py": "1"])
    let path = folder.path
    let problem = #expect(throws: PropertyProblem.self) {
      try kind.packed(lambda("worker", handler: "ap.handler"), directory: path, files: .disk)
    }
    #expect(problem?.path == ["handler"])
    #expect(problem?.fix == "Did you mean \"app.handler\"?")
  }

  @Test func `must be there`() throws {
    let problem = #expect(throws: PropertyProblem.self) {
      try kind.packed(lambda("nowhere", handler: "a.b"), directory: "/nonexistent", files: .disk)
    }
    #expect(problem?.path == ["code"])
    #expect(problem?.detail == "nowhere is neither a folder nor a zip or jar file.")
  }

  @Test func `may stand in the stack file for Python and Node only`() throws {
    let source: Value = ["zipFile": "handler"]
    #expect(throws: Never.self) {
      try kind.packed(lambda(source, handler: "index.handler"), directory: ".", files: .disk)
    }
    #expect(throws: PropertyProblem.self) {
      try kind.packed(lambda(source, handler: "app.handler"), directory: ".", files: .disk)
    }
    #expect(throws: PropertyProblem.self) {
      try kind.packed(
        lambda(source, handler: "index.handler", runtime: "java21"), directory: ".", files: .disk)
    }
  }
}
