import Testing

@testable import Planner

/// What an apply's result says of each step that was not carried out, and of what nobody could check.
@Suite struct StepFailureTests {
  private let world = FakeWorld()
  private let throttled = ProviderError(
    .throttled, code: "ThrottlingException", message: "slow down", operation: "things:Create", status: 400
  ).after(attempts: 12, in: .seconds(118), isAmbiguous: false)
  private let denied = ProviderError(
    .denied, message: "you may not look", operation: "things:Get", status: 403)

  /// Things that stand one a line, from line 3 on.
  private func filed(_ resources: [Resource]) -> Stack {
    let lines = resources.map { "  \($0.address.name): {}" }
    let source = SourceText(
      name: "stack.yaml", text: "stack: test\nthings:\n" + lines.joined(separator: "\n"))
    var stack = stack(resources)
    for (index, resource) in resources.enumerated() {
      let span = SourceSpan(source: source, line: 3 + index, column: 6, endLine: 3 + index, endColumn: 8)
      stack.places[resource.address] = YAMLNode(content: .mapping([]), span: span)
    }
    return stack
  }

  @Test func `A failure has its place in the file, its attempts and how long they took`() async throws {
    await world.cloud.setFault { [throttled] in $0 == 1 ? .error(throttled) : .none }
    let summary = try await world.apply(filed([thing("a"), thing("b"), thing("c", needs: ["b"])]), width: 1)
    let failure = try #require(summary.failures.first)
    #expect(failure.step.address.name == "b")
    #expect(failure.place?.line == 4)
    #expect(failure.error.attempts == 12 && failure.error.lasted == .seconds(118))
    #expect(failure.error.effort == "12 times in 118 s")
    #expect(failure.certainty == .refused)
    #expect(summary.skipped.first?.place?.line == 5)
    #expect(summary.mostAtOnce == 1)
  }

  @Test func `A skipped step names what it needs and the failure at the end of the chain`() async throws {
    await world.cloud.setFault { $0 == 1 ? .invalid : .none }
    let wanted = stack([thing("a"), thing("b", needs: ["a"]), thing("c", needs: ["b"]), thing("d")])
    let summary = try await world.apply(wanted, width: 1)
    #expect(summary.skipped.map(\.step.address.name) == ["b", "c"])
    #expect(summary.skipped.map(\.cause.address.name) == ["a", "b"])
    #expect(summary.skipped.map(\.root.address.name) == ["a", "a"])
  }

  @Test func `Of two failures each skipped step names its own`() async throws {
    await world.cloud.setFault { $0 <= 2 ? .invalid : .none }
    let wanted = stack([thing("a"), thing("b"), thing("c", needs: ["a"]), thing("d", needs: ["b"])])
    let summary = try await world.apply(wanted, width: 1)
    let roots = Dictionary(
      uniqueKeysWithValues: summary.skipped.map { ($0.step.address.name, $0.root.address.name) })
    #expect(roots == ["c": "a", "d": "b"])
  }

  @Test func `The attempts of all tries of a step add up`() async throws {
    let failed = ProviderError(.server, message: "oops", operation: "things:Create", status: 500)
      .after(attempts: 5, in: .seconds(2), isAmbiguous: true)
    await world.cloud.setFault { _ in .error(failed) }
    let summary = try await world.apply(stack([thing("a")]))
    #expect(summary.failures.map(\.error.attempts) == [20])
    #expect(summary.failures.map(\.error.lasted) == [.seconds(8)])
    #expect(summary.failures.map(\.certainty) == [.unknown])
  }

  @Test func `A deletion whose first answer was lost is not reported as never sent`() async throws {
    try await world.apply(stack([thing("a"), thing("b")]))
    let gone = ProviderError(
      .unreachable, message: "nothing answers", operation: "things:Delete", neverSent: true)
    let lost = ProviderError(.unreachable, message: "no answer", operation: "things:Delete")
    await world.cloud.setFault { $0 == 1 ? .error(lost) : .error(gone) }
    let summary = try await world.apply(stack([]), width: 1)
    #expect(summary.failures.map(\.error.attempts) == [2, 1])
    #expect(summary.failures.map(\.certainty) == [.unknown, .neverSent])
  }

  @Test func `A key that expired is told of once, not of each resource that can't be read`() async throws {
    let expired = ProviderError(
      .unauthenticated, code: "ExpiredTokenException", message: "expired", operation: "things:Read",
      status: 403)
    for name in ["a", "b"] { await world.cloud.hide(Address("things", name), expired) }
    let error = await #expect(throws: Diagnostics.self) {
      try await world.plan(stack([thing("a"), thing("b"), thing("c")]))
    }
    #expect(error?.items == [Diagnostic(expired)])
  }

  @Test func `When a lost answer can't be looked into, the failure is the write's`() async throws {
    let lost = ProviderError(.unreachable, message: "no answer", operation: "things:Create")
    await world.cloud.setFault { _ in .error(lost) }
    let planned = try await world.pipeline.plan(stack([thing("a")]), options: PlanOptions())
    await world.cloud.hide(Address("things", "a"), denied)
    let summary = try await world.pipeline.apply(
      planned, writer: world.cloud, width: 1, stop: StopRequest()
    ) { _ in }
    #expect(
      summary.failures.map(\.error) == [lost.after(attempts: 1, in: .zero, isAmbiguous: true)])
  }

  @Test func `What can't be read again is reported with what it stands for, and is no failure`() async throws
  {
    let wanted = stack(["a", "b", "c"].map { thing($0, ["size": 5]) } + [thing("d", ["size": 6])])
    let planned = try await world.pipeline.plan(wanted, options: PlanOptions())
    await world.cloud.hide(Address("things", "a"), denied)
    let summary = try await world.pipeline.apply(
      planned, writer: world.cloud, width: 1, stop: StopRequest()
    ) { _ in }
    #expect(summary.isSuccess && summary.added == 4)
    #expect(summary.notReread.map(\.address.name) == ["a"])
    #expect(summary.notReread.map(\.error) == [denied])
    #expect(summary.notReread.map { $0.alike.map(\.name) } == [["b", "c"]])
  }

  @Test func `A resource that the endpoint does not find again is a failure`() async throws {
    await world.cloud.forgetCreations()
    let summary = try await world.apply(stack([thing("a")]))
    #expect(summary.added == 0 && summary.notReread.isEmpty)
    #expect(summary.failures.map(\.error.kind) == [.notCarriedOut])
  }

  @Test func `When the ledger can't be written at the end, the result still has every step`() async throws {
    await world.cloud.setFault { $0 == 2 ? .killedAfter : .none }
    let summary = try await world.apply(stack([thing("a"), thing("b"), thing("c")]), width: 1)
    #expect(summary.added == 1 && summary.failures.count == 2)
    #expect(summary.release == nil && !summary.isSuccess)
    guard case .provider(let error) = summary.unrecorded else {
      Issue.record("the ledger's failure is missing")
      return
    }
    #expect(error.kind == .unreachable)
  }
}
