"""Amazon SQS."""

import json

from rulebook import DOCS, note, rule

GUIDE = f"{DOCS}/AWSSimpleQueueService/latest/SQSDeveloperGuide"
API = f"{DOCS}/AWSSimpleQueueService/latest/APIReference"
WRITES = "sqs CreateQueue SetQueueAttributes"
URL = "http://sqs/111111111111/"
ARN = "arn:aws:sqs:us-east-1:111111111111:"


def name_of(call):
    return call["QueueName"] or (call["QueueUrl"] or "").rpartition("/")[2]


def attributes(call):
    return call["Attributes"] or {}


def document(call, name):
    """An attribute that is a JSON text; {} where it is absent, empty or broken."""
    try:
        value = json.loads(attributes(call).get(name) or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def creating(name, **values):
    return ("CreateQueue", {"QueueName": name, "Attributes": values})


def setting(name, **values):
    return ("SetQueueAttributes", {"QueueUrl": URL + name, "Attributes": values})


@note("sqs CreateQueue")
def _(call, account, answer):
    queue = account["sqs queue", name_of(call)]
    if not queue or "deleted" in queue:
        account.make("sqs queue", name_of(call), attributes=dict(attributes(call)), tags=dict(call["tags"] or {}))


@note("sqs SetQueueAttributes")
def _(call, account, answer):
    if queue := account["sqs queue", name_of(call)]:
        queue.setdefault("attributes", {}).update(attributes(call))


@note("sqs TagQueue")
def _(call, account, answer):
    if queue := account["sqs queue", name_of(call)]:
        queue.setdefault("tags", {}).update(call["Tags"] or {})


@note("sqs UntagQueue")
def _(call, account, answer):
    for key in call["TagKeys"] or []:
        ((account["sqs queue", name_of(call)] or {}).get("tags") or {}).pop(key, None)


@note("sqs DeleteQueue")
def _(call, account, answer):
    account.make("sqs queue", name_of(call), deleted=account.now())


@rule(
    "sqs-deleted-recently", "sqs CreateQueue", "QueueDeletedRecently",
    "You must wait 60 seconds after deleting a queue before you can create another with the same name.",
    f"{API}/API_DeleteQueue.html",
    breaks=[creating("a"), ("DeleteQueue", {"QueueUrl": URL + "a"}), creating("a")],
    keeps=[creating("a"), ("DeleteQueue", {"QueueUrl": URL + "a"}), creating("b")])
def _(call, account):
    return account.lasts((account["sqs queue", name_of(call)] or {}).get("deleted"), 60)


@rule(
    "sqs-name", "sqs CreateQueue", "InvalidParameterValue",
    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.",
    f"{API}/API_CreateQueue.html", breaks=[creating("a b")], keeps=[creating("a_b-1.fifo", FifoQueue="true")])
def _(call, account):
    plain = name_of(call).removesuffix(".fifo").replace("-", "").replace("_", "")
    return not (plain.isascii() and plain.isalnum()) or len(name_of(call)) > 80


@rule(
    "sqs-fifo-name", "sqs CreateQueue", "InvalidParameterValue",
    "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix.",
    f"{API}/API_CreateQueue.html", breaks=[creating("a", FifoQueue="true")], keeps=[creating("a.fifo", FifoQueue="true")])
def _(call, account):
    return name_of(call).endswith(".fifo") != (attributes(call).get("FifoQueue") == "true")


RANGES = {
    "DelaySeconds": (0, 900), "MaximumMessageSize": (1024, 1048576), "MessageRetentionPeriod": (60, 1209600),
    "ReceiveMessageWaitTimeSeconds": (0, 20), "VisibilityTimeout": (0, 43200), "KmsDataKeyReusePeriodSeconds": (60, 86400),
}
for _name, (_least, _most) in RANGES.items():

    @rule(
        f"sqs-range-{_name}", WRITES, "InvalidAttributeValue", f"{_name} is an integer from {_least} to {_most}.",
        f"{API}/API_SetQueueAttributes.html",
        breaks=[setting("a", **{_name: str(_most + 1)})], keeps=[setting("a", **{_name: str(_most)})])
    def _(call, account, name=_name, least=_least, most=_most):
        text = attributes(call).get(name)
        return text is not None and not (text.isdigit() and least <= int(text) <= most)


@rule(
    "sqs-one-encryption", WRITES, "InvalidAttributeValue",
    "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.",
    f"{API}/API_SetQueueAttributes.html",
    breaks=[setting("a", KmsMasterKeyId="alias/aws/sqs", SqsManagedSseEnabled="true")],
    keeps=[setting("a", KmsMasterKeyId="", SqsManagedSseEnabled="true")])
def _(call, account):
    return bool(attributes(call).get("KmsMasterKeyId")) and attributes(call).get("SqsManagedSseEnabled") == "true"


@rule(
    "sqs-redrive-count", WRITES, "InvalidParameterValue",
    "Value for parameter RedrivePolicy is invalid. maxReceiveCount is an integer from 1 to 1000, and deadLetterTargetArn is mandatory.",
    f"{GUIDE}/sqs-configure-dead-letter-queue.html",
    breaks=[setting("a", RedrivePolicy=json.dumps({"deadLetterTargetArn": ARN + "b", "maxReceiveCount": 1001}))],
    keeps=[setting("a", RedrivePolicy=json.dumps({"deadLetterTargetArn": ARN + "b", "maxReceiveCount": "3"}))])
def _(call, account):
    policy = document(call, "RedrivePolicy")
    count = str(policy.get("maxReceiveCount", ""))
    return bool(policy) and not (count.isdigit() and 1 <= int(count) <= 1000 and policy.get("deadLetterTargetArn"))


@rule(
    "sqs-redrive-type", WRITES, "InvalidParameterValue",
    "The dead-letter queue of a FIFO queue must also be a FIFO queue, that of a standard queue a standard queue.",
    f"{GUIDE}/sqs-dead-letter-queues.html",
    breaks=[setting("a.fifo", RedrivePolicy=json.dumps({"deadLetterTargetArn": ARN + "b", "maxReceiveCount": 3}))],
    keeps=[setting("a.fifo", RedrivePolicy=json.dumps({"deadLetterTargetArn": ARN + "b.fifo", "maxReceiveCount": 3}))])
def _(call, account):
    target = document(call, "RedrivePolicy").get("deadLetterTargetArn")
    return bool(target) and target.endswith(".fifo") != name_of(call).endswith(".fifo")


@rule(
    "sqs-redrive-place", WRITES, "InvalidParameterValue",
    "The dead-letter queue and its source queue must be in the same AWS Region and account.",
    f"{GUIDE}/sqs-dead-letter-queues.html",
    breaks=[setting("a", RedrivePolicy=json.dumps({"deadLetterTargetArn": "arn:aws:sqs:us-east-1:222222222222:b", "maxReceiveCount": 3}))],
    keeps=[setting("a", RedrivePolicy=json.dumps({"deadLetterTargetArn": ARN + "b", "maxReceiveCount": 3}))])
def _(call, account):
    target = document(call, "RedrivePolicy").get("deadLetterTargetArn")
    return bool(target) and target.split(":")[3:5] != [account.region, account.number]


@rule(
    "sqs-redrive-allow", WRITES, "InvalidParameterValue",
    "Value for parameter RedriveAllowPolicy is invalid: sourceQueueArns, at most 10, are there when redrivePermission is byQueue, and only then.",
    f"{API}/API_SetQueueAttributes.html",
    breaks=[setting("a", RedriveAllowPolicy=json.dumps({"redrivePermission": "allowAll", "sourceQueueArns": [ARN + "b"]}))],
    keeps=[setting("a", RedriveAllowPolicy=json.dumps({"redrivePermission": "byQueue", "sourceQueueArns": [ARN + "b"]}))])
def _(call, account):
    policy = document(call, "RedriveAllowPolicy")
    sources = policy.get("sourceQueueArns", [])
    if not policy:
        return False
    permission = policy.get("redrivePermission")
    return permission not in ("allowAll", "denyAll", "byQueue") or (permission == "byQueue") != bool(sources) or len(sources) > 10


@rule(
    "sqs-policy-statements", WRITES, "OverLimit", "A queue's policy has at most 20 statements.",
    f"{GUIDE}/quotas-policies.html", status=403,
    breaks=[setting("a", Policy=json.dumps({"Statement": [{"Sid": str(i)} for i in range(21)]}))],
    keeps=[setting("a", Policy=json.dumps({"Statement": [{"Sid": str(i)} for i in range(20)]}))])
def _(call, account):
    statements = document(call, "Policy").get("Statement", [])
    return isinstance(statements, list) and len(statements) > 20


@rule(
    "sqs-tags", "sqs CreateQueue TagQueue", "InvalidParameterValue", "A queue has at most 50 tags.",
    f"{GUIDE}/sqs-queue-tags.html",
    breaks=[creating("a"), ("TagQueue", {"QueueUrl": URL + "a", "Tags": {str(i): "" for i in range(50)}}),
            ("TagQueue", {"QueueUrl": URL + "a", "Tags": {"x": ""}})],
    keeps=[creating("a"), ("TagQueue", {"QueueUrl": URL + "a", "Tags": {str(i): "" for i in range(50)}}),
           ("TagQueue", {"QueueUrl": URL + "a", "Tags": {"7": "x"}})])
def _(call, account):
    old = (account["sqs queue", name_of(call)] or {}).get("tags") or {}
    return len({**old, **(call["tags"] or {}), **(call["Tags"] or {})}) > 50


@rule(
    "sqs-fifo-attributes", WRITES, "InvalidAttributeName",
    "ContentBasedDeduplication, DeduplicationScope and FifoThroughputLimit are for FIFO queues alone.",
    f"{API}/API_SetQueueAttributes.html",
    breaks=[setting("a", ContentBasedDeduplication="true")], keeps=[setting("a.fifo", ContentBasedDeduplication="true")])
def _(call, account):
    names = {"ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"}
    return not name_of(call).endswith(".fifo") and bool(names & attributes(call).keys())


@rule(
    "sqs-fifo-stays", "sqs SetQueueAttributes", "InvalidAttributeName",
    "You can't change the queue type after you create it: FifoQueue is given at its creation alone.",
    f"{API}/API_CreateQueue.html", breaks=[setting("a", FifoQueue="true")], keeps=[setting("a", DelaySeconds="1")])
def _(call, account):
    return "FifoQueue" in attributes(call)


@rule(
    "sqs-throughput-scope", WRITES, "InvalidAttributeValue",
    "The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.",
    f"{API}/API_SetQueueAttributes.html",
    breaks=[creating("a.fifo", FifoQueue="true"), setting("a.fifo", FifoThroughputLimit="perMessageGroupId")],
    keeps=[creating("a.fifo", FifoQueue="true"),
           setting("a.fifo", FifoThroughputLimit="perMessageGroupId", DeduplicationScope="messageGroup")])
def _(call, account):
    old = (account["sqs queue", name_of(call)] or {}).get("attributes") or {}
    new = {**old, **attributes(call)}
    return new.get("FifoThroughputLimit") == "perMessageGroupId" and new.get("DeduplicationScope") != "messageGroup"
