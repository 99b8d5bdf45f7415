import Foundation
import Planner

/// What an account holds, as boto3 lists it: by kind, sorted, with the account's number taken out.
struct Survey: Sendable {
  private static let script = """
    # One session, for it keeps the descriptions of the services: reading them takes longer than all requests.
    session = boto3.Session()
    def survey(number):
        c = lambda service: session.client(service, endpoint_url=endpoint, region_name="us-east-1",
                                           aws_access_key_id=number, aws_secret_access_key="x")
        found = {}
        found["queues"] = [u.rsplit("/", 1)[-1] for u in c("sqs").list_queues().get("QueueUrls", [])]
        sns = c("sns")
        found["topics"] = [t["TopicArn"].rsplit(":", 1)[-1] for t in sns.list_topics()["Topics"]]
        found["subscriptions"] = [s["TopicArn"] + " to " + s["Endpoint"] for s in sns.list_subscriptions()["Subscriptions"]]
        dynamo = c("dynamodb")
        tables = dynamo.list_tables()["TableNames"]
        found["tables"] = [t + " " + json.dumps(dynamo.describe_table(TableName=t)["Table"]["KeySchema"]) for t in tables]
        found["log groups"] = [g["logGroupName"] for g in c("logs").describe_log_groups()["logGroups"]]
        found["alarms"] = [a["AlarmName"] for a in c("cloudwatch").describe_alarms()["MetricAlarms"]]
        iam = c("iam")
        roles = [(r["RoleName"], r["Path"]) for r in iam.list_roles()["Roles"] if not r["Path"].startswith("/aws-service-role")]
        found["roles"] = [r + " " + p + " " + ",".join(iam.list_role_policies(RoleName=r)["PolicyNames"]) for r, p in roles]
        functions = c("lambda")
        found["lambdas"] = [f["FunctionName"] for f in functions.list_functions()["Functions"]]
        found["mappings"] = [m["EventSourceArn"] + " to " + m["FunctionArn"] for m in functions.list_event_source_mappings()["EventSourceMappings"] if m.get("State") != "Deleting"]
        apis = c("apigateway")
        found["apis"] = [a["name"] + " " + ",".join(sorted(r["path"] for r in apis.get_resources(restApiId=a["id"], limit=500)["items"]))
                         + " " + ",".join(s["stageName"] for s in apis.get_stages(restApiId=a["id"])["item"])
                         for a in apis.get_rest_apis(limit=500)["items"]]
        s3 = c("s3")
        buckets = [b["Name"] for b in s3.list_buckets()["Buckets"]]
        found["buckets"] = [b for b in buckets if not b.startswith("stackform-")]
        found["ledgers"] = [o["Key"] for b in buckets if b.startswith("stackform-") for o in s3.list_objects_v2(Bucket=b).get("Contents", [])]
        return number, {kind: sorted(x.replace(number, "ACCOUNT") for x in items) for kind, items in found.items() if items}
    print(json.dumps(dict(map(survey, numbers.split())), sort_keys=True))
    """

  /// By account.
  static func of(_ places: [Workplace]) throws -> [String: [String: [String]]] {
    guard let first = places.first else { return [:] }
    let text = try first.account.python(
      script, ["numbers": places.map(\.account.id).joined(separator: " ")])
    return try JSONDecoder().decode([String: [String: [String]]].self, from: Data(text.utf8))
  }
}
