import Planner

/// Something that an endpoint does or does not, found out once a run by trying it in earnest.
package actor EndpointHabit {
  private var verdict: Bool?
  private var isBeingTried = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  package init() {}

  /// The verdict; or nil for the one who shall try, and then has to tell by ``settle(_:)``. Everybody else waits for that.
  package func verdictOrTurn() async -> Bool? {
    while verdict == nil, isBeingTried { await withCheckedContinuation { waiting.append($0) } }
    if verdict == nil { isBeingTried = true }
    return verdict
  }

  /// Ends a trial; nil when it showed nothing, so that the next one tries.
  package func settle(_ verdict: Bool?) {
    self.verdict = verdict
    isBeingTried = false
    let others = waiting
    waiting = []
    for continuation in others { continuation.resume() }
  }
}

/// What kinds want to know of an endpoint that is not AWS.
package struct EndpointHabits: Sendable {
  /// CreateBucket takes tags. MiniStack does; LocalStack refuses them in us-east-1 (400 MalformedXML) and drops them elsewhere.
  package let tagsBucketsAtCreation = EndpointHabit()
  /// PutMetricAlarm keeps the tags of a new alarm. MiniStack does; LocalStack drops them.
  package let tagsAlarmsAtCreation = EndpointHabit()

  /// Tags outlive what bore them, and the next resource of that name inherits them. LocalStack's buckets, log groups, lambdas and alarms do.
  package let keepsTagsOfTheDeleted = EndpointHabit()

  package init() {}
}

extension WritingClient {
  /// Whether tags must go before what bears them does. On AWS they go with it, and so they do on MiniStack, which is known by a page of its
  /// own; of any other endpoint it is not known, and so they are taken off.
  func mustUntagBeforeDeletion() async -> Bool {
    guard target.endpoint != nil else { return false }
    let habit = habits.keepsTagsOfTheDeleted
    if let verdict = await habit.verdictOrTurn() { return verdict }
    let page = AWSRequest(.s3, "GetObject", .get, ["_ministack", "health"])
    do throws(ProviderError) {
      let isMiniStack = try await reading.readIfPresent(page) != nil
      await habit.settle(!isMiniStack)
      return !isMiniStack
    } catch {
      await habit.settle(nil)
      return true
    }
  }
}
