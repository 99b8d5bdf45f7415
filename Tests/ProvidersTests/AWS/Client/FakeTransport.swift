import Foundation
import Planner

@testable import Providers

/// A transport that answers from a script, and keeps what it was asked.
final class FakeTransport: HTTPTransport {
  typealias Answer = Result<HTTPResponse, ProviderError>

  private let state: Locked<(script: [Answer], requests: [HTTPRequest])>

  /// The last answer is given again and again.
  init(_ script: [Answer]) { state = Locked((script, [])) }

  var requests: [HTTPRequest] { state.withLock { $0.requests } }

  func send(_ request: HTTPRequest) async throws(ProviderError) -> HTTPResponse {
    let answer = state.withLock { state in
      state.requests.append(request)
      return state.script.count > 1 ? state.script.removeFirst() : state.script[0]
    }
    return try answer.get()
  }
}

extension Result where Success == HTTPResponse, Failure == ProviderError {
  static func answer(_ status: Int, _ body: String = "", headers: [String: String] = [:]) -> Self {
    .success(HTTPResponse(status: status, headers: headers, body: Data(body.utf8)))
  }
}

/// A clock that moves only by sleeping, and chance that always takes the longest delay.
final class FakeTime: Sendable {
  private let slept = Locked<[Duration]>([])
  let start: Date

  init(start: Date = Date(timeIntervalSince1970: 1_440_938_160)) { self.start = start }

  var delays: [Duration] { slept.withLock { $0 } }
  var elapsed: Duration { delays.reduce(.zero, +) }

  var clock: ClientClock {
    ClientClock(
      now: { self.start + Double(self.elapsed.components.seconds) }, elapsed: { self.elapsed },
      sleep: { delay in self.slept.withLock { $0.append(delay) } }, random: { 1 })
  }
}
