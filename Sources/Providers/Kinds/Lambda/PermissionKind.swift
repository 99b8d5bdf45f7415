import Planner

/// Statements of a lambda's resource policy: who may call it.
///
/// One GetPolicy a function reads all of its permissions. A permission has no tags. Its statement's id, made
/// of the stack, the address and what it says, shows that it is ours. AddPermission and RemovePermission are one call each,
/// and nothing can be changed in place. Those of one function are written one after the other: AWS may refuse the second
/// while the first is under way (ResourceConflictException in the Lambda API reference), and LocalStack 4.8.1 loses one of
/// two that come at once to a function without a policy.
struct PermissionKind: AWSKind {
  let schema = Schema(
    section: "permissions", kind: "permission", title: "AWS Lambda permission",
    summary: "Lets a service or an account call a lambda. Stackform derives those that its other kinds need.",
    naming: nil, isTaggable: false,
    roomBy: Set(["function", "principal", "action"] + conditions.map(\.property)), enables: ["sourceArn"],
    properties: [
      Property(
        "function", .string(FunctionReference.rule),
        required: true, change: .replaces, boundTo: "lambdas", "The lambda, by name or ARN."),
      Property(
        "principal",
        // AWS returns an account as its root's ARN, MiniStack as its number.
        .string(
          TextRule(
            length: 1...256, pattern: "[^\\s]+", says: "no blanks", core: .between(":iam::", ":root"))),
        required: true,
        change: .replaces, "Who may call: a service as `s3.amazonaws.com`, an account, or an ARN."),
      Property(
        "action",
        .string(
          TextRule(length: 1...256, pattern: "lambda:\\*|lambda:[A-Za-z]+|\\*", says: "an action of Lambda")),
        default: "lambda:InvokeFunction", change: .replaces, "What it may do."),
      Property(
        "sourceArn", .arn, change: .replaces, need: .value,
        "The bucket, API, topic or rule that it may call for; `*` and `?` stand for any text."),
      Property(
        "sourceAccount", .string(TextRule(pattern: "[0-9]{12}", says: "12 digits")), change: .replaces,
        need: .value, "The account of the source: a bucket's ARN does not have it."),
      Property(
        "eventSourceToken",
        .string(TextRule(length: 1...256, pattern: "[A-Za-z0-9._-]+", says: "letters, digits and . _ -")),
        change: .replaces, "The token that an Alexa skill must show."),
      Property(
        "principalOrgID", .string(TextRule(pattern: "o-[a-z0-9]{10,32}", says: "an organization's id")),
        change: .replaces, "The organization of the accounts that may call."),
      Property(
        "functionUrlAuthType", .choice(["AWS_IAM", "NONE"]), change: .replaces,
        "How callers of the function's URL prove who they are."),
      Property(
        "invokedViaFunctionUrl", .boolean, change: .replaces,
        "Whether it may call only over the function's URL."),
    ],
    attributes: [Attribute("statementId", early: false, "The statement's id in the function's policy.")],
    relations: [
      .goesWith(["functionUrlAuthType"], .value("action", "lambda:InvokeFunctionUrl")),
      .goesWith(["invokedViaFunctionUrl"], .value("action", "lambda:InvokeFunction")),
      .needs(
        .all(["sourceArn", .value("principal", "s3.amazonaws.com")]), "sourceAccount",
        because: "A bucket's ARN has no account: a later owner of that name could call the lambda."),
    ],
    example: """
      reports-call-worker:
        function: worker
        principal: s3.amazonaws.com
        sourceArn: arn:aws:s3:::reports
        sourceAccount: "111111111111"
      """)

  func earlyAttributes(of resource: Resource, in target: Target) -> [String: Value] { [:] }

  func problems(of resource: Resource, in stack: Stack) -> [PropertyProblem] {
    FunctionReference.placeProblems(of: resource, "function", in: stack)
  }

  /// The statement's id: it shows whose it is, and has a hash of what the statement says. So a successor has another one, and
  /// can be there before its predecessor goes. (MiniStack keeps the statements of a function and of its aliases in one policy.)
  static func statementID(of permission: Resource, _ owner: Owner) -> String {
    let said = ["principal", "action"] + conditions.map(\.property)
    let contents = said.map { permission[$0]?.json ?? "" } + [function(of: permission)?.qualifier ?? ""]
    return "\(mark(of: owner))-\(StableHash.hex(contents.joined(separator: "\n")))"
  }

  /// What all ids of an address of a stack begin with, the former ones, too, which said nothing of the contents.
  static func mark(of owner: Owner) -> String {
    "stackform-\(StableHash.shortened(owner.stack, to: 54))-\(StableHash.hex(owner.address.description))"
  }

  /// As ids were made before: a statement that the ledger knows by such a one is ours.
  static func formerStatementID(of owner: Owner) -> String {
    "stackform-\(StableHash.shortened(owner.stack, to: 63))-\(StableHash.hex(owner.address.description))"
  }

  /// The function that a permission is for, with its alias, even where its ARN is known only after apply.
  static func function(of permission: Resource) -> FunctionReference? {
    permission["function"].flatMap(FunctionReference.init(value:))
  }

  /// The statement that AddPermission makes of a permission, as far as its size goes.
  static func statement(of permission: Resource, in stack: Stack) -> Value {
    let id = statementID(of: permission, Owner(stack: stack.name, address: permission.address))
    let function = function(of: permission)?.text ?? ""
    let tests = conditions.compactMap { row in permission[row.property].map { (row.key, $0) } }
    return [
      "Sid": .string(id), "Effect": "Allow", "Principal": ["Service": permission["principal"] ?? ""],
      "Action": permission["action"] ?? "lambda:InvokeFunction",
      "Resource": stack.target.arn("lambda", "function:\(function)") ?? .string(function),
      "Condition": ["ArnLike": .map(Dictionary(tests) { first, _ in first })],
    ]
  }

  /// Properties that AddPermission takes under these names, and in which condition the policy has them.
  static let conditions = [
    (property: "sourceArn", field: "SourceArn", key: "aws:sourcearn"),
    (property: "sourceAccount", field: "SourceAccount", key: "aws:sourceaccount"),
    (property: "eventSourceToken", field: "EventSourceToken", key: "lambda:eventsourcetoken"),
    (property: "principalOrgID", field: "PrincipalOrgID", key: "aws:principalorgid"),
    (property: "functionUrlAuthType", field: "FunctionUrlAuthType", key: "lambda:functionurlauthtype"),
    (
      property: "invokedViaFunctionUrl", field: "InvokedViaFunctionUrl", key: "lambda:invokedviafunctionurl"
    ),
  ]

  /// Where a permission's statement is.
  struct Place: Hashable {
    var function: FunctionReference
    var statement: String

    var id: String { "\(function.text)/\(statement)" }

    init(_ function: FunctionReference, _ statement: String) {
      self.function = function
      self.statement = statement
    }

    init?(id: String) {
      guard let slash = id.lastIndex(of: "/") else { return nil }
      self.init(FunctionReference(String(id[..<slash])), String(id[id.index(after: slash)...]))
    }
  }

  func read(
    _ queries: [LiveQuery], _ aws: ReadingClient
  ) async -> [Address: Result<LiveResource?, ProviderError>] {
    let functions = Set(queries.flatMap { self.functions(of: $0) })
    let policies = await withTaskGroup(
      of: (FunctionReference, Result<[Value], ProviderError>).self
    ) { group in
      for function in functions {
        group.addTask {
          (function, await outcome { () throws(ProviderError) in try await statements(of: function, aws) })
        }
      }
      return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    var answers: [Address: Result<LiveResource?, ProviderError>] = [:]
    for query in queries {
      answers[query.address] = live(query, policies, in: aws.target)
    }
    return answers
  }

  func read(_ query: LiveQuery, _ aws: ReadingClient) async throws(ProviderError) -> LiveResource? {
    try await read([query], aws)[query.address]?.get()
  }

  /// Where the statement may be: where the record says, then where it is wanted.
  private func functions(of query: LiveQuery) -> [FunctionReference] {
    [query.id.flatMap(Place.init(id:))?.function, query.wanted.flatMap(Self.function)].compactMap(\.self)
  }

  /// The statements of a function's policy; none when there is no policy or no function.
  private func statements(
    of function: FunctionReference, _ aws: ReadingClient
  ) async throws(ProviderError) -> [Value] {
    let answer = try await aws.readIfPresent(Lambda.getPolicy, Self.key(function))
    guard let policy = answer?["Policy"]?.string else { return [] }
    return PolicyText.document(policy).items("Statement")
  }

  private func live(
    _ query: LiveQuery, _ policies: [FunctionReference: Result<[Value], ProviderError>], in target: Target
  ) -> Result<LiveResource?, ProviderError> {
    for function in functions(of: query) {
      switch policies[function] {
      case .failure(let error): return .failure(error)
      case .success(let statements):
        if let statement = found(query, among: statements, of: function) {
          return .success(live(statement, query, of: function, in: target))
        }
      case nil: continue
      }
    }
    return .success(nil)
  }

  private func live(
    _ statement: Value, _ query: LiveQuery, of function: FunctionReference, in target: Target
  ) -> LiveResource {
    let id = statement["Sid"]?.string ?? ""
    let properties = properties(statement, of: function)
    let isUntold = target.has(.dropsInvokedViaFunctionURL) && properties["invokedViaFunctionUrl"] == nil
    return LiveResource(
      id: Place(function, id).id, properties: properties, attributes: ["statementId": .string(id)],
      owner: Self.isOurs(id, query.owner) ? query.owner : nil,
      untold: isUntold ? ["invokedViaFunctionUrl"] : [])
  }

  func properties(_ statement: Value, of function: FunctionReference) -> [String: Value] {
    var properties: [String: Value] = [
      "action": statement.items("Action").first ?? .null, "function": .string(function.text),
    ]
    let principal = statement["Principal"]
    properties["principal"] = principal?.map?.values.first.map { $0.list?.first ?? $0 } ?? principal
    for (_, tests) in statement["Condition"]?.map ?? [:] {
      for (key, value) in tests.map ?? [:] {
        let row = Self.conditions.first { $0.key == key.lowercased() }
        guard let row else { continue }
        let value = value.list?.first ?? value
        // A policy has booleans as texts.
        properties[row.property] =
          row.property == "invokedViaFunctionUrl" ? .boolean(value == "true" || value == true) : value
      }
    }
    return properties.filter { !$0.value.isEmpty }
  }

  func create(_ creation: Creation, _ aws: WritingClient) async throws(ProviderError) -> Created {
    let resource = creation.resource
    let function = FunctionReference(resource["function"]?.string ?? "")
    let place = Place(function, Self.statementID(of: resource, creation.owner))
    var fields: [String: Value] = [
      "StatementId": .string(place.statement), "Principal": resource["principal"] ?? .null,
      "Action": resource["action"] ?? "lambda:InvokeFunction",
    ]
    for row in Self.conditions {
      if let value = resource[row.property], !value.isEmpty { fields[row.field] = value }
    }
    let input = fields.merging(Self.key(place.function)) { $1 }
    try await aws.policyTurns.one(place.function.name) { () throws(ProviderError) -> Void in
      try await aws.write(Lambda.addPermission, input)
    }
    return Created(id: place.id, attributes: ["statementId": .string(place.statement)])
  }

  /// Everything replaces.
  func update(_ update: Update, _ aws: WritingClient) async throws(ProviderError) -> [String: Value] {
    update.live.attributes
  }

  func delete(_ deletion: Deletion, _ aws: WritingClient) async throws(ProviderError) {
    guard let place = Place(id: deletion.live.id) else { return }
    let input = Self.key(place.function).merging(["StatementId": .string(place.statement)]) { $1 }
    try await aws.policyTurns.one(place.function.name) { () throws(ProviderError) -> Void in
      try await aws.delete(Lambda.removePermission, input)
    }
  }

  private static func key(_ function: FunctionReference) -> [String: Value] {
    [
      "FunctionName": .string(function.name), "Qualifier": function.qualifier.map(Value.string) ?? .null,
    ]
  }
}
