"""AWS Lambda: event source mappings."""

import json

from rulebook import rule
from rules.lambda_functions import API, GUIDE, QUEUE, TRUSTED, allows, creating, plain

MAPS = "lambda CreateEventSourceMapping UpdateEventSourceMapping"
STREAM = "arn:aws:kinesis:us-east-1:111111111111:stream/s"


def mapping(source=QUEUE, function="f", **parameters):
    return ("CreateEventSourceMapping", {"EventSourceArn": source, "FunctionName": function, **parameters}, {"UUID": source + function})


@rule(
    "lambda-mapping-exists", "lambda CreateEventSourceMapping", "ResourceConflictException",
    "The event source arn and function name provided already have a mapping.", f"{API}/API_CreateEventSourceMapping.html", status=409,
    breaks=[mapping(), mapping()], keeps=[mapping(), mapping(function="g")])
def _(call, account):
    source, function = call["EventSourceArn"], call["FunctionName"]
    return bool(source) and any(
        key[0] == "mapping" and m["source"] == source and m["function"] == function for key, m in account.things.items())


@rule(
    "lambda-starting-position", "lambda CreateEventSourceMapping", "InvalidParameterValueException",
    "StartingPosition is required for streams, and not supported for queues.", f"{API}/API_CreateEventSourceMapping.html",
    breaks=[mapping(STREAM)], keeps=[mapping(STREAM, StartingPosition="LATEST")])
def _(call, account):
    service = (call["EventSourceArn"] or ":::").split(":")[2]
    return service in ("kinesis", "dynamodb") and not call["StartingPosition"] or service == "sqs" and bool(call["StartingPosition"])


@rule(
    "lambda-batch-window", "lambda CreateEventSourceMapping", "InvalidParameterValueException",
    "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10; FIFO queues have batches of up to 10 and no window.",
    f"{GUIDE}/services-sqs-configure.html",
    breaks=[mapping(BatchSize=11)], keeps=[mapping(BatchSize=11, MaximumBatchingWindowInSeconds=1)])
def _(call, account):
    source = call["EventSourceArn"] or ""
    size, window = call["BatchSize"] or 10, call["MaximumBatchingWindowInSeconds"] or 0
    is_fifo = source.endswith(".fifo")
    return ":sqs:" in source and (size > 10 and (window == 0 or is_fifo) or is_fifo and window > 0)


@rule(
    "lambda-visibility", "lambda CreateEventSourceMapping", "InvalidParameterValueException",
    "Queue visibility timeout is less than the function timeout.", f"{GUIDE}/services-sqs-configure.html",
    breaks=[creating(Timeout=31), ("sqs:CreateQueue", {"QueueName": "q"}), mapping()],
    keeps=[creating(Timeout=30), ("sqs:CreateQueue", {"QueueName": "q"}), mapping()])
def _(call, account):
    queue = account["sqs queue", (call["EventSourceArn"] or "").rpartition(":")[2]]
    function = account["function", plain(call["FunctionName"])]
    if not queue or not function or ":sqs:" not in call["EventSourceArn"]:
        return False
    return int((queue.get("attributes") or {}).get("VisibilityTimeout", 30)) < function["timeout"]


NEEDS = {"sqs": "sqs:ReceiveMessage", "kinesis": "kinesis:GetRecords", "dynamodb": "dynamodb:GetRecords"}


@rule(
    "lambda-role-reads-source", "lambda CreateEventSourceMapping", "InvalidParameterValueException",
    "The function execution role does not have permissions to read from the event source.", f"{GUIDE}/invocation-eventsourcemapping.html",
    breaks=[("iam:CreateRole", {"RoleName": "r", "AssumeRolePolicyDocument": TRUSTED}), creating(), mapping()],
    keeps=[("iam:CreateRole", {"RoleName": "r", "AssumeRolePolicyDocument": TRUSTED}),
           ("iam:PutRolePolicy", {"RoleName": "r", "PolicyName": "p", "PolicyDocument": '{"Version": "2012-10-17", "Statement": [{"Action": ["sqs:ReceiveMessage"], "Resource": "*"}]}'}),
           creating(), mapping()])
def _(call, account):
    action = NEEDS.get((call["EventSourceArn"] or ":::").split(":")[2])
    function = account["function", plain(call["FunctionName"])] or {}
    return bool(action) and not allows(account, function.get("role"), action)


@rule(
    "lambda-mapping-filters", MAPS, "InvalidParameterValueException",
    "An event source has up to 10 filters (5 before the quota is raised), each of which is a JSON object with lists of values.", f"{GUIDE}/invocation-eventfiltering.html",
    breaks=[mapping(FilterCriteria={"Filters": [{"Pattern": '{"body": "x"}'}]})], keeps=[mapping(FilterCriteria={"Filters": [{"Pattern": '{"body": ["x"]}'}] * 10})])
def _(call, account):
    filters = call["FilterCriteria.Filters"] or []
    return len(filters) > 10 or any(not is_pattern(item.get("Pattern", "{}")) for item in filters)


def is_pattern(text):
    def holds(value):
        return isinstance(value, list) or isinstance(value, dict) and all(map(holds, value.values()))

    try:
        value = json.loads(text)
    except ValueError:
        return False
    return isinstance(value, dict) and holds(value)


@rule(
    "lambda-queue-settings", MAPS, "InvalidParameterValueException",
    "ParallelizationFactor, BisectBatchOnFunctionError, MaximumRetryAttempts, MaximumRecordAgeInSeconds and TumblingWindowInSeconds are for streams alone.",
    f"{API}/API_CreateEventSourceMapping.html",
    breaks=[mapping(ParallelizationFactor=2)], keeps=[mapping(STREAM, StartingPosition="LATEST", ParallelizationFactor=2)])
def _(call, account):
    source = call["EventSourceArn"] or (account["mapping", call["UUID"]] or {}).get("source") or ""
    names = ("ParallelizationFactor", "BisectBatchOnFunctionError", "MaximumRetryAttempts", "MaximumRecordAgeInSeconds", "TumblingWindowInSeconds")
    return ":sqs:" in source and ", ".join(name for name in names if call[name] is not None)
