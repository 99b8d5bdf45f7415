import Planner
import Providers

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Asks all gates of a target at the same time. Only commands run one after the other, for they may share a
/// port or a file.
struct GateRun: Sendable {
  let promotion: Promotion
  let context: CommandContext
  /// Whether the user asked to stop: commands are ended then.
  let isStopping: @Sendable () -> Bool

  /// The outcome of every gate, in the order of the file. A gate that can't be asked has failed, and does not
  /// throw.
  func reports() async -> [GateReport] {
    let gates = promotion.to.profile.gates
    return await withTaskGroup(of: [(Int, GateReport)].self) { group in
      let commands = gates.enumerated().filter { if case .run = $0.element { true } else { false } }
      group.addTask {
        var reports: [(Int, GateReport)] = []
        for (index, gate) in commands { reports.append((index, await timed(gate))) }
        return reports
      }
      for (index, gate) in gates.enumerated() where !commands.contains(where: { $0.offset == index }) {
        group.addTask { [(index, await timed(gate))] }
      }
      var found: [Int: GateReport] = [:]
      for await part in group { for (index, report) in part { found[index] = report } }
      return gates.indices.compactMap { found[$0] }
    }
  }

  private func timed(_ gate: Gate) async -> GateReport {
    let start = ContinuousClock.now
    var report: GateReport
    do {
      report = try await self.report(gate)
    } catch {
      let problem = Diagnostics(error).items.first
      report = GateReport(gate, .failed, problem?.detail ?? "\(error)", fix: problem?.fix)
    }
    report.seconds = (ContinuousClock.now - start) / .seconds(1)
    report.detail = context.redaction(report.detail)
    return report
  }

  private func report(_ gate: Gate) async throws -> GateReport {
    switch gate {
    case .inSync: return try await inSync()
    case .alarmsOk: return try await alarmsOk()
    case .run(let command): return try await run(command)
    case .soak(let seconds): return try await soak(seconds)
    case .approval(let rule):
      let names = promotion.release.approvals.filter { $0.profile == promotion.to.profile.name }
        .map(\.author.user)
      return GateRules.approval(rule, given: names, command: promotion.approveLine)
    case .verified(let name):
      let tests = promotion.release.verifications.map {
        GateRules.Test(name: $0.test ?? "", isSuccess: $0.isSuccess ?? false, time: $0.time)
      }
      return GateRules.verified(name: name, by: tests, command: promotion.verifyLine(name))
    }
  }

  // MARK: In sync

  private func inSync() async throws -> GateReport {
    let source = try await promotion.sourceDrift()
    let overrun = try await promotion.overrun()
    let (from, to) = (promotion.from.opened.profile.name, promotion.to.profile.name)
    guard source.isEmpty, overrun.isEmpty else {
      var parts: [String] = []
      var fixes: [String] = []
      if !source.isEmpty {
        parts.append("\(from) is not what its release made: \(Self.words(source.changes))")
        fixes.append(source.advice(in: from))
      }
      if !overrun.isEmpty {
        parts.append("\(to) was changed by hand, and this would run over it: \(Self.words(overrun))")
        fixes.append("put \(to) back to its own release, or take the change into the stack")
      }
      let fix = fixes.joined(separator: "; ")
      return GateReport(
        .inSync, .closed, parts.joined(separator: "; "),
        fix: fix.prefix(1).uppercased() + fix.dropFirst() + ".")
    }
    var detail = "\(from) is what its release #\(promotion.release.number) made"
    if let number = promotion.targetNumber {
      detail += ", and \(to) what its #\(number) made"
    } else {
      detail += "; \(to) has no release yet"
    }
    if !source.left.isEmpty {
      let shown = source.left.prefix(5).map(\.description).joined(separator: ", ")
      let more = source.left.count > 5 ? " and \(source.left.count - 5) more" : ""
      detail += "; moved or forgotten since: \(shown)\(more)"
    }
    if !source.unknown.isEmpty {
      detail += " (not reported by the endpoint: \(source.unknown.joined(separator: ", ")))"
    }
    return GateReport(.inSync, .open, detail)
  }

  private static func words(_ changes: [ResourceChange]) -> String {
    let shown = changes.prefix(5).map(\.driftWords).joined(separator: "; ")
    return shown + (changes.count > 5 ? "; and \(changes.count - 5) more" : "")
  }

  // MARK: Alarms

  private func alarmsOk() async throws -> GateReport {
    let names = promotion.alarmNames
    let from = promotion.from.opened.profile.name
    guard !names.isEmpty else { return GateReport(.alarmsOk, .open, "the stack has no alarms") }
    let states = try await AlarmStates.read(
      names, ReadingClient(target: promotion.from.opened.target, sender: promotion.from.opened.client))
    let missing = names.filter { states[$0] == nil }
    let ringing = names.filter { states[$0]?.value == "ALARM" }
    guard ringing.isEmpty, missing.isEmpty else {
      let words =
        ringing.map { name in
          let reason = states[name]?.reason ?? ""
          return "\(name) is in ALARM" + (reason.isEmpty ? "" : ": \(reason)")
        }
        + missing.map { "\($0) is not there" }
      return GateReport(
        .alarmsOk, .closed, words.joined(separator: "; "),
        fix: "Fix the cause in \(from), then promote again.")
    }
    let silent = names.count { states[$0]?.value != "OK" }
    let ok = names.count - silent
    return GateReport(.alarmsOk, .open, "\(ok) OK" + (silent == 0 ? "" : ", \(silent) without data yet"))
  }

  // MARK: Soak

  private func soak(_ wanted: Int) async throws -> GateReport {
    let since = promotion.release.time
    // By the clock of the endpoint that dated the release: it has answered before.
    let now = Int(promotion.from.opened.client.time.timeIntervalSince1970)
    let start = (try? Date(since, strategy: .iso8601)).map { Int($0.timeIntervalSince1970) }
    // Clocks differ by seconds without anybody's fault.
    let age = start.map { now - $0 }.map { (-60..<0).contains($0) ? 0 : $0 }
    return GateRules.soak(wanted, since: since, age: age, source: promotion.from.opened.profile.name)
  }

  // MARK: Commands

  private func run(_ command: GateCommand) async throws -> GateReport {
    let outputs = try await promotion.sourceOutputs()
    let environment = ReleaseCommandEnvironment(
      promotion.from, outputs: outputs, target: promotion.to.profile.name, caller: context.environment)
    let end = await Platform.run(
      GuardedProgram(
        words: ["/bin/sh", "-c", environment.variables.shellText(command.template)],
        environment: environment.all, folder: promotion.route.folder, limit: .seconds(command.limit)),
      isStopping: isStopping)
    // A command that prints its environment prints the caller's keys; an emulator's are words.
    let keys = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"].compactMap { context.environment[$0] }
    context.redaction.add(keys.filter { $0.count >= 16 })
    let output = context.redaction(end.output.text)
    let detail =
      end.reason == .outOfTime
      ? "took longer than \(DurationText.words(command.limit)) and was ended" : end.words
    return GateReport(
      .run(command), end.isSuccess ? .open : .closed, detail,
      fix: end.isSuccess || end.reason == .stopped
        ? nil : "Fix what it found, in \(promotion.from.opened.profile.name).",
      output: output)
  }
}

extension ReleaseDrift {
  /// What to do about it, as a part of a sentence: what was accepted into the file needs a release.
  func advice(in profile: String) -> String {
    let command = "stackform apply --profile \(profile)"
    guard !accepted.isEmpty else { return "put it right (\(command))" }
    let (shown, more) = (accepted.prefix(5).joined(separator: ", "), accepted.count - 5)
    return "make a release (\(command)) and promote that: only the file has \(shown)"
      + (more > 0 ? " and \(more) more" : "")
  }
}
