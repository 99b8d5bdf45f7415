import Planner

extension Parity {
  /// When AWS deprecates a runtime that it still lists: "Lambda runtimes" in the AWS Lambda Developer Guide.
  /// After that date functions get no security updates; some weeks later none can be created, and then none
  /// updated. Emulators accept them for ever.
  private static let deprecations = [
    "nodejs18.x": "2025-09-01", "python3.9": "2025-12-15", "ruby3.2": "2026-03-31",
    "nodejs20.x": "2026-04-30",
    "provided.al2": "2026-07-31", "python3.10": "2026-10-31",
  ]

  static func runtimes(_ move: ParityMove) -> [Diagnostic] {
    guard move.leavesEmulator else { return [] }
    return move.all("lambdas").compactMap { lambda in
      guard let runtime = lambda["runtime"]?.string, let date = deprecations[runtime] else { return nil }
      return move.warning(
        lambda, ["runtime"], "A runtime that AWS gives up",
        "AWS deprecates \(runtime) on \(date), and then creates and updates no functions of it.",
        fix: "Go to a newer one before that: \(newest(like: runtime)).")
    }
  }

  /// The newest of each family; AWS's "Lambda runtimes", 2026-11.
  private static let newest = [
    "dotnet10", "java25", "nodejs24.x", "provided.al2023", "python3.14", "ruby4.0",
  ]

  private static func newest(like runtime: String) -> String {
    let family = runtime.prefix { !$0.isNumber && $0 != "." }
    return newest.first { $0.hasPrefix(family) } ?? runtime
  }

  /// How long an API waits for its function by default: "Amazon API Gateway quotas" in the API Gateway
  /// Developer Guide.
  private static let restTimeout = 29_000
  private static let httpTimeout = 30_000

  static func integrationTimeouts(_ move: ParityMove) -> [Diagnostic] {
    guard move.leavesEmulator else { return [] }
    return move.all("apis").flatMap { api -> [Diagnostic] in
      (api["routes"]?.map ?? [:]).sorted { $0.key < $1.key }.compactMap { name, route in
        let usual = api["protocol"] == "http" ? httpTimeout : restTimeout
        let waits = (route["timeoutInMillis"]?.integer ?? usual) / 1000
        let reference = api.references.first { $0.path == "routes.\(name).lambda" }?.address
        guard let lambda = reference.flatMap({ move.stack[$0] }), let timeout = lambda["timeout"]?.integer,
          timeout > waits
        else { return nil }
        return move.warning(
          api, ["routes", name], "Callers are sent away before the answer",
          "API Gateway ends a request after \(waits) s, and \(lambda.address) may take \(timeout) s; emulators wait.",
          fix: "Answer at once and do the work behind a queue, or give the function \(waits) s or less.")
      }
    }
  }

  /// More than 29 s is for regional REST APIs of accounts that asked for it: "Quotas for configuring and running a REST API".
  static func longIntegrations(_ move: ParityMove) -> [Diagnostic] {
    guard move.leavesEmulator else { return [] }
    return move.all("apis").filter { $0["protocol"] != "http" }.flatMap { api -> [Diagnostic] in
      (api["routes"]?.map ?? [:]).sorted { $0.key < $1.key }.compactMap { name, route in
        guard let timeout = route["timeoutInMillis"]?.integer, timeout > restTimeout else { return nil }
        return move.warning(
          api, ["routes", name, "timeoutInMillis"], "Beyond API Gateway's quota",
          "\(timeout) ms is more than the \(restTimeout) that an account has unless its quota was raised.",
          fix: "Ask AWS for more (Service Quotas: maximum integration timeout), or write \(restTimeout).")
      }
    }
  }

  /// An account has 1,000 concurrent executions, of which 100 can't be reserved: "Lambda quotas" and
  /// "Configuring reserved concurrency" in the AWS Lambda Developer Guide. New accounts begin with less.
  private static let reservable = 900

  static func concurrency(_ move: ParityMove) -> [Diagnostic] {
    guard move.leavesEmulator else { return [] }
    let reserving = move.all("lambdas").filter { ($0["reservedConcurrentExecutions"]?.integer ?? 0) > 0 }
    let total = reserving.compactMap { $0["reservedConcurrentExecutions"]?.integer }.reduce(0, +)
    guard total > reservable, let first = reserving.first else { return [] }
    return [
      move.warning(
        first, ["reservedConcurrentExecutions"], "Beyond Lambda's quota",
        "\(ParityMove.names(reserving)) reserve \(total) executions, and an account can reserve \(reservable) unless its quota was raised.",
        fix: "Reserve less, or ask AWS for more concurrent executions first.")
    ]
  }
}
