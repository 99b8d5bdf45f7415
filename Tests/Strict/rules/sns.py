"""Amazon SNS: topics and subscriptions."""

import json

from rulebook import DOCS, forgets, note, rule

GUIDE = f"{DOCS}/sns/latest/dg"
API = f"{DOCS}/sns/latest/api"
TOPIC = "arn:aws:sns:us-east-1:111111111111:t"
SUBSCRIPTION = TOPIC + ":1"


def subscribing(topic=TOPIC, protocol="sqs", endpoint="arn:aws:sqs:us-east-1:111111111111:q", **attributes):
    return ("Subscribe", {"TopicArn": topic, "Protocol": protocol, "Endpoint": endpoint, "Attributes": attributes}, {"SubscribeResult": {"SubscriptionArn": topic + ":1"}})


def setting(name, value=None):
    return ("SetSubscriptionAttributes", {"SubscriptionArn": SUBSCRIPTION, "AttributeName": name, **({} if value is None else {"AttributeValue": value})})


def topic_attribute(name, value, topic=TOPIC):
    return ("SetTopicAttributes", {"TopicArn": topic, "AttributeName": name, "AttributeValue": value})


def given(call):
    """The attributes that a call sets."""
    if call["AttributeName"]:
        return {call["AttributeName"]: call["AttributeValue"]}
    return call["Attributes"] or {}


def parsed(text):
    try:
        return json.loads(text)
    except (ValueError, TypeError):
        return None


@note("sns CreateTopic")
def _(call, account, answer):
    arn = f"arn:aws:sns:{account.region}:{account.number}:{call['Name']}"
    if not account["topic", arn]:
        account.make("topic", arn, attributes=dict(call["Attributes"] or {}), tags={t["Key"] for t in call["Tags"] or []})


@note("sns SetTopicAttributes")
def _(call, account, answer):
    if topic := account["topic", call["TopicArn"]]:
        topic["attributes"].update({call["AttributeName"]: call["AttributeValue"] or ""})


forgets("sns DeleteTopic", "topic", "$TopicArn")


@note("sns TagResource")
def _(call, account, answer):
    if topic := account["topic", call["ResourceArn"]]:
        topic["tags"] |= {t["Key"] for t in call["Tags"] or []}


@note("sns UntagResource")
def _(call, account, answer):
    if topic := account["topic", call["ResourceArn"]]:
        topic["tags"] -= set(call["TagKeys"])


@note("sns Subscribe")
def _(call, account, answer):
    arn = (answer.get("SubscribeResult") or {}).get("SubscriptionArn", "")
    if arn and not account["subscription", arn]:
        account.make("subscription", arn, protocol=call["Protocol"], attributes=dict(call["Attributes"] or {}))


@note("sns SetSubscriptionAttributes")
def _(call, account, answer):
    if subscription := account["subscription", call["SubscriptionArn"]]:
        subscription["attributes"][call["AttributeName"]] = call["AttributeValue"]


forgets("sns Unsubscribe", "subscription", "$SubscriptionArn")


@rule(
    "sns-topic-name", "sns CreateTopic", "InvalidParameter",
    "Topic names must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long; that of a FIFO topic ends with .fifo.",
    f"{API}/API_CreateTopic.html", breaks=[("CreateTopic", {"Name": "a", "Attributes": {"FifoTopic": "true"}})], keeps=[("CreateTopic", {"Name": "a"})])
def _(call, account):
    plain = call["Name"].removesuffix(".fifo").replace("-", "").replace("_", "")
    is_fifo = given(call).get("FifoTopic") == "true"
    return not (plain.isascii() and plain.isalnum()) or len(call["Name"]) > 256 or is_fifo != call["Name"].endswith(".fifo")


@rule(
    "sns-display-name", "sns CreateTopic SetTopicAttributes", "InvalidParameter", "A display name has at most 100 characters.",
    f"{API}/API_SetTopicAttributes.html", breaks=[topic_attribute("DisplayName", "x" * 101)], keeps=[topic_attribute("DisplayName", "x" * 100)])
def _(call, account):
    return len(given(call).get("DisplayName") or "") > 100


@rule(
    "sns-fifo-attributes", "sns CreateTopic SetTopicAttributes", "InvalidParameter",
    "ContentBasedDeduplication, ArchivePolicy and FifoThroughputScope are for FIFO topics alone.", f"{API}/API_CreateTopic.html",
    breaks=[topic_attribute("ContentBasedDeduplication", "true")], keeps=[topic_attribute("ContentBasedDeduplication", "true", TOPIC + ".fifo")])
def _(call, account):
    names = {"ContentBasedDeduplication", "ArchivePolicy", "FifoThroughputScope"} & {k for k, v in given(call).items() if v}
    return bool(names) and not (call["Name"] or call["TopicArn"]).endswith(".fifo")


@rule(
    "sns-policy-size", "sns CreateTopic SetTopicAttributes", "InvalidParameter", "Invalid parameter: Policy too large: at most 30 KB, in at most 100 statements.",
    f"{DOCS}/general/latest/gr/sns.html",
    breaks=[topic_attribute("Policy", json.dumps({"Id": "x" * 30721}))], keeps=[topic_attribute("Policy", "{}")])
def _(call, account):
    text = given(call).get("Policy") or ""
    statements = (parsed(text) or {}).get("Statement", []) if text else []
    return len(text) > 30720 or isinstance(statements, list) and len(statements) > 100


@rule(
    "sns-signature-version", "sns CreateTopic SetTopicAttributes", "InvalidParameter", "SignatureVersion is 1 or 2.", f"{API}/API_SetTopicAttributes.html",
    breaks=[topic_attribute("SignatureVersion", "3")], keeps=[topic_attribute("SignatureVersion", "2")])
def _(call, account):
    return given(call).get("SignatureVersion") not in (None, "", "1", "2")


@rule(
    "sns-tags", "sns CreateTopic TagResource", "TagLimitExceeded", "Could not complete request: tag quota of per resource exceeded: 50.",
    f"{GUIDE}/sns-tags.html",
    breaks=[("CreateTopic", {"Name": "t", "Tags": [{"Key": str(i), "Value": ""} for i in range(50)]}), ("TagResource", {"ResourceArn": TOPIC, "Tags": [{"Key": "x", "Value": ""}]})],
    keeps=[("CreateTopic", {"Name": "t", "Tags": [{"Key": str(i), "Value": ""} for i in range(50)]}), ("TagResource", {"ResourceArn": TOPIC, "Tags": [{"Key": "1", "Value": "x"}]})])
def _(call, account):
    old = (account["topic", call["ResourceArn"]] or {}).get("tags", set())
    return len(old | {t["Key"] for t in call["Tags"] or []}) > 50


@rule(
    "sns-empty-attribute", "sns SetSubscriptionAttributes", "InvalidParameter",
    "Invalid parameter: RedrivePolicy: a redrive policy that is taken away has no AttributeValue: an empty text is no JSON.", f"{API}/API_SetSubscriptionAttributes.html",
    breaks=[setting("RedrivePolicy", "")], keeps=[setting("RedrivePolicy")])
def _(call, account):
    return call["AttributeName"] == "RedrivePolicy" and call["AttributeValue"] == ""


@rule(
    "sns-filter-keys", "sns Subscribe SetSubscriptionAttributes", "InvalidParameter",
    "Invalid parameter: FilterPolicy: Filter policy can not have more than 5 keys, and at most 150 combinations of values.", f"{GUIDE}/subscription-filter-policy-constraints.html",
    breaks=[setting("FilterPolicy", json.dumps({str(i): ["x"] for i in range(6)}))], keeps=[setting("FilterPolicy", json.dumps({str(i): ["x"] for i in range(5)}))])
def _(call, account):
    def lists(value):
        return [item for child in value.values() for item in ([child] if isinstance(child, list) else lists(child) if isinstance(child, dict) else [])]

    policy = parsed(given(call).get("FilterPolicy") or "{}")
    if not isinstance(policy, dict):
        return "it is no JSON object"
    combinations = 1
    for values in lists(policy):
        combinations *= max(len(values), 1)
    return len(lists(policy)) > 5 or combinations > 150


@rule(
    "sns-filter-values", "sns Subscribe SetSubscriptionAttributes", "InvalidParameter",
    "Invalid parameter: FilterPolicy: \"match\" value must be an object or an array.", f"{GUIDE}/subscription-filter-policy-constraints.html",
    breaks=[setting("FilterPolicy", '{"a": "x"}')], keeps=[setting("FilterPolicy", '{"a": ["x"]}')])
def _(call, account):
    policy = parsed(given(call).get("FilterPolicy") or "{}")
    return isinstance(policy, dict) and any(not isinstance(value, (list, dict)) for value in policy.values())


@rule(
    "sns-redrive-target", "sns Subscribe SetSubscriptionAttributes", "InvalidParameter",
    "Invalid parameter: RedrivePolicy: deadLetterTargetArn is the ARN of a queue in the same Region, of the topic's type.", f"{GUIDE}/sns-dead-letter-queues.html",
    breaks=[setting("RedrivePolicy", '{"deadLetterTargetArn": "arn:aws:sqs:eu-west-1:111111111111:q"}')],
    keeps=[setting("RedrivePolicy", '{"deadLetterTargetArn": "arn:aws:sqs:us-east-1:111111111111:q"}')])
def _(call, account):
    text = given(call).get("RedrivePolicy")
    if not text:
        return False
    parts = str((parsed(text) or {}).get("deadLetterTargetArn")).split(":")
    return len(parts) != 6 or parts[2:4] != ["sqs", account.region]


@rule(
    "sns-fifo-subscribers", "sns Subscribe", "InvalidParameter",
    "Invalid parameter: Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics, and FIFO topics have queues alone.",
    f"{GUIDE}/sns-fifo-topics.html",
    breaks=[subscribing(endpoint="arn:aws:sqs:us-east-1:111111111111:q.fifo")], keeps=[subscribing(TOPIC + ".fifo")])
def _(call, account):
    topic_is_fifo, queue_is_fifo = call["TopicArn"].endswith(".fifo"), (call["Endpoint"] or "").endswith(".fifo")
    return topic_is_fifo and call["Protocol"] != "sqs" or queue_is_fifo and not topic_is_fifo


@rule(
    "sns-raw-delivery", "sns Subscribe SetSubscriptionAttributes", "InvalidParameter",
    "Invalid parameter: RawMessageDelivery: this protocol does not support raw message delivery.", f"{GUIDE}/sns-large-payload-raw-message-delivery.html",
    breaks=[subscribing(protocol="lambda", RawMessageDelivery="true")], keeps=[subscribing(RawMessageDelivery="true")])
def _(call, account):
    protocol = call["Protocol"] or (account["subscription", call["SubscriptionArn"]] or {}).get("protocol", "sqs")
    return given(call).get("RawMessageDelivery") == "true" and protocol not in ("sqs", "http", "https", "firehose")


@rule(
    "sns-delivery-policy", "sns Subscribe SetSubscriptionAttributes", "InvalidParameter",
    "Invalid parameter: DeliveryPolicy is for HTTP and HTTPS; minDelayTarget is not above maxDelayTarget, and numRetries at most 100.", f"{GUIDE}/sns-message-delivery-retries.html",
    breaks=[subscribing(protocol="https", DeliveryPolicy='{"healthyRetryPolicy": {"minDelayTarget": 9, "maxDelayTarget": 8}}')],
    keeps=[subscribing(protocol="https", DeliveryPolicy='{"healthyRetryPolicy": {"minDelayTarget": 8, "maxDelayTarget": 9}}')])
def _(call, account):
    text = given(call).get("DeliveryPolicy")
    if not text:
        return False
    protocol = call["Protocol"] or (account["subscription", call["SubscriptionArn"]] or {}).get("protocol", "https")
    retry = (parsed(text) or {}).get("healthyRetryPolicy") or {}
    least, most = retry.get("minDelayTarget") or 20, retry.get("maxDelayTarget") or 20
    return protocol not in ("http", "https") or ("minDelayTarget" in retry and least > most) or (retry.get("numRetries") or 0) > 100


@rule(
    "sns-same-attributes", "sns Subscribe", "InvalidParameter",
    "Invalid parameter: Attributes Reason: Subscription already exists with different attributes.", f"{API}/API_Subscribe.html",
    breaks=[("CreateTopic", {"Name": "t"}), subscribing(), subscribing(RawMessageDelivery="true")], keeps=[subscribing(), subscribing()])
def _(call, account):
    # A subscription's ARN is not known beforehand: what is told apart is kept by topic and endpoint.
    key = "subscriber", call["TopicArn"], call["Protocol"], call["Endpoint"]
    return key in account and bool(call["Attributes"]) and account[key]["attributes"] != call["Attributes"]


@note("sns Subscribe")
def _(call, account, answer):
    account.make("subscriber", call["TopicArn"], call["Protocol"], call["Endpoint"], attributes=call["Attributes"],
                 arn=(answer.get("SubscribeResult") or {}).get("SubscriptionArn"))


@note("sns Unsubscribe SetSubscriptionAttributes")
def _(call, account, answer):
    for key in [k for k, v in account.things.items() if k[0] == "subscriber" and v["arn"] == call["SubscriptionArn"]]:
        account.forget(*key)
