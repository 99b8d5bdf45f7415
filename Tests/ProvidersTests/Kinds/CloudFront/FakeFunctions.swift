import Planner

@testable import Providers

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// CloudFront with one function, as its API reference has it: two stages, and versions that calls must name.
actor FakeFunctions: RequestSender {
  struct Stage: Equatable {
    var code: String
    var config: Value
  }

  private(set) var development: Stage?
  private(set) var live: Stage?
  private(set) var operations: [String] = []
  private(set) var bodies: [String: String] = [:]
  private var version = 1
  /// What somebody does right before the next call of that name.
  private var meddling: (operation: String, work: (inout Stage) -> Void)?
  /// What the next descriptions tell in place of what is there.
  private var late: [Stage?] = []
  /// The operation whose next answer is lost after it was carried out.
  private var lost: String?

  init(_ development: Stage?, live: Stage? = nil) {
    self.development = development
    self.live = live
  }

  func before(_ operation: String, _ work: @escaping @Sendable (inout Stage) -> Void) {
    meddling = (operation, work)
  }

  func tellLate(_ stages: [Stage?]) { late = stages }

  func lose(_ operation: String) { lost = operation }

  func send(_ request: AWSRequest) async throws(ProviderError) -> AWSResponse {
    operations.append(request.operation)
    if case .bytes(let body, _) = request.body {
      bodies[request.operation] = String(decoding: body, as: UTF8.self)
    }
    if meddling?.operation == request.operation, var stage = development {
      meddling?.work(&stage)
      (development, meddling, version) = (stage, nil, version + 1)
    }
    let answer = try carryOut(request)
    guard lost == request.operation else { return answer }
    lost = nil
    throw ProviderError(.server, message: "lost", operation: "cloudfront:\(request.operation)", status: 500)
  }

  private func carryOut(_ request: AWSRequest) throws(ProviderError) -> AWSResponse {
    let isLive = request.query.contains { $0.name == "Stage" && $0.value == "LIVE" }
    switch request.operation {
    case "DescribeFunction"
    where operations.contains { $0.hasPrefix("Create") || $0.hasPrefix("Update") } && !late.isEmpty:
      return try answer(late.removeFirst()) { _ in Data() }
    case "DescribeFunction": return try answer(isLive ? live : development) { _ in Data() }
    case "GetFunction": return try answer(isLive ? live : development) { Data($0.code.utf8) }
    case "CreateFunction": development = try stage(in: request)
    case "UpdateFunction":
      try check(request)
      development = try stage(in: request)
      version += 1
    case "PublishFunction":
      try check(request)
      live = development
    case "DeleteFunction":
      try check(request)
      development = nil
      return AWSResponse(status: 204)
    default: return AWSResponse(status: 200, value: ["Items": ""])
    }
    return try answer(development) { _ in Data() }
  }

  private func answer(
    _ stage: Stage?, _ body: (Stage) -> Data
  ) throws(ProviderError) -> AWSResponse {
    guard let stage else { throw ProviderError(.notFound, message: "no function", status: 404) }
    return AWSResponse(
      status: 200, headers: ["etag": "E\(version)"], body: body(stage),
      value: ["Name": "rewrite", "FunctionConfig": stage.config])
  }

  private func check(_ request: AWSRequest) throws(ProviderError) {
    guard request.headers["If-Match"] == "E\(version)" else {
      throw ProviderError(
        .preconditionFailed, code: "PreconditionFailed", message: "another version",
        operation: "cloudfront:\(request.operation)", status: 412)
    }
  }

  /// What a document says of a stage.
  private func stage(in request: AWSRequest) throws(ProviderError) -> Stage {
    guard case .bytes(let body, _) = request.body, let document = try? XMLReader.read(body),
      let code = document.content["FunctionCode"]?.string.flatMap({ Data(base64Encoded: $0) })
    else { throw ProviderError(.invalid, message: "no document", status: 400) }
    return Stage(
      code: String(decoding: code, as: UTF8.self), config: document.content["FunctionConfig"] ?? .null)
  }

  nonisolated var writing: WritingClient {
    WritingClient(
      target: Target(account: "111111111111", region: "eu-west-1", endpoint: "http://localhost:4566"),
      sender: self)
  }
}
