import Planner
import Testing

/// JSON as it is read and written.
@Suite struct JSONTests {
  @Test(
    arguments: [
      ("{\"b\":1,\"a\":[true,false,null,-1.5e2,\"x\"]}", "{\"a\":[true,false,null,-150,\"x\"],\"b\":1}"),
      (" [ ] ", "[]"), ("\"\\u00e9\\n\\ud83d\\ude00\\/\\\"\"", "\"é\\n😀/\\\"\""), ("1e400", nil), ("01", nil),
      ("1.", nil),
      ("[1,]", nil), ("{\"a\" 1}", nil), ("nul", nil), ("", nil), ("[1] 2", nil),
      ("'a'", nil),
      ("9223372036854775808", "9223372036854775808.0"), ("\"\\ud83d\"", "\"\u{FFFD}\""),
      ("\"\\u0001\"", "\"\\u0001\""), ("-0", "0"),
      ("{\"a\":{\"a\":{}}}", "{\"a\":{\"a\":{}}}"),
    ] as [(String, String?)])
  func `a text is read strictly and written canonically`(_ text: String, _ expected: String?) {
    let written = Value(json: text)?.json
    #expect(written == expected || written == "9.223372036854776e+18" && expected == "9223372036854775808.0")
    if let written { #expect(Value(json: written)?.json == written) }
  }

  @Test func `depth is bounded`() {
    #expect(Value(json: String(repeating: "[", count: 100_000)) == nil)
    #expect(Value(json: String(repeating: "[", count: 150) + String(repeating: "]", count: 150)) != nil)
  }

  @Test func `a service's answer is never an expression`() {
    #expect(Value(json: "{\"$pending\":\"${env.HOME}\"}") == ["$pending": "${env.HOME}"])
  }
}

/// What is generated of a schema.
@Suite struct GeneratedTests {
  @Test func `the reference page tells properties, members and attributes`() {
    let page = ReferencePage.markdown(for: SampleQueue().schema)
    for line in [
      "# queues", "- Physical name: a text of 1 to 80 characters: letters, digits, - and _.",
      "- The default name ends in `.fifo` when `fifo` is true.",
      "| `visibilityTimeout` | a whole number from 0 to 43200 | `30` | in place | Seconds that a message is hidden. |",
      "| `fifo` | true or false | `false` | **replaces** | Keeps the order of messages. |",
      "### redrivePolicy",
      "| `maxReceiveCount` (required) | a whole number from 1 to 1000 |  | in place | After so many tries. |",
      "| `arn` | before apply | Its ARN. |", "queues:\n  jobs:\n    visibilityTimeout: 60",
    ] {
      #expect(page.contains(line), "\(line)")
    }
  }

  @Test func `the JSON Schema has every section and property`() {
    let schema = JSONSchema.document(for: SampleKinds.registry)
    let queue = schema["properties"]?["queues"]?["additionalProperties"]?["properties"]
    #expect(queue?["visibilityTimeout"]?["anyOf"]?[0] == ["type": "integer", "minimum": 0, "maximum": 43200])
    #expect(queue?["visibilityTimeout"]?["default"] == 30)
    #expect(queue?["dependsOn"] != nil && queue?["name"] != nil)
    #expect(schema["properties"]?["eventMappings"]?["additionalProperties"]?["properties"]?["name"] == nil)
    #expect(schema["properties"]?["lambdas"]?["additionalProperties"]?["properties"]?["codeSha256"] == nil)
  }
}
