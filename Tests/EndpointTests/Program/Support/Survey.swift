import Foundation
import Planner
import Providers

/// What an account holds, as boto3 lists it: by section, sorted, with the account's number taken out; `ledgers` is what
/// Stackform keeps there.
///
/// One Python for all surveys, with one client a service: reading the descriptions of the services takes
/// longer than all requests.
final class Survey: Sendable {
  private static let script = """
    import json, sys, traceback
    import boto3
    sessions = {}

    def client(service, endpoint, number):
        if endpoint not in sessions:
            session = boto3.Session(aws_access_key_id=number, aws_secret_access_key="x", region_name="us-east-1")
            sessions[endpoint] = session, {}
        session, clients = sessions[endpoint]
        if service not in clients:
            clients[service] = session.client(service, endpoint_url=endpoint)
        # All clients of a session share its key.
        session._session.get_credentials().access_key = number
        return clients[service]

    # LocalStack 4.8.1 lists no layers (500, list index out of range) once one of them has lost its last version.
    # Then the one that the stacks have is asked for by its name.
    def layers(functions):
        try:
            return [l["LayerName"] for l in functions.list_layers()["Layers"]]
        except functions.exceptions.ClientError as error:
            if "list index out of range" not in str(error):
                raise
            return ["libraries" for v in functions.list_layer_versions(LayerName="libraries")["LayerVersions"]]

    def statements(functions, name):
        try:
            return json.loads(functions.get_policy(FunctionName=name)["Policy"])["Statement"]
        except functions.exceptions.ResourceNotFoundException:
            return []

    def survey(endpoint, number, offered):
        c = lambda service: client(service, endpoint, number)
        found = {}
        found["queues"] = [u.rsplit("/", 1)[-1] for u in c("sqs").list_queues().get("QueueUrls", [])]
        sns = c("sns")
        found["topics"] = [t["TopicArn"].rsplit(":", 1)[-1] for t in sns.list_topics()["Topics"]]
        found["subscriptions"] = [s["TopicArn"] + " to " + s["Endpoint"] for s in sns.list_subscriptions()["Subscriptions"]]
        dynamo = c("dynamodb")
        tables = dynamo.list_tables()["TableNames"]
        found["tables"] = [t + " " + json.dumps(dynamo.describe_table(TableName=t)["Table"]["KeySchema"]) for t in tables]
        found["logGroups"] = [g["logGroupName"] for g in c("logs").describe_log_groups()["logGroups"]]
        found["alarms"] = [a["AlarmName"] for a in c("cloudwatch").describe_alarms()["MetricAlarms"]]
        iam = c("iam")
        roles = [(r["RoleName"], r["Path"]) for r in iam.list_roles()["Roles"] if not r["Path"].startswith("/aws-service-role")]
        found["roles"] = [r + " " + p + " " + ",".join(iam.list_role_policies(RoleName=r)["PolicyNames"]) for r, p in roles]
        functions = c("lambda")
        found["lambdas"] = [f["FunctionName"] for f in functions.list_functions()["Functions"]]
        mappings = functions.list_event_source_mappings()["EventSourceMappings"]
        live = [m for m in mappings if m.get("State") != "Deleting"]
        found["eventMappings"] = [m["EventSourceArn"] + " to " + m["FunctionArn"] for m in live]
        apis = c("apigateway")
        found["apis"] = [a["name"] + " " + ",".join(sorted(r["path"] for r in apis.get_resources(restApiId=a["id"], limit=500)["items"]))
                         + " " + ",".join(s["stageName"] for s in apis.get_stages(restApiId=a["id"])["item"])
                         for a in apis.get_rest_apis(limit=500)["items"]]
        found["streams"] = c("kinesis").list_streams()["StreamNames"]
        found["policies"] = [p["PolicyName"] for p in iam.list_policies(Scope="Local")["Policies"]]
        found["layers"] = layers(functions)
        composite = c("cloudwatch").describe_alarms(AlarmTypes=["CompositeAlarm"])["CompositeAlarms"]
        found["compositeAlarms"] = [a["AlarmName"] for a in composite]
        if "HTTP APIs" in offered:
            found["apis"] += [a["Name"] for a in c("apigatewayv2").get_apis()["Items"]]
        found["permissions"] = [f + " " + s["Sid"] for f in found["lambdas"] for s in statements(functions, f)]
    \(listings)
        s3 = c("s3")
        buckets = [b["Name"] for b in s3.list_buckets()["Buckets"]]
        found["buckets"] = [b for b in buckets if not b.startswith("stackform-")]
        held = [o["Key"] for b in buckets if b.startswith("stackform-") for o in s3.list_objects_v2(Bucket=b).get("Contents", [])]
        # Beside a ledger there are releases and journals, named by chance and by digests; without one nothing may be left.
        isKept = any(key.endswith("ledger.json") for key in held)
        found["ledgers"] = [key for key in held if not (isKept and ("/releases/" in key or "/runs/" in key))]
        return {kind: sorted(x.replace(number, "ACCOUNT") for x in items) for kind, items in found.items() if items}

    for line in sys.stdin:
        wanted = json.loads(line)
        try:
            answer = {"found": {n: survey(wanted["endpoint"], n, wanted["offered"]) for n in wanted["accounts"]}}
        except Exception:
            answer = {"error": traceback.format_exc()}
        print(json.dumps(answer, sort_keys=True), flush=True)
    """

  /// What the samples of kinds bring.
  private static let listings = KindSamples.all.compactMap { sample in
    sample.part.map { part in
      "    if \"\(sample.section)\" in offered:\n        found[\"\(sample.section)\"] = \(part.listing)"
    }
  }.joined(separator: "\n")

  private static let shared = Result { try Survey() }

  struct Failed: Error { let output: String }

  private struct Answer: Decodable {
    var found: [String: [String: [String]]]?
    var error: String?
  }

  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let turn = Locked(())

  private init() throws {
    guard let python = TestEndpoint.python else { throw TestAccount.MissingEndpoint(name: "python") }
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-c", Self.script]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  /// By account. The places may be on several processes of an endpoint.
  static func of(_ places: [Workplace]) async throws -> [String: [String: [String]]] {
    var found: [String: [String: [String]]] = [:]
    for (_, places) in Dictionary(grouping: places, by: \.account.endpoint) {
      found.merge(try await ofOneEndpoint(places)) { $1 }
    }
    return found
  }

  private static func ofOneEndpoint(_ places: [Workplace]) async throws -> [String: [String: [String]]] {
    guard let first = places.first else { return [:] }
    let accounts = places.map { Value.string($0.account.id) }
    let endpoint = TestEndpoint.allCases.first { $0.software.rawValue == first.account.target.software }
    let offered =
      AWSKinds.all.map(\.schema.section).filter { endpoint?.offers($0) == true }
      + (endpoint?.offersHTTPApis == true ? ["HTTP APIs"] : [])
    let question: Value = [
      "endpoint": .string(first.account.endpoint), "accounts": .list(accounts),
      "offered": .list(offered.map(Value.string)),
    ]
    let survey = try shared.get()
    let line = await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: survey.ask(question.json)) }
    }
    let answer = try JSONDecoder().decode(Answer.self, from: line)
    guard let found = answer.found else { throw Failed(output: answer.error ?? "") }
    return found
  }

  /// A line there, a line back; one asks at a time.
  private func ask(_ question: String) -> Data {
    turn.withLock { _ in
      input.fileHandleForWriting.write(Data((question + "\n").utf8))
      var line = Data()
      while line.last != UInt8(ascii: "\n") {
        let piece = output.fileHandleForReading.availableData
        if piece.isEmpty { break }
        line += piece
      }
      return line
    }
  }
}
