@testable import Planner

/// A cloud, a ledger and the pipeline between them.
struct FakeWorld {
  let cloud: FakeCloud
  let store: FakeLedgerStore
  let pipeline: Pipeline

  init(
    tagsAtCreation: Bool = true, isAWS: Bool = false,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    let cloud = FakeCloud(tagsAtCreation: tagsAtCreation)
    self.cloud = cloud
    store = FakeLedgerStore { await cloud.died ? .before : .none }
    pipeline = Pipeline(
      registry: fakeRegistry, reader: cloud, store: store, newSalt: { "salt" },
      fingerprinter: fakeFingerprinter, learnsWhatIsNotReturned: !isAWS, now: now)
  }

  func plan(_ stack: Stack, _ options: PlanOptions = PlanOptions()) async throws -> Plan {
    try await pipeline.plan(stack, options: options).plan
  }

  @discardableResult
  func apply(
    _ stack: Stack, _ options: PlanOptions = PlanOptions(), release: ReleaseDraft? = nil, width: Int = 4,
    stop: StopRequest = StopRequest()
  ) async throws -> ExecutionSummary {
    let planned = try await pipeline.plan(stack, options: options)
    return try await pipeline.apply(planned, release: release, writer: cloud, width: width, stop: stop) { _ in
    }
  }

  func destroy(_ stack: Stack) async throws -> ExecutionSummary {
    var options = PlanOptions()
    options.isDestroy = true
    return try await apply(stack, options)
  }
}

extension Plan {
  /// `+ things.a`, in order, for what is not kept.
  var symbols: [String] {
    changes.compactMap { change in
      switch change.action {
      case .keep: nil
      case .cleanUp: "-- \(change.address)"
      case .create: "+ \(change.address)"
      case .update: "~ \(change.address)"
      case .replace(let createFirst): (createFirst ? "+/- " : "-/+ ") + change.address.description
      case .delete: "- \(change.address)"
      case .adopt: "<= \(change.address)"
      case .forget: ". \(change.address)"
      }
    }
  }

  func change(_ address: String) -> ResourceChange? { changes.first { $0.address.description == address } }
}
