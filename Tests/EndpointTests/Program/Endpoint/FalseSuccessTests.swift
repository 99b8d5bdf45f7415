import Foundation
import Planner
import Providers
import TestSupport
import Testing

/// A success that proves nothing: to every writing request of a wide stack an answer of 200 that is none of the
/// operation's, once with the request carried out and once without. No run says that it is done when it is not, none
/// takes a write that was not carried out for a property that the endpoint does not return, and the next one puts all
/// right.
///
/// `STACKFORM_TEST_SWEEP=all` looks at every request in turn, and prints a table; `=60` looks at so many in each
/// phase; else at few, chosen by the seed.
@Suite(.enabled(if: TestEndpoint.ministack.url != nil && TestEndpoint.python != nil)) struct FalseSuccessTests
{
  private static let sweep = ProcessInfo.processInfo.environment["STACKFORM_TEST_SWEEP"]
  /// In each phase.
  private static let chosen = sweep == "all" ? Int.max : sweep.flatMap { Int($0) } ?? 12

  @Test func `No answer of success is believed by its status, and the next run converges`() async throws {
    let model = try await model()
    var random = SeededRandom(seed: CrashTests.seed)
    let lies = model.forms.mapValues { forms in
      let all = forms.flatMap { form in
        Lie.Answer.allCases.flatMap { answer in
          [true, false].map { Lie(request: form, answer: answer, isCarriedOut: $0) }
        }
      }
      return Array(all.shuffled(using: &random).prefix(Self.chosen))
    }
    for phase in SweepPhase.allCases { try #require(lies[phase]?.isEmpty == false, "\(phase)") }
    let most = lies.values.map(\.count).max() ?? 0
    let places = try (0..<most).map { _ in try Workplace(.ministack) }
    defer { for place in places { place.remove() } }
    var outcomes: [SweepOutcome] = []
    for phase in SweepPhase.allCases {
      outcomes += try await run(phase, lies[phase] ?? [], in: places)
    }
    Tally.note(.answers, "answers of 200 that prove nothing", tried: outcomes.count)
    #expect(outcomes.count == lies.values.map(\.count).reduce(0, +))
    for index in outcomes.indices {
      let mistaken = outcomes[index].silent.subtracting(model.silent).sorted()
      if mistaken != [] {
        outcomes[index].faults.append("taken for silent: \(mistaken.joined(separator: ", "))")
      }
    }
    let left = try await Survey.of(places)
    for (index, place) in places.enumerated() {
      let told = SweepPhase.allCases.compactMap { phase in
        lies[phase].flatMap { $0.indices.contains(index) ? "\(phase): \($0[index])" : nil }
      }
      #expect(left[place.account.id] == [:], "left behind after \(told.joined(separator: "; "))")
    }
    if Self.sweep != nil { print(SweepOutcome.table(outcomes, leftovers: left.values.count { !$0.isEmpty })) }
    for outcome in outcomes { #expect(outcome.faults == [], "\(outcome)") }
  }

  /// What honest runs do.
  private struct Model {
    /// The writing requests of each phase, each form once; of the ledger and the lock twice.
    var forms: [SweepPhase: [ProxiedRequest.Form]] = [:]
    /// The properties that the endpoint takes and does not return, as `section.*.name`.
    var silent: Set<String> = []
  }

  private func model() async throws -> Model {
    let model = try Workplace(.ministack)
    defer { model.remove() }
    var honest = Model()
    var known: Set<ProxiedRequest.Form> = []
    for phase in SweepPhase.allCases {
      try model.write(phase.stack(model))
      model.proxy.passEverything()
      let result = try await model.expect(0, phase.command, "--auto-approve")
      honest.silent.formUnion(result.silentProperties)
      if phase != .destruction { honest.silent.formUnion(try await model.ledger().silentProperties) }
      var counts: [String: Int] = [:]
      for request in model.proxy.requests where request.isWrite {
        var form = request.form
        counts[form.name, default: 0] += 1
        form.occurrence = counts[form.name, default: 1]
        guard form.occurrence == 1 || form.occurrence == 2 && form.name.contains("/stacks/") else { continue }
        // What a creation sends, a change need not be tried with again. Deletions come last, and are all tried.
        if known.insert(form).inserted || phase == .destruction {
          honest.forms[phase, default: []].append(form)
        }
      }
    }
    return honest
  }

  private func run(
    _ phase: SweepPhase, _ lies: [Lie], in places: [Workplace]
  ) async throws -> [SweepOutcome] {
    var outcomes = try await withThrowingTaskGroup(of: SweepOutcome?.self) { group in
      for (index, place) in places.enumerated() {
        let lie = lies.indices.contains(index) ? lies[index] : nil
        group.addTask { try await run(phase, lie, in: place) }
      }
      return try await group.reduce(into: [SweepOutcome]()) { if let outcome = $1 { $0.append(outcome) } }
    }
    guard phase == .destruction else { return outcomes }
    // What a destruction leaves is seen only from outside: before the next one takes it.
    let left = try await Survey.of(places)
    for index in outcomes.indices where outcomes[index].code == 0 {
      if left[outcomes[index].account] != [:] { outcomes[index].faults.append("false complete") }
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for place in places where left[place.account.id] != [:] {
        group.addTask { try await place.expect(0, "destroy", "--auto-approve") }
      }
      try await group.waitForAll()
    }
    return outcomes
  }

  /// One run with a lie; after an apply an honest plan, and an honest apply where that run failed.
  private func run(_ phase: SweepPhase, _ lie: Lie?, in place: Workplace) async throws -> SweepOutcome? {
    try place.write(phase.stack(place))
    place.proxy.passEverything()
    let told = lie?.tell(by: place.proxy)
    let result = try await place.run(phase.command, "--auto-approve")
    place.proxy.passEverything()
    guard let lie, let told else {
      #expect(result.code == 0, "\(result)")
      return nil
    }
    var outcome = SweepOutcome(phase: phase, lie: lie, account: place.account.id, code: result.code)
    outcome.said = result.everything
    if told() != 1 { outcome.faults.append("told \(told()) times") }
    outcome.silent = result.silentProperties
    await outcome.look(at: place)
    guard phase != .destruction else { return outcome }
    outcome.isWarned = result.output.contains("The endpoint returns other values")
    if result.code != 0 || outcome.isWarned {
      let again = try await place.run("apply", "--auto-approve")
      if again.code != 0 { outcome.fail("not converged", again.everything) }
      outcome.silent.formUnion(again.silentProperties)
      await outcome.look(at: place)
    }
    let plan = try await place.run("plan", "--detailed-exitcode")
    if plan.code != 0 {
      let isDone = result.code == 0 && !outcome.isWarned
      outcome.fail(isDone ? "false complete" : "not converged", plan.everything)
      _ = try await place.run("apply", "--auto-approve")
    }
    return outcome
  }
}

/// What is done to the stack while one request is answered falsely.
private enum SweepPhase: String, CaseIterable, Sendable {
  case creation, change, destruction

  var command: String { self == .destruction ? "destroy" : "apply" }

  func stack(_ place: Workplace) -> String {
    Stacks.wide(account: place.account.id, isChanged: self != .creation)
  }
}

/// How a run with a false answer ended.
private struct SweepOutcome: Sendable, CustomStringConvertible {
  let phase: SweepPhase
  let lie: Lie
  let account: String
  /// The program's exit code.
  let code: Int32
  /// It said that it is done, and named what the endpoint gives back otherwise.
  var isWarned = false
  var said = ""
  /// The properties of which it learnt that the endpoint does not return them, as `section.*.name`.
  var silent: Set<String> = []
  /// What is wrong with it.
  var faults: [String] = []

  mutating func fail(_ fault: String, _ evidence: String) {
    faults.append(fault)
    said += "\n--- then ---\n" + evidence
  }

  /// Looks at what the ledger has.
  mutating func look(at place: Workplace) async {
    let ledger: Ledger
    do throws(LedgerError) {
      guard let stored = try await place.store().load() else {
        if code == 0, phase != .destruction { faults.append("no ledger") }
        return
      }
      ledger = stored.ledger
    } catch {
      fail("ledger can't be loaded", "\(error)")
      return
    }
    silent.formUnion(ledger.silentProperties)
    let identities = ledger.records.values.flatMap(\.identities)
    if identities.contains(where: { $0.id == "" || $0.name == "" }) { faults.append("empty id") }
  }

  var description: String { "\(phase), \(lie) -> \(code): \(faults)\n\(said)" }

  static func table(_ outcomes: [SweepOutcome], leftovers: Int) -> String {
    var lines = [
      "| | runs | recovered | failed, and said so | warned | false complete | empty id | not converged | taken for silent |"
    ]
    for phase in SweepPhase.allCases {
      for answer in Lie.Answer.allCases {
        for isCarriedOut in [true, false] {
          let runs = outcomes.filter {
            $0.phase == phase && $0.lie.answer == answer && $0.lie.isCarriedOut == isCarriedOut
          }
          let counts =
            [
              runs.count, runs.count { $0.code == 0 && !$0.isWarned }, runs.count { $0.code != 0 },
              runs.count { $0.isWarned },
            ]
            + ["false complete", "empty id", "not converged", "taken for silent"].map { fault in
              runs.count { $0.faults.contains { $0.hasPrefix(fault) } }
            }
          let name = "\(phase.rawValue), \(answer.rawValue), \(isCarriedOut ? "" : "not ")carried out"
          lines.append("| \(name) | \(counts.map(String.init).joined(separator: " | ")) |")
        }
      }
    }
    lines.append("\(outcomes.count) runs; something left behind in \(leftovers) accounts.")
    return lines.joined(separator: "\n")
  }
}

extension Program.Result {
  /// The properties under the warning that the endpoint does not return them, as `section.*.name`.
  fileprivate var silentProperties: Set<String> {
    guard let warning = output.range(of: "The endpoint does not return what it was sent") else { return [] }
    let lines = output[warning.upperBound...].matches(of: /- (\w+\.\*\.\w+):/)
    return Set(lines.map { String($0.1) })
  }
}

extension Ledger {
  /// The properties of which it notes that the endpoint does not return them, as `section.*.name`.
  fileprivate var silentProperties: Set<String> {
    Set(records.values.flatMap { record in (record.unreported ?? []).map { "\(record.section).*.\($0)" } })
  }
}
