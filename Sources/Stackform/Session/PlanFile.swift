import Planner
import Providers

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A saved plan: the resolved stack with its artifacts, and the plan that was shown.
///
/// Applying a plan file plans the saved stack again, and goes ahead only if that gives the same plan.
/// Otherwise the error names what changed meanwhile. So a stale plan file is refused. (Who can write the file
/// can write another plan: it is not signed.)
struct PlanFile: Codable {
  static let currentVersion = 5

  var stackformPlan = PlanFile.currentVersion
  var plan: Plan
  var resources: [Resource]
  var outputs: [Output]
  var artifacts: [String: Artifact]
  var targets: [String]
  var excludes: [String]
  var replaces: [String]
  var adopts: [String]
  /// The release draft of the apply: its files are those of the plan, even if they were changed meanwhile.
  var release: PlannedRelease?
  /// Of a stack that holds secrets the file has no resolved resource: its release's files are resolved again, with the
  /// secrets given again, and the plan is compared by fingerprints with this salt. nil for all others.
  var salt: String?

  init(
    _ planned: Pipeline.Planned, options: PlanOptions, release draft: ReleaseDraft?
  ) throws(Diagnostic) {
    plan = planned.plan
    targets = options.targets
    excludes = options.excludes
    replaces = options.replaces
    adopts = options.adopts
    // What held a secret at the last apply may be live, whatever the file says now.
    let heldSecrets = planned.ledger.records.values.contains { !($0.secrets ?? $0.declared).isEmpty }
    guard planned.stack.holdsSecrets || heldSecrets else {
      release = draft.map { PlannedRelease($0) }
      (resources, outputs) = (planned.stack.resources, planned.stack.outputs)
      artifacts = planned.stack.artifacts
      return
    }
    let salt = UUID().uuidString
    self.salt = salt
    (resources, outputs, artifacts) = ([], [], [:])
    guard let draft else {
      throw Diagnostic(
        "The plan can't be saved",
        "It holds secrets, and the files that they could be given to again are not known.",
        fix: "Apply without a plan file: stackform apply shows the same plan and asks.")
    }
    release = PlannedRelease(draft, fingerprint: Fingerprinter(salt: salt))
    plan = sealed(planned)
  }

  /// The plan as the file has it: of secrets, fingerprints.
  private func sealed(_ planned: Pipeline.Planned) -> Plan {
    guard let salt else { return planned.plan }
    return planned.plan.sealed(
      by: Fingerprinter(salt: salt), registry: AWSKinds.registry, records: planned.ledger.records,
      texts: planned.stack.secretTexts)
  }

  var options: PlanOptions {
    var options = PlanOptions()
    options.isDestroy = plan.isDestroy
    options.targets = targets
    options.excludes = excludes
    options.replaces = replaces
    options.adopts = adopts
    return options
  }

  var stack: Stack {
    Stack(name: plan.stack, target: plan.target, resources: resources, outputs: outputs, artifacts: artifacts)
  }

  func save(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard Platform.writePrivately(Array(try encoder.encode(self)), to: path) else {
      throw Diagnostic(
        "Cannot write the plan file", "\(path) can't be written.", fix: "Is its folder there, and writable?")
    }
  }

  /// The largest plan that is read: the code of its lambdas is in it.
  private static let largest = 1 << 30

  /// The plan in a file; nil when the file is something else (a stack).
  static func load(ifPlan path: String) throws(Diagnostic) -> PlanFile? {
    guard FileReader.disk.entry(path) == .file else { return nil }
    let data: Data
    do throws(FileReader.Failure) {
      data = Data(try DiskFile.bytes(of: path, atMost: largest))
    } catch {
      throw Diagnostic("Unreadable plan file", "\(path) \(error.reason).")
    }
    guard data.first == UInt8(ascii: "{") else { return nil }
    struct Head: Decodable { let stackformPlan: Int }
    guard let head = try? JSONDecoder().decode(Head.self, from: data) else { return nil }
    guard head.stackformPlan == currentVersion,
      let file = try? JSONDecoder().decode(PlanFile.self, from: data)
    else {
      throw Diagnostic(
        "Unreadable plan file", "\(path) was written by another version of Stackform, or is damaged.",
        fix: "Make the plan again: stackform plan --out \(path)")
    }
    return file
  }

  /// The plan must go where it was made for.
  func check(_ target: Target) throws(Diagnostic) {
    guard target.account == plan.target.account, target.region == plan.target.region,
      target.endpoint == plan.target.endpoint
    else {
      throw Diagnostic(
        "The plan is for another place",
        "it was made for \(plan.target.place), and this run goes to \(target.place).",
        fix: "Use the same profile, credentials and endpoint as for the plan.")
    }
  }

  /// Nothing that matters may have moved since.
  func check(_ now: Pipeline.Planned) throws(Diagnostics) {
    let moved = sealed(now).moves(since: plan)
    guard !moved.isEmpty else { return }
    throw Diagnostics(
      moved.map { address in
        Diagnostic(
          "The saved plan is stale",
          address.map { "\($0) is not as it was when the plan was made." }
            ?? "The live resources are not as they were when the plan was made.",
          address: address, fix: "Make the plan again, and look at it.")
      })
  }
}

extension Target {
  /// The place of a saved plan with what the profile says of it now.
  func `as`(_ now: Target) -> Target {
    var target = self
    target.profile = now.profile
    target.isProtected = now.isProtected
    target.caller = now.caller
    return target
  }

  /// For a sentence: `account 000000000000 in us-east-1 at http://localhost:4566`.
  var place: String { "account \(account ?? "unknown") in \(region) at \(endpoint ?? "AWS")" }
}

extension Stack {
  /// Whether a resolved value anywhere in it is a secret.
  fileprivate var holdsSecrets: Bool {
    resources.contains { !$0.secretPaths.isEmpty } || outputs.contains(where: \.isSecret)
  }
}
