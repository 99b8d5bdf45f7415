import Planner
import Providers

extension RequestBounds {
  /// Takes the times that the environment sets: AWS has options for two of them (`--cli-connect-timeout`,
  /// `--cli-read-timeout`), and variables for none.
  mutating func takeTimes(_ environment: [String: String]) throws(Diagnostic) {
    let variables: [(name: String, WritableKeyPath<RequestBounds, Duration>)] = [
      ("STACKFORM_CONNECT_TIMEOUT", \.connecting), ("STACKFORM_READ_TIMEOUT", \.silence),
      ("STACKFORM_OPERATION_TIMEOUT", \.operation),
    ]
    for (name, bound) in variables {
      guard let text = environment[name], !text.isEmpty else { continue }
      guard let time = Duration(commandLine: text), time > .zero else {
        throw Diagnostic(
          "Malformed time", "\(name) is \"\(text)\", which is not a time.",
          fix: "Write it as 30s, 2m or 1m30s."
        )
      }
      self[keyPath: bound] = time
    }
  }
}
