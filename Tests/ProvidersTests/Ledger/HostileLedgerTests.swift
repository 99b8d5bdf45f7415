import Foundation
import Testing

@testable import Planner
@testable import Providers

/// Ledgers that Stackform never wrote: whoever may write the bucket may have put them there.
struct HostileLedgerTests {
  private static func members(_ changes: [String: Value]) -> [UInt8] {
    let sound: [String: Value] = [
      "version": 2, "stack": "shop", "serial": 1, "salt": "s", "outputs": [:],
      "records": [
        "queues.a": [
          "section": "queues", "identities": [["name": "a"]], "declared": [], "needs": [],
          "isProtected": false, "applied": [:],
        ]
      ],
    ]
    return Array(Value.map(sound.merging(changes) { $1 }).json.utf8)
  }

  private static func run(_ number: Value, _ id: String) -> Value {
    [
      "number": number, "id": .string(id), "command": "c", "author": ["user": "u", "host": "h"], "time": "t",
      "outcome": "done", "counts": ["added": 0, "changed": 0, "destroyed": 0, "adopted": 0],
    ]
  }

  private static func release(_ number: Value, _ bundle: String) -> Value {
    [
      "number": number, "bundle": .string(bundle), "stackFile": "stack.yaml", "artifacts": [:],
      "variables": [:],
      "author": ["user": "u", "host": "h"], "time": "t", "seconds": 0, "origin": ["apply": [:]],
      "isPartial": false,
      "counts": ["added": 0, "changed": 0, "destroyed": 0, "adopted": 0], "verifications": [],
      "approvals": [],
    ]
  }

  static let cases: [(changes: [String: Value], reason: String)] = [
    (["currentRelease": .integer(.max)], "currentRelease is 9223372036854775807"),
    (["serial": .integer(.max)], "serial is 9223372036854775807"), (["serial": -1], "serial is -1"),
    (["version": 0], "version 0 of the form never was"),
    (["version": -1], "version -1 of the form never was"),
    (["stack": "other"], "it is the ledger of another stack, \"other\""),
    (["releases": [release(.integer(.max), "ab")]], "a release's number is 9223372036854775807"),
    (["releases": [release(1, "../../x")]], "a release's bundle is \"../../x\""),
    (["runs": [run(.integer(.max), "1-ab")]], "a run's number is 9223372036854775807"),
    (["runs": [run(1, "../../x")]], "a run's name is \"../../x\""),
    (["underway": ["bundle": "../x", "addresses": []]], "a promotion's bundle is \"../x\""),
    (["records": ["queues.a\u{1B}[2J": ["section": "queues"]]], "records"),
  ]

  @Test(arguments: cases.indices)
  func `is refused with its reason, and repaired without what is wrong`(index: Int) throws {
    let (changes, reason) = Self.cases[index]
    let bytes = Self.members(changes)
    let store = S3LedgerStore(
      sender: AnsweringSender(), account: "1",
      region: "r", stack: "shop", isRunning: { _ in false })
    let error = #expect(throws: LedgerError.self) {
      _ = try store.ledger(in: Data(bytes))
    }
    guard case .unreadable(let words) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    let hasControls = words.unicodeScalars.contains { $0.isControl }
    #expect(words.contains(reason) && !hasControls, "\(words)")
    let salvage = LedgerSalvage(bytes, stack: "shop", newSalt: "n")
    // The form's version is not salvaged: this program writes its own.
    #expect(
      salvage.lost.isEmpty == (changes["version"] != nil) && salvage.ledger.stack == "shop", "\(salvage.lost)"
    )
    // Another stack's records would be deleted as ours.
    #expect(salvage.ledger.records.isEmpty == (changes["stack"] != nil || changes["records"] != nil))
    #expect(throws: Never.self) { try salvage.ledger.checkWhatIsCounted() }
  }

  @Test func `what is sound is read`() throws {
    let bytes = Self.members([
      "runs": [Self.run(1, "1-ab")], "releases": [Self.release(1, "ab")], "currentRelease": 1,
    ])
    let ledger = try JSONDecoder().decode(Ledger.self, from: Data(bytes))
    #expect(ledger.currentRelease == 1 && ledger.runs.count == 1 && ledger.records.count == 1)
  }
}
