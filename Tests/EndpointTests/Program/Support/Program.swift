import Foundation
import Synchronization
import Testing

/// The binary itself, run as a user runs it.
enum Program {
  /// What `scripts/test` names, else what the last build left.
  static let binary: URL = {
    if let path = ProcessInfo.processInfo.environment["STACKFORM"] { return URL(fileURLWithPath: path) }
    return checkout.appendingPathComponent(".build/debug/stackform")
  }()

  static let checkout = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// How one run ended.
  struct Result: Sendable, CustomStringConvertible {
    var arguments: [String]
    /// The exit code, or the negated signal.
    var code: Int32
    var output: String
    var errors: String
    var peakKilobytes = 0

    var everything: String { output + errors }
    var description: String { "stackform \(arguments.joined(separator: " ")) -> \(code)\n\(output)\(errors)" }
  }

  /// How many programs run at one time: tests are many, cores are few.
  static let slots = Slots(4)
}

/// A run under way.
final class ProgramRun: Sendable {
  private let ended: Task<Spawn.End, Never>
  private let files: (output: URL, errors: URL)
  private let arguments: [String]
  let identifier: Int32

  /// Starts it. An open terminal is for all three standard files; without one there is no input.
  init(
    _ arguments: [String], of program: URL = Program.binary, in folder: URL, environment: [String: String],
    terminal: Int32? = nil
  ) throws {
    let name = UUID().uuidString
    files = (folder.appendingPathComponent(".\(name).out"), folder.appendingPathComponent(".\(name).err"))
    self.arguments = arguments
    let identifier = try Spawn.start(
      [program.path] + arguments, in: folder.path, environment: environment, files: files, terminal: terminal)
    self.identifier = identifier
    let (codes, code) = AsyncStream.makeStream(of: Spawn.End.self)
    Thread.detachNewThread {
      code.yield(Spawn.wait(identifier))
      code.finish()
    }
    ended = Task {
      for await code in codes { return code }
      return Spawn.End(code: Int32.min, peakKilobytes: 0)
    }
  }

  func signal(_ number: Int32) { kill(identifier, number) }

  /// What it has written so far.
  var text: String { read(files.output) + read(files.errors) }

  func result() async -> Program.Result {
    let end = await ended.value
    defer { for file in [files.output, files.errors] { try? FileManager.default.removeItem(at: file) } }
    return Program.Result(
      arguments: arguments, code: end.code, output: read(files.output), errors: read(files.errors),
      peakKilobytes: end.peakKilobytes)
  }

  private func read(_ file: URL) -> String { (try? String(contentsOf: file, encoding: .utf8)) ?? "" }
}

/// Lets so many in at a time.
actor Slots {
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ count: Int) { free = count }

  nonisolated func with<Result: Sendable>(_ work: () async throws -> Result) async rethrows -> Result {
    await take()
    do {
      let result = try await work()
      await giveBack()
      return result
    } catch {
      await giveBack()
      throw error
    }
  }

  private func take() async {
    if free > 0 { free -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
  }

  private func giveBack() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}

extension Workplace {
  /// Runs the program to its end.
  @discardableResult
  func run(_ arguments: String..., variables: [String: String] = [:]) async throws -> Program.Result {
    try await run(arguments, variables: variables)
  }

  func run(_ arguments: [String], variables: [String: String] = [:]) async throws -> Program.Result {
    try await Program.slots.with { try await start(arguments, variables: variables).result() }
  }

  /// Starts the program and does not wait for it.
  func start(_ arguments: [String], variables: [String: String] = [:], terminal: Int32? = nil) throws
    -> ProgramRun
  {
    try ProgramRun(
      arguments, in: folder, environment: environment.merging(variables) { $1 }, terminal: terminal)
  }

  /// Runs it, and demands its exit code.
  @discardableResult
  func expect(
    _ code: Int32, _ arguments: String..., variables: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Program.Result {
    let result = try await run(arguments, variables: variables)
    #expect(result.code == code, "\(result)", sourceLocation: sourceLocation)
    return result
  }
}
