import Foundation
import Planner
import Providers
import Testing

/// That editors take what the conformance suite declares: the JSON Schema must refuse nothing that is right.
@Suite(.enabled(if: TestEndpoint.python != nil)) struct SampleSchemaTests {
  @Test(arguments: Set(KindSamples.all.map(\.section)).sorted())
  func `The JSON Schema takes every value of the samples`(section: String) async throws {
    let python = try #require(TestEndpoint.python)
    let stacks = KindSamples.all.filter { $0.section == section }.flatMap(stacks)
    let schema = JSONSchema.document(for: AWSKinds.registry).json
    let refused = try await PythonWorkers.shared.run(
      Self.script, ["schema": schema, "stacks": Value.list(stacks.map(Value.string)).json], python: python)
    #expect(refused == "")
  }

  /// A stack for the sample's values, and one for each other value.
  private func stacks(of sample: KindSample) -> [String] {
    let changes = sample.mutations.merging(sample.replacements) { first, _ in first }
    let others = changes.sorted { $0.key < $1.key }.map { name, value in
      sample.properties.merging([name: value]) { $1 }
        .filter { !(sample.withdrawals[name] ?? []).contains($0.key) }
    }
    return ([sample.properties] + others).map { properties in
      let lines = properties.sorted { $0.key < $1.key }.map { "    \($0.key): \($0.value)\n" }
      let text = "stack: samples\n\(sample.section):\n  subject:\n\(lines.joined())"
      return text.replacing("{account}", with: "111111111111")
    }
  }

  /// Reads dates as texts, and `on` and `off` too, as Stackform does.
  private static let script = """
    import jsonschema, re, yaml

    class Loader(yaml.SafeLoader):
        yaml_implicit_resolvers = {
            first: [one for one in resolvers if not one[0].endswith((":timestamp", ":bool"))]
            for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^([Tt]rue|TRUE|[Ff]alse|FALSE)$"), list("tTfF"))

    validator = jsonschema.Draft202012Validator(json.loads(schema))
    for text in json.loads(stacks):
        for error in validator.iter_errors(yaml.load(text, Loader)):
            print(error.json_path, error.message[:200], text)
    """
}
