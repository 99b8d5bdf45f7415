"""Amazon S3: whom a bucket tells."""

from rulebook import rule
from rules.s3 import GUIDE


def notifying(**configuration):
    return ("PutBucketNotificationConfiguration", {"Bucket": "b", "NotificationConfiguration": configuration})


def destinations(configuration):
    names = {"TopicConfigurations": "TopicArn", "QueueConfigurations": "QueueArn", "LambdaFunctionConfigurations": "LambdaFunctionArn"}
    return [(item.get(arn, ""), item) for name, arn in names.items() for item in configuration.get(name) or []]


def affixes(item):
    rules = (((item.get("Filter") or {}).get("Key") or {}).get("FilterRules")) or []
    found = {rule.get("Name", "").lower(): rule.get("Value", "") for rule in rules}
    return found.get("prefix", ""), found.get("suffix", "")


def overlap(one, other):
    (prefix, suffix), (other_prefix, other_suffix) = affixes(one), affixes(other)
    starts = prefix.startswith(other_prefix) or other_prefix.startswith(prefix)
    return starts and (suffix.endswith(other_suffix) or other_suffix.endswith(suffix))


def share_events(one, other):
    def covers(wide, event):
        return wide == event or wide.endswith(":*") and event.startswith(wide[:-1])

    return any(covers(a, b) or covers(b, a) for a in one.get("Events", []) for b in other.get("Events", []))


@rule(
    "s3-notifications-overlap", "s3 PutBucketNotificationConfiguration", "InvalidArgument",
    "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.",
    f"{GUIDE}/notification-how-to-filtering.html",
    breaks=[notifying(QueueConfigurations=[{"QueueArn": "a", "Events": ["s3:ObjectCreated:*"]}, {"QueueArn": "b", "Events": ["s3:ObjectCreated:Put"]}])],
    keeps=[notifying(TopicConfigurations=[{"TopicArn": "a", "Events": ["s3:ObjectCreated:*"]}, {"TopicArn": "b", "Events": ["s3:ObjectRemoved:*"]}])])
def _(call, account):
    items = [item for _, item in destinations(call["NotificationConfiguration"] or {})]
    return any(share_events(a, b) and overlap(a, b) for i, a in enumerate(items) for b in items[:i])


@rule(
    "s3-notification-destination", "s3 PutBucketNotificationConfiguration", "InvalidArgument",
    "Unable to validate the following destination configurations: S3 must be allowed to send there.",
    f"{GUIDE}/grant-destinations-permissions-to-s3.html",
    breaks=[("sqs:CreateQueue", {"QueueName": "q"}),
            notifying(QueueConfigurations=[{"QueueArn": "arn:aws:sqs:us-east-1:111111111111:q", "Events": ["s3:ObjectCreated:*"]}])],
    keeps=[("sqs:CreateQueue", {"QueueName": "q", "Attributes": {"Policy": '{"Principal": {"Service": "s3.amazonaws.com"}}'}}),
           notifying(QueueConfigurations=[{"QueueArn": "arn:aws:sqs:us-east-1:111111111111:q", "Events": ["s3:ObjectCreated:*"]}])])
def _(call, account):
    if call["SkipDestinationValidation"] == "true":
        return False
    for arn, _ in destinations(call["NotificationConfiguration"] or {}):
        service, name = arn.split(":")[2] if arn.count(":") > 4 else "", arn.rpartition(":")[2]
        if service == "sqs" and (queue := account.elsewhere["sqs queue", name]):
            text = (queue.get("attributes") or {}).get("Policy", "")
        elif service == "sns" and (topic := account.elsewhere["topic", arn]):
            text = topic["attributes"].get("Policy", "")
        elif service == "lambda" and account.elsewhere["function", arn.split(":")[6]]:
            text = str([p["principal"] for p in account.elsewhere.below("function", arn.split(":")[6], "permission").values()])
        else:
            continue
        if "s3.amazonaws.com" not in text and '"*"' not in text:
            return arn
    return False
