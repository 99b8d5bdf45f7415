@testable import Planner

/// Two stacks in one cloud, and a process that may die at any write, before or behind it.
struct TwoStacks {
  let cloud: FakeCloud
  let shop: FakeLedgerStore
  let billing: FakeLedgerStore
  private let life: Life

  /// Counts the writes of a process, to the cloud and to ledgers, and says at which it dies.
  final class Life: Sendable {
    private struct State {
      var writes = 0
      var last = Int.max
      var isCarriedOut = false
    }

    private let state = Locked(State())

    /// What becomes of the process at its next write.
    func tick() -> FakeLedgerStore.Death {
      state.withLock { state in
        state.writes += 1
        if state.writes <= state.last { return .none }
        return state.isCarriedOut && state.writes == state.last + 1 ? .behind : .before
      }
    }

    func start(dyingAfter last: Int, isCarriedOut: Bool) {
      state.withLock { $0 = State(last: last, isCarriedOut: isCarriedOut) }
    }

    var writes: Int { state.withLock { $0.writes } }
  }

  init() {
    let life = Life()
    self.life = life
    cloud = FakeCloud()
    shop = FakeLedgerStore { life.tick() }
    billing = FakeLedgerStore { life.tick() }
  }

  var writes: Int { life.writes }

  /// A new process, which dies after so many writes: before the next one, or where `isCarriedOut` is set between that and
  /// its answer.
  func start(dyingAfter last: Int = .max, isCarriedOut: Bool = false) async {
    life.start(dyingAfter: last, isCarriedOut: isCarriedOut)
    await cloud.setFault { [life] _ in
      switch life.tick() {
      case .none: .none
      case .before: .killedBefore
      case .behind: .killedAfter
      }
    }
  }

  func pipeline(_ store: FakeLedgerStore) -> Pipeline {
    Pipeline(
      registry: fakeRegistry, reader: cloud, store: store, newSalt: { "salt" },
      fingerprinter: fakeFingerprinter)
  }

  func wanted(_ name: String, _ resources: [Resource]) -> Stack {
    Stack(name: name, target: fakeTarget, resources: resources)
  }

  @discardableResult
  func apply(
    _ stack: Stack, _ store: FakeLedgerStore, _ options: PlanOptions = PlanOptions(),
    release: ReleaseDraft? = nil
  ) async throws -> ExecutionSummary {
    let pipeline = pipeline(store)
    let planned = try await pipeline.plan(stack, options: options)
    return try await pipeline.apply(
      planned, release: release, writer: cloud, width: 1, stop: StopRequest()
    ) { _ in }
  }

  /// What a stack with an empty file would destroy; nil where there is no plan.
  func destroyed(_ name: String, _ store: FakeLedgerStore) async -> [String]? {
    let planned = try? await pipeline(store).plan(wanted(name, []), options: PlanOptions())
    return planned?.plan.symbols.filter { $0.hasPrefix("- ") }
  }

  /// The addresses of a ledger, with a mark at those that are on their way.
  func records(_ store: FakeLedgerStore) async -> [String]? {
    await store.stored?.ledger.records.sorted { $0.key < $1.key }
      .map { $0.key.description + ($0.value.handover == nil ? "" : "…") }
  }

  var run: RunDraft {
    RunDraft(
      command: "stackform move", author: ReleaseAuthor(user: "ada", host: "engine"), time: "now",
      token: "abcd")
  }

  func mover() -> StackMover {
    StackMover(pipeline(shop), to: billing, place: fakeTarget, writer: cloud)
  }

  func move(_ patterns: [String], as address: Address? = nil, isBack: Bool = false) async throws {
    let mover =
      isBack ? StackMover(pipeline(billing), to: shop, place: fakeTarget, writer: cloud) : mover()
    let (source, target) = isBack ? ("billing", "shop") : ("shop", "billing")
    let move = try await mover.plan(patterns, as: address, from: source, to: target)
    try await mover.carryOut(move, run: run) { true }
  }

  func rename() async throws {
    let renamer = StackRenamer(pipeline(shop), to: billing, place: fakeTarget, writer: cloud)
    let rename = try await renamer.plan(from: "shop", to: "billing")
    try await renamer.carryOut(rename, run: run, isLockHeld: { true }) { () throws(Diagnostics) in }
  }

  func owner(_ id: String) async -> Owner? { await cloud.items["things/\(id)"]?.owner }
}

/// What a test is told of an error.
func summaries(_ work: () async throws -> Void) async -> [String] {
  do {
    try await work()
    return []
  } catch let error as Diagnostics {
    return error.items.map(\.summary)
  } catch {
    return ["\(error)"]
  }
}
