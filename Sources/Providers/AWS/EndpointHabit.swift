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

  package init() {}
}
