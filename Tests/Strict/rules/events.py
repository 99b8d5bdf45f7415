"""Amazon EventBridge."""

import json
import re

from rulebook import DOCS, note, rule

GUIDE = f"{DOCS}/eventbridge/latest/userguide"
API = f"{DOCS}/eventbridge/latest/APIReference"
PATTERN = '{"source": ["shop"]}'
QUEUE = "arn:aws:sqs:us-east-1:111111111111:q"
ROLE = "arn:aws:iam::111111111111:role/r"
# Services that EventBridge calls in a role's name.
IN_A_ROLE = {"batch", "codebuild", "codepipeline", "ecs", "execute-api", "firehose", "kinesis", "sagemaker", "ssm", "states"}


def putting(**parameters):
    return ("PutRule", {"Name": "r", "EventPattern": PATTERN, **parameters})


def targeting(*targets):
    return ("PutTargets", {"Rule": "r", "Targets": [{"Id": f"t{i}", "Arn": QUEUE, **target} for i, target in enumerate(targets)]})


def bus_of(call):
    return (call["EventBusName"] or "default").split("/")[-1]


def targets(call):
    return [target for target in call["Targets"] or [] if isinstance(target, dict)]


@note("events PutRule")
def _(call, account, answer):
    account.make("event rule", bus_of(call), call["Name"])


@note("events DeleteRule")
def _(call, account, answer):
    account.forget("event rule", bus_of(call), call["Name"])


@note("events PutTargets")
def _(call, account, answer):
    for target in targets(call):
        account.make("event rule", bus_of(call), call["Rule"], "target", target["Id"])


@note("events RemoveTargets")
def _(call, account, answer):
    for id in call["Ids"] or []:
        account.forget("event rule", bus_of(call), call["Rule"], "target", id)


def is_expression(text):
    if rate := re.fullmatch(r"rate\((\d+) (minute|hour|day)(s?)\)", text):
        return int(rate[1]) > 0 and (int(rate[1]) == 1) != bool(rate[3])
    if cron := re.fullmatch(r"cron\((.*)\)", text):
        fields = cron[1].split()
        # Of the days of the month and of the week one is left open.
        return len(fields) == 6 and (fields[2] == "?") != (fields[4] == "?")
    return False


@rule(
    "events-expression", "events PutRule", "ValidationException", "Parameter ScheduleExpression is not valid.", f"{GUIDE}/eb-scheduled-rule-pattern.html",
    breaks=[putting(ScheduleExpression="rate(1 minutes)")], keeps=[putting(ScheduleExpression="rate(1 minute)")])
def _(call, account):
    return call["ScheduleExpression"] and not is_expression(call["ScheduleExpression"])


@rule(
    "events-rule-for-something", "events PutRule", "ValidationException", "Parameter(s) EventPattern or ScheduleExpression must be specified.", f"{API}/API_PutRule.html",
    breaks=[("PutRule", {"Name": "r"})], keeps=[putting()])
def _(call, account):
    return not call["EventPattern"] and not call["ScheduleExpression"]


@rule(
    "events-schedule-bus", "events PutRule", "ValidationException", "ScheduleExpression is supported only on the default event bus.", f"{GUIDE}/eb-create-rule-schedule.html",
    breaks=[putting(ScheduleExpression="rate(1 day)", EventBusName="b")], keeps=[putting(ScheduleExpression="rate(1 day)")])
def _(call, account):
    return call["ScheduleExpression"] and bus_of(call) != "default"


def is_pattern(value, key=""):
    if isinstance(value, dict):
        return all(is_pattern(member, name) for name, member in value.items())
    return isinstance(value, list) and bool(value)


@rule(
    "events-pattern", "events PutRule", "InvalidEventPatternException",
    "Event pattern is not valid. Each member is a list of what it may be.", f"{GUIDE}/eb-create-pattern.html",
    breaks=[putting(EventPattern='{"source": "shop"}')], keeps=[putting()])
def _(call, account):
    try:
        return call["EventPattern"] and not is_pattern(json.loads(call["EventPattern"]))
    except ValueError:
        return True


@rule(
    "events-one-input", "events PutTargets", "ValidationException", "Only one of Input, InputPath, or InputTransformer must be provided for a target.", f"{API}/API_PutTargets.html",
    breaks=[putting(), targeting({"Input": "{}", "InputPath": "$.detail"})], keeps=[putting(), targeting({"Input": "{}"})])
def _(call, account):
    return any(sum(name in target for name in ("Input", "InputPath", "InputTransformer")) > 1 for target in targets(call))


@rule(
    "events-fifo-group", "events PutTargets", "ValidationException", "Parameter(s) SqsParameters must be specified for a FIFO queue.", f"{API}/API_SqsParameters.html",
    breaks=[putting(), targeting({"Arn": f"{QUEUE}.fifo"})], keeps=[putting(), targeting({"Arn": f"{QUEUE}.fifo", "SqsParameters": {"MessageGroupId": "a"}})])
def _(call, account):
    return any(t["Arn"].endswith(".fifo") and not (t.get("SqsParameters") or {}).get("MessageGroupId") for t in targets(call))


@rule(
    "events-role", "events PutTargets", "ValidationException", "RoleArn is required for the target.", f"{GUIDE}/eb-use-identity-based.html",
    breaks=[putting(), targeting({"Arn": "arn:aws:kinesis:us-east-1:111111111111:stream/s"})],
    keeps=[putting(), targeting({"Arn": "arn:aws:kinesis:us-east-1:111111111111:stream/s", "RoleArn": ROLE})])
def _(call, account):
    return any(t["Arn"].split(":")[2] in IN_A_ROLE and not t.get("RoleArn") for t in targets(call))


@rule(
    "events-five-targets", "events PutTargets", "LimitExceededException", "A rule has five targets at most.", f"{GUIDE}/eb-quota.html",
    breaks=[putting(), targeting(*[{}] * 6)], keeps=[putting(), targeting(*[{}] * 5)])
def _(call, account):
    known = {rest[1] for rest in account.below("event rule", bus_of(call), call["Rule"]) if rest[0] == "target"}
    return len(known | {target["Id"] for target in targets(call)}) > 5


@rule(
    "events-rule-without-targets", "events DeleteRule", "ValidationException", "Rule can't be deleted since it has targets.", f"{API}/API_DeleteRule.html",
    breaks=[putting(), targeting({}), ("DeleteRule", {"Name": "r"})],
    keeps=[putting(), targeting({}), ("RemoveTargets", {"Rule": "r", "Ids": ["t0"]}), ("DeleteRule", {"Name": "r"})])
def _(call, account):
    return any(rest[0] == "target" for rest in account.below("event rule", bus_of(call), call["Name"]))


@rule(
    "events-bus-without-rules", "events DeleteEventBus", "ValidationException", "Rules must be deleted before event bus can be deleted.", f"{API}/API_DeleteEventBus.html",
    breaks=[putting(EventBusName="b"), ("DeleteEventBus", {"Name": "b"})], keeps=[putting(), ("DeleteEventBus", {"Name": "b"})])
def _(call, account):
    return bool(account.below("event rule", call["Name"]))
