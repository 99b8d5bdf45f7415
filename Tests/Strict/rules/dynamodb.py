"""Amazon DynamoDB: tables."""

from rulebook import DOCS, note, rule

GUIDE = f"{DOCS}/amazondynamodb/latest/developerguide"
API = f"{DOCS}/amazondynamodb/latest/APIReference"
ARN = "arn:aws:dynamodb:us-east-1:111111111111:table/t"
KEY = {"AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}], "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}
INDEX = {"KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}], "Projection": {"ProjectionType": "ALL"}}


def creating(**parameters):
    return ("CreateTable", {"TableName": "t", "BillingMode": "PAY_PER_REQUEST", **KEY, **parameters})


def updating(**parameters):
    return ("UpdateTable", {"TableName": "t", **parameters})


def living(attribute, is_on):
    return ("UpdateTimeToLive", {"TableName": "t", "TimeToLiveSpecification": {"AttributeName": attribute, "Enabled": is_on}})


def table_of(call, account):
    name = call["TableName"] or call["ResourceArn"] or ""
    return account["table", name.rpartition("/")[2]]


@note("dynamodb CreateTable")
def _(call, account, answer):
    account.make("table", call["TableName"], stream=bool(call["StreamSpecification.StreamEnabled"]), lives=None,
                 tags={t["Key"] for t in call["Tags"] or []}, mode=call["BillingMode"] or "PROVISIONED")


@note("dynamodb UpdateTable")
def _(call, account, answer):
    if table := table_of(call, account):
        if call["StreamSpecification"]:
            table["stream"] = bool(call["StreamSpecification.StreamEnabled"])
        table["mode"] = call["BillingMode"] or table["mode"]


@note("dynamodb DeleteTable")
def _(call, account, answer):
    account.forget("table", call["TableName"].rpartition("/")[2])


@note("dynamodb UpdateTimeToLive")
def _(call, account, answer):
    if table := table_of(call, account):
        table["lives"] = call["TimeToLiveSpecification.AttributeName"] if call["TimeToLiveSpecification.Enabled"] else None


@note("dynamodb TagResource")
def _(call, account, answer):
    if table := table_of(call, account):
        table["tags"] |= {t["Key"] for t in call["Tags"] or []}


@note("dynamodb UntagResource")
def _(call, account, answer):
    if table := table_of(call, account):
        table["tags"] -= set(call["TagKeys"])


def keys(item):
    return {key["AttributeName"] for key in item.get("KeySchema") or []}


@rule(
    "dynamodb-used-attributes", "dynamodb CreateTable", "ValidationException",
    "One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions.",
    f"{API}/API_CreateTable.html",
    breaks=[creating(AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in ("id", "other")])], keeps=[creating()])
def _(call, account):
    defined = {a["AttributeName"] for a in call["AttributeDefinitions"] or []}
    used = set().union(*(keys(item) for item in [call.parameters, *(call["GlobalSecondaryIndexes"] or []), *(call["LocalSecondaryIndexes"] or [])]))
    return defined != used


@rule(
    "dynamodb-throughput", "dynamodb CreateTable", "ValidationException",
    "One or more parameter values were invalid: ProvisionedThroughput is given when BillingMode is PROVISIONED, and only then.", f"{API}/API_CreateTable.html",
    breaks=[creating(ProvisionedThroughput={"ReadCapacityUnits": 1, "WriteCapacityUnits": 1})], keeps=[creating()])
def _(call, account):
    is_on_demand = call["BillingMode"] == "PAY_PER_REQUEST"
    items = [call.parameters, *(call["GlobalSecondaryIndexes"] or [])]
    return any(bool(item.get("ProvisionedThroughput")) == is_on_demand for item in items)


@rule(
    "dynamodb-index-count", "dynamodb CreateTable", "ValidationException",
    "One or more parameter values were invalid: a table has at most 20 global and 5 local secondary indexes.", f"{GUIDE}/ServiceQuotas.html",
    breaks=[creating(LocalSecondaryIndexes=[{**INDEX, "IndexName": f"i{i}"} for i in range(6)])],
    keeps=[creating(GlobalSecondaryIndexes=[{**INDEX, "IndexName": f"i{i}"} for i in range(6)])])
def _(call, account):
    return len(call["GlobalSecondaryIndexes"] or []) > 20 or len(call["LocalSecondaryIndexes"] or []) > 5


@rule(
    "dynamodb-one-index-change", "dynamodb UpdateTable", "LimitExceededException",
    "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table.", f"{API}/API_UpdateTable.html",
    breaks=[updating(GlobalSecondaryIndexUpdates=[{"Create": {"IndexName": "a"}}, {"Delete": {"IndexName": "b"}}])],
    keeps=[updating(GlobalSecondaryIndexUpdates=[{"Create": {"IndexName": "a"}}])])
def _(call, account):
    return sum(bool({"Create", "Delete"} & change.keys()) for change in call["GlobalSecondaryIndexUpdates"] or []) > 1


@rule(
    "dynamodb-one-operation", "dynamodb UpdateTable", "ValidationException",
    "You can only perform one of these at once: modify the throughput of the table, remove a global secondary index, create one.", f"{API}/API_UpdateTable.html",
    breaks=[updating(ProvisionedThroughput={"ReadCapacityUnits": 2}, GlobalSecondaryIndexUpdates=[{"Create": {"IndexName": "a"}}])],
    keeps=[updating(ProvisionedThroughput={"ReadCapacityUnits": 2}, GlobalSecondaryIndexUpdates=[{"Update": {"IndexName": "a"}}])])
def _(call, account):
    changes = call["GlobalSecondaryIndexUpdates"] or []
    return bool(call["ProvisionedThroughput"]) and any({"Create", "Delete"} & change.keys() for change in changes)


@rule(
    "dynamodb-stream-exists", "dynamodb UpdateTable", "ValidationException",
    "Table already has an enabled stream: a stream that is there can't be enabled again or changed, one that is not can't be disabled.", f"{API}/API_StreamSpecification.html",
    breaks=[creating(StreamSpecification={"StreamEnabled": True}), updating(StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"})],
    keeps=[creating(StreamSpecification={"StreamEnabled": True}), updating(StreamSpecification={"StreamEnabled": False})])
def _(call, account):
    table = table_of(call, account)
    return table and call["StreamSpecification"] is not None and bool(call["StreamSpecification.StreamEnabled"]) == table["stream"]


@rule(
    "dynamodb-same-life", "dynamodb UpdateTimeToLive", "ValidationException",
    "TimeToLive is already enabled or disabled, or is active on a different AttributeName.", f"{API}/API_UpdateTimeToLive.html",
    breaks=[creating(), living("a", True), living("b", True)], keeps=[creating(), living("a", True), living("a", False), living("b", True)])
def _(call, account):
    table = table_of(call, account)
    return table and bool(call["TimeToLiveSpecification.Enabled"]) == bool(table["lives"])


@rule(
    "dynamodb-projected-attributes", "dynamodb CreateTable UpdateTable", "ValidationException",
    "One or more parameter values were invalid: NonKeyAttributes are for the projection INCLUDE, and at most 20 to an index and 100 to a table.", f"{API}/API_Projection.html",
    breaks=[creating(GlobalSecondaryIndexes=[{**INDEX, "IndexName": "i", "Projection": {"ProjectionType": "ALL", "NonKeyAttributes": ["a"]}}])],
    keeps=[creating(GlobalSecondaryIndexes=[{**INDEX, "IndexName": "i", "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["a"]}}])])
def _(call, account):
    made = [change["Create"] for change in call["GlobalSecondaryIndexUpdates"] or [] if "Create" in change]
    projections = [i.get("Projection") or {} for i in [*(call["GlobalSecondaryIndexes"] or []), *(call["LocalSecondaryIndexes"] or []), *made]]
    counts = [len(p.get("NonKeyAttributes") or []) for p in projections]
    wrong = any(("NonKeyAttributes" in p) != (p.get("ProjectionType") == "INCLUDE") for p in projections)
    return wrong or sum(counts) > 100 or any(count > 20 for count in counts)


@rule(
    "dynamodb-tags", "dynamodb CreateTable TagResource", "ValidationException",
    "One or more parameter values were invalid: a table has at most 50 tags.", f"{GUIDE}/Tagging.html",
    breaks=[creating(Tags=[{"Key": str(i)} for i in range(50)]), ("TagResource", {"ResourceArn": ARN, "Tags": [{"Key": "x"}]})],
    keeps=[creating(Tags=[{"Key": str(i)} for i in range(50)]), ("TagResource", {"ResourceArn": ARN, "Tags": [{"Key": "1"}]})])
def _(call, account):
    old = (table_of(call, account) or {}).get("tags", set()) if call["ResourceArn"] else set()
    return len(old | {t["Key"] for t in call["Tags"] or []}) > 50


@rule(
    "dynamodb-policy-size", "dynamodb PutResourcePolicy CreateTable", "ValidationException", "The maximum size of a resource-based policy is 20 KB.", f"{API}/API_PutResourcePolicy.html",
    breaks=[("PutResourcePolicy", {"ResourceArn": ARN, "Policy": "x" * 20481})], keeps=[("PutResourcePolicy", {"ResourceArn": ARN, "Policy": "x"})])
def _(call, account):
    return len(call["Policy"] or call["ResourcePolicy"] or "") > 20480
