"""Amazon CloudWatch Logs."""

from rulebook import DOCS, forgets, makes, note, rule

GUIDE = f"{DOCS}/AmazonCloudWatch/latest/logs"
API = f"{DOCS}/AmazonCloudWatchLogs/latest/APIReference"
KINESIS = "arn:aws:kinesis:us-east-1:111111111111:stream/s"


def creating(**parameters):
    return ("CreateLogGroup", {"logGroupName": "g", **parameters})


def metric(name="m", **parameters):
    return ("PutMetricFilter", {"logGroupName": "g", "filterName": name, "filterPattern": "", "metricTransformations": [
        {"metricName": "a", "metricNamespace": "b", "metricValue": "1", **parameters}]})


def subscription(name="s", **parameters):
    return ("PutSubscriptionFilter", {"logGroupName": "g", "filterName": name, "filterPattern": "",
                                      "destinationArn": KINESIS, "roleArn": "arn:aws:iam::111111111111:role/r", **parameters})


@note("logs CreateLogGroup")
def _(call, account, answer):
    account.make("log group", call["logGroupName"], kind=call["logGroupClass"] or "STANDARD", tags=set((call["tags"] or {}).keys()))


forgets("logs DeleteLogGroup", "log group", "$logGroupName")
makes("logs PutMetricFilter", "log group", "$logGroupName", "metric", "$filterName")
forgets("logs DeleteMetricFilter", "log group", "$logGroupName", "metric", "$filterName")
makes("logs PutSubscriptionFilter", "log group", "$logGroupName", "subscription", "$filterName")
forgets("logs DeleteSubscriptionFilter", "log group", "$logGroupName", "subscription", "$filterName")


def tagged(call, account):
    return account["log group", ":".join((call["resourceArn"] or "").split(":")[6:]).removesuffix(":*")]


@note("logs TagResource")
def _(call, account, answer):
    if group := tagged(call, account):
        group["tags"] |= call["tags"].keys()


@note("logs UntagResource")
def _(call, account, answer):
    if group := tagged(call, account):
        group["tags"] -= set(call["tagKeys"])


RETENTION = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)


@rule(
    "logs-retention", "logs PutRetentionPolicy", "InvalidParameterException",
    f"The number of days to retain the log events: possible values are {', '.join(map(str, RETENTION))}.", f"{API}/API_PutRetentionPolicy.html",
    breaks=[("PutRetentionPolicy", {"logGroupName": "g", "retentionInDays": 8})], keeps=[("PutRetentionPolicy", {"logGroupName": "g", "retentionInDays": 7})])
def _(call, account):
    return call["retentionInDays"] not in RETENTION


@rule(
    "logs-delivery-retention", "logs PutRetentionPolicy DeleteRetentionPolicy", "InvalidParameterException",
    "The retention of the log class DELIVERY is fixed.", f"{API}/API_PutRetentionPolicy.html",
    breaks=[creating(logGroupClass="DELIVERY"), ("PutRetentionPolicy", {"logGroupName": "g", "retentionInDays": 7})],
    keeps=[creating(), ("PutRetentionPolicy", {"logGroupName": "g", "retentionInDays": 7})])
def _(call, account):
    return (account["log group", call["logGroupName"]] or {}).get("kind") == "DELIVERY"


@rule(
    "logs-infrequent-filters", "logs PutMetricFilter PutSubscriptionFilter", "InvalidOperationException",
    "Metric filters and subscription filters are supported only for log groups in the Standard log class.", f"{API}/API_PutMetricFilter.html",
    breaks=[creating(logGroupClass="INFREQUENT_ACCESS"), metric()], keeps=[creating(), metric()])
def _(call, account):
    return (account["log group", call["logGroupName"]] or {}).get("kind", "STANDARD") != "STANDARD"


@rule(
    "logs-two-subscriptions", "logs PutSubscriptionFilter", "LimitExceededException", "Resource limit exceeded: a log group has at most 2 subscription filters.",
    f"{GUIDE}/cloudwatch_limits_cwl.html", breaks=[creating(), subscription("a"), subscription("b"), subscription("c")],
    keeps=[creating(), subscription("a"), subscription("b"), subscription("b")])
def _(call, account):
    names = {key[0] for key in account.below("log group", call["logGroupName"], "subscription")}
    return len(names | {call["filterName"]}) > 2


@rule(
    "logs-hundred-metrics", "logs PutMetricFilter", "LimitExceededException", "Resource limit exceeded: a log group has at most 100 metric filters.",
    f"{GUIDE}/cloudwatch_limits_cwl.html", breaks=[creating()] + [metric(f"m{i}") for i in range(101)], keeps=[creating()] + [metric(f"m{i}") for i in range(100)])
def _(call, account):
    names = {key[0] for key in account.below("log group", call["logGroupName"], "metric")}
    return len(names | {call["filterName"]}) > 100


@rule(
    "logs-default-or-dimensions", "logs PutMetricFilter", "InvalidParameterException",
    "A metric transformation with dimensions, at most three, has no default value.", f"{API}/API_MetricTransformation.html",
    breaks=[metric(defaultValue=0, dimensions={"a": "$.a"})], keeps=[metric(dimensions={"a": "$.a"})])
def _(call, account):
    return any(t.get("dimensions") and (t.get("defaultValue") is not None or len(t["dimensions"]) > 3) for t in call["metricTransformations"])


@rule(
    "logs-stream-role", "logs PutSubscriptionFilter", "InvalidParameterException",
    "destinationArn for vendor kinesis must be used with a roleArn, that of lambda without one.", f"{API}/API_PutSubscriptionFilter.html",
    breaks=[subscription(roleArn=None)], keeps=[subscription()])
def _(call, account):
    service = call["destinationArn"].split(":")[2]
    return service in ("kinesis", "firehose") and not call["roleArn"] or service == "lambda" and bool(call["roleArn"])


@rule(
    "logs-lambda-permission", "logs PutSubscriptionFilter", "InvalidParameterException",
    "Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.", f"{GUIDE}/SubscriptionFilters.html",
    breaks=[("lambda:CreateFunction", {"FunctionName": "f", "Runtime": "python3.12", "Handler": "a.b"}), subscription(destinationArn="arn:aws:lambda:us-east-1:111111111111:function:f", roleArn=None)],
    keeps=[("lambda:CreateFunction", {"FunctionName": "f", "Runtime": "python3.12", "Handler": "a.b"}),
           ("lambda:AddPermission", {"FunctionName": "f", "StatementId": "s", "Action": "lambda:InvokeFunction", "Principal": "logs.amazonaws.com"}),
           subscription(destinationArn="arn:aws:lambda:us-east-1:111111111111:function:f", roleArn=None)])
def _(call, account):
    parts = call["destinationArn"].split(":")
    if parts[2] != "lambda" or not account["function", parts[6]]:
        return False
    callers = [p["principal"] for p in account.below("function", parts[6], "permission").values()]
    return not any(c.startswith("logs.") and c.endswith("amazonaws.com") or c == "*" for c in callers)


@rule(
    "logs-reserved-name", "logs CreateLogGroup", "InvalidParameterException", "Log group names can't start with the string aws/.", f"{API}/API_CreateLogGroup.html",
    breaks=[("CreateLogGroup", {"logGroupName": "aws/g"})], keeps=[("CreateLogGroup", {"logGroupName": "/aws/lambda/g"})])
def _(call, account):
    return call["logGroupName"].startswith("aws/")


@rule(
    "logs-tags-at-creation", "logs CreateLogGroup", "InvalidParameterException", "You can assign up to 50 tags to a log group.",
    f"{API}/API_CreateLogGroup.html", breaks=[creating(tags={str(i): "" for i in range(51)})],
    keeps=[creating(tags={str(i): "" for i in range(50)})])
def _(call, account):
    return len(call["tags"] or {}) > 50


@rule(
    "logs-tags", "logs TagResource", "TooManyTagsException", "A resource can have no more than 50 tags.", f"{API}/API_TagResource.html",
    breaks=[creating(tags={str(i): "" for i in range(50)}), ("TagResource", {"resourceArn": "arn:aws:logs:us-east-1:1:log-group:g", "tags": {"x": ""}})],
    keeps=[creating(tags={str(i): "" for i in range(50)}), ("TagResource", {"resourceArn": "arn:aws:logs:us-east-1:1:log-group:g", "tags": {"1": ""}})])
def _(call, account):
    old = (tagged(call, account) or {}).get("tags", set()) if call["resourceArn"] else set()
    return len(old | (call["tags"] or {}).keys()) > 50
