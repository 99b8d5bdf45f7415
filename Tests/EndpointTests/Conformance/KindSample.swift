import Providers

/// What the conformance suite needs of a kind: a subject with every property set, and another value for each.
///
/// The suite builds stack files of it, runs them against real endpoints through the whole pipeline, and
/// checks: create, then the plan is empty; each mutation shows as that one property, in place, and then the
/// plan is empty; each replacement replaces; each outside change is seen and put right; a property taken out
/// is reset; what was never declared is left alone; delete leaves nothing.
struct KindSample: Sendable {
  /// The section of the subject, whose entry is called `subject`.
  let section: String
  /// Entries that the subject refers to: section → YAML entries, indented by two spaces. `{account}` stands for the account's id.
  var surroundings: [String: String] = [:]
  /// Python (boto3) that is run before all, for what no kind of ours makes: an object in a bucket.
  var preparation: String?
  /// The subject's declared properties: name → YAML in flow style (one line).
  let properties: [String: String]
  /// In-place changes: property → another value in YAML.
  var mutations: [String: String] = [:]
  /// Changes that force a replacement: property → another value. `name` may be one.
  var replacements: [String: String] = [:]
  /// Properties that depend on one another and so change together: taking out the key takes out the values too.
  var companions: [String: [String]] = [:]
  /// What can't be declared along with a property's other value: property → the ones that go for as long.
  var withdrawals: [String: [String]] = [:]
  /// Properties that the subject can't be without although the schema does not require them: one of two must be there, say.
  var indispensable: Set<String> = []
  /// Changes behind our back: property → Python (boto3) that gives that property of the subject another value, on the endpoint.
  /// `client("sqs")` gives a client; `name` and `id` are the subject's; `account`, `region` and `endpoint` are where it is.
  var outsideChanges: [String: String] = [:]
  /// Properties whose changes from outside can't be seen, with the reason: the service never tells them, say.
  var unseen: [String: String] = [:]
  /// Properties that an endpoint keeps when they are set back to nothing, by its own defect: with the
  /// evidence. The suite fails when one is gone.
  var kept: [Defect.Endpoint: [String: String]] = [:]
  /// What an endpoint can't do, by its own defect: with the evidence. Properties that it keeps to itself are not
  /// named here: see ``knownDefects``.
  var defects: [Defect] = []
  /// Its section's part of the stack of all sections. A kind has it in one of its samples.
  var part: StackPart?

  /// What a section brings to the stack of all sections, and how what exists of it is found.
  struct StackPart: Sendable {
    /// The section's entries in YAML. `{size}`, a number, and `{changed}`, a boolean, differ in the stack's two forms;
    /// `{tags}` stands for the tags.
    let entries: String
    /// Python (boto3): an expression for the names of all that is there. `c("sqs")` gives a client.
    let listing: String
  }

  struct Defect: Sendable {
    typealias Endpoint = TestEndpoint
    let endpoint: Endpoint
    /// The property; nil for the whole kind.
    let property: String?
    /// The request and what the endpoint answered.
    let evidence: String
  }
}

extension KindSample {
  /// All that an endpoint can't do: the sample's own, and what the endpoint keeps to itself of that which the sample
  /// sets (``SilentProperty``). The suite runs it all the same, and fails when it passes.
  var knownDefects: [Defect] {
    let silent = SilentProperty.all.filter {
      $0.section == section && !$0.isKnownToKind && properties[$0.property] != nil
    }
    return defects
      + silent.flatMap { silent in
        TestEndpoint.allCases.compactMap { endpoint in
          silent.evidence[endpoint.software].map {
            Defect(endpoint: endpoint, property: silent.property, evidence: $0)
          }
        }
      }
  }

  /// What shows that the endpoint keeps the property when it is taken out; nil where it does not.
  func evidence(thatItKeeps property: String, on endpoint: TestEndpoint) -> String? {
    kept[endpoint]?[property]
  }

  /// The endpoint has nothing of this kind: that is tried as a defect alone.
  func isLacking(on endpoint: TestEndpoint) -> Bool {
    defects.contains { $0.endpoint == endpoint && $0.property == nil }
  }
}
