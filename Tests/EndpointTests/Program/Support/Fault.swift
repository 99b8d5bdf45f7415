/// What may become of a request on its way.
enum Fault: CaseIterable, Sendable {
  case carriedOutButFailed, carriedOutButCut, cutBefore, failedBefore, twice, throttled, late

  var fate: FaultProxy.Fate {
    switch self {
    case .carriedOutButFailed: .carriedOutThen(answer: Answers.failed)
    case .carriedOutButCut: .carriedOutThenCut()
    case .cutBefore: .cut
    case .failedBefore: .answer(Answers.failed)
    case .twice: .twice
    case .throttled:
      .answer(Answers.http("400 Bad Request", "application/json", #"{"__type":"ThrottlingException"}"#))
    case .late: .late(milliseconds: 150)
    }
  }
}

extension ProxiedRequest {
  /// A creation that comes twice makes two: nobody but who sent it can prevent that, and so it is sent but once.
  private var isCreation: Bool {
    operation.isEmpty ? method == "POST" : operation.hasPrefix("Create") || operation.hasPrefix("Subscribe")
  }

  func mayMeet(_ fault: Fault) -> Bool { isWrite && (fault != .twice || !isCreation) }

  /// What tells it from others: a REST service's path names the thing; its body may name what another try has just made.
  var identity: String { "\(method) \(operation.isEmpty ? path : operation + body)" }
}
