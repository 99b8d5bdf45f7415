import Foundation
import Planner

/// Pythons that have boto3 loaded and run one script after another: loading it anew takes half a second each time.
final class PythonWorkers: Sendable {
  static let shared = PythonWorkers()

  struct Failed: Error, CustomStringConvertible {
    let output: String
    var description: String { output }
  }

  private let idle = Locked<[Worker]>([])

  /// Runs the script with the variables in a worker that has nothing to do, or in a new one. Returns what it printed.
  /// - Throws: `Failed` with what it printed and its traceback.
  func run(_ script: String, _ variables: [String: String], python: String) async throws -> String {
    let worker = try idle.withLock { $0.popLast() } ?? Worker(python)
    let answer = try await worker.ask(Question(script: script, variables: variables))
    idle.withLock { $0.append(worker) }
    guard answer.ok else { throw Failed(output: answer.output) }
    return answer.output
  }

  private struct Question: Encodable {
    let script: String
    let variables: [String: String]
  }

  private struct Answer: Decodable {
    let ok: Bool
    let output: String
  }

  /// One process, which reads a question a line and ends when nobody can ask any more.
  private struct Worker: @unchecked Sendable {
    private let questions: FileHandle
    private let answers: FileHandle

    init(_ python: String) throws {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: python)
      process.arguments = ["-c", Worker.program]
      let input = Pipe()
      let output = Pipe()
      process.standardInput = input
      process.standardOutput = output
      try process.run()
      questions = input.fileHandleForWriting
      answers = output.fileHandleForReading
    }

    /// Waits on a thread of its own: tests share as many threads as there are cores, and a script may take seconds.
    func ask(_ question: Question) async throws -> Answer {
      try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try self.answer(question) }) }
      }
    }

    private func answer(_ question: Question) throws -> Answer {
      try questions.write(contentsOf: JSONEncoder().encode(question) + Data("\n".utf8))
      var line = Data()
      while line.last != 10 {
        let more = answers.availableData
        if more.isEmpty { throw Failed(output: "the worker has ended") }
        line += more
      }
      return try JSONDecoder().decode(Answer.self, from: line)
    }

    private static let program = """
      import contextlib, functools, io, json, sys, textwrap, traceback
      import boto3

      # One session: each reads the description of a service anew, which takes half a second.
      session = boto3.session.Session(region_name="us-east-1")

      @functools.lru_cache(maxsize=64)
      def make(service, endpoint, account, region):
          return session.client(
              service, region_name=region, endpoint_url=endpoint, aws_access_key_id=account,
              aws_secret_access_key="secret")

      def answer(question):
          names = dict(question["variables"], json=json, boto3=boto3)
          names["client"] = lambda service: make(service, names["endpoint"], names["account"], names["region"])
          output = io.StringIO()
          try:
              with contextlib.redirect_stdout(output):
                  exec(textwrap.dedent(question["script"]), names)
              return {"ok": True, "output": output.getvalue()}
          except Exception:
              return {"ok": False, "output": output.getvalue() + traceback.format_exc()}

      for line in sys.stdin:
          print(json.dumps(answer(json.loads(line))), flush=True)
      """
  }
}
