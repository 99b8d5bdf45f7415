"""Amazon EventBridge Scheduler."""

import re

from rulebook import DOCS, forgets, makes, rule

GUIDE = f"{DOCS}/scheduler/latest/UserGuide"
API = f"{DOCS}/scheduler/latest/APIReference"
WRITES = "scheduler CreateSchedule UpdateSchedule"
ROLE = "arn:aws:iam::111111111111:role/r"
QUEUE = "arn:aws:sqs:us-east-1:111111111111:q"
FIFO = QUEUE + ".fifo"


def scheduling(expression="rate(5 minutes)", window=None, target=None, **parameters):
    return ("CreateSchedule", {
        "Name": "s", "ScheduleExpression": expression, "FlexibleTimeWindow": window or {"Mode": "OFF"},
        "Target": {"Arn": QUEUE, "RoleArn": ROLE, **(target or {})}, **parameters})


makes("scheduler CreateScheduleGroup", "schedule group", "$Name")
forgets("scheduler DeleteScheduleGroup", "schedule group", "$Name")


def is_expression(text):
    if rate := re.fullmatch(r"rate\((\d+) (minute|hour|day)(s?)\)", text):
        return int(rate[1]) > 0
    if re.fullmatch(r"at\(\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\)", text):
        return True
    if cron := re.fullmatch(r"cron\((.*)\)", text):
        fields = cron[1].split()
        # Of the days of the month and of the week one is left open.
        return len(fields) == 6 and (fields[2] == "?") != (fields[4] == "?")
    return False


@rule(
    "scheduler-expression", WRITES, "ValidationException", "Invalid Schedule Expression.", f"{GUIDE}/schedule-types.html",
    breaks=[scheduling("cron(0 9 * * * *)")], keeps=[scheduling("cron(0 9 ? * MON *)")])
def _(call, account):
    return call["ScheduleExpression"] is not None and not is_expression(call["ScheduleExpression"])


@rule(
    "scheduler-window", WRITES, "ValidationException",
    "MaximumWindowInMinutes is given when the flexible time window's mode is FLEXIBLE, and only then.", f"{GUIDE}/managing-schedule-flexible-time-windows.html",
    breaks=[scheduling(window={"Mode": "FLEXIBLE"})], keeps=[scheduling(window={"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 5})])
def _(call, account):
    return (call["FlexibleTimeWindow.Mode"] == "FLEXIBLE") != (call["FlexibleTimeWindow.MaximumWindowInMinutes"] is not None)


@rule(
    "scheduler-role-trust", WRITES, "ValidationException",
    "The execution role you provide must allow AWS EventBridge Scheduler to assume the role: it must be assumed by scheduler.amazonaws.com.", f"{GUIDE}/setting-up.html",
    breaks=[("iam:CreateRole", {"RoleName": "r", "AssumeRolePolicyDocument": '{"Statement": [{"Principal": {"Service": "lambda.amazonaws.com"}}]}'}), scheduling()],
    keeps=[("iam:CreateRole", {"RoleName": "r", "AssumeRolePolicyDocument": '{"Statement": [{"Principal": {"Service": "scheduler.amazonaws.com"}}]}'}), scheduling()])
def _(call, account):
    role = account.elsewhere["role", (call["Target.RoleArn"] or "").rpartition("/")[2]]
    return role and "scheduler.amazonaws.com" not in role["trust"] and '"*"' not in role["trust"]


@rule(
    "scheduler-fifo-group", WRITES, "ValidationException",
    "SqsParameters with a MessageGroupId are given for a FIFO queue, and only for one.", f"{API}/API_SqsParameters.html",
    breaks=[scheduling(target={"Arn": FIFO})], keeps=[scheduling(target={"Arn": FIFO, "SqsParameters": {"MessageGroupId": "a"}})])
def _(call, account):
    return (call["Target.Arn"] or "").endswith(".fifo") != bool(call["Target.SqsParameters.MessageGroupId"])


@rule(
    "scheduler-target-parameters", WRITES, "ValidationException",
    "A Kinesis stream, an event bus and an ECS cluster are targets with their own parameters, which no other target has.", f"{API}/API_Target.html",
    breaks=[scheduling(target={"KinesisParameters": {"PartitionKey": "a"}})],
    keeps=[scheduling(target={"Arn": "arn:aws:kinesis:us-east-1:111111111111:stream/s", "KinesisParameters": {"PartitionKey": "a"}})])
def _(call, account):
    arn = call["Target.Arn"] or ""
    places = {"KinesisParameters": ":kinesis:", "EventBridgeParameters": ":event-bus/", "EcsParameters": ":cluster/"}
    return any((place in arn and ":scheduler:::" not in arn) != bool(call[f"Target.{name}"]) for name, place in places.items())


@rule(
    "scheduler-group-exists", "scheduler CreateSchedule", "ResourceNotFoundException", "Schedule group does not exist.", f"{API}/API_CreateSchedule.html", status=404,
    breaks=[("CreateScheduleGroup", {"Name": "g"}), ("DeleteScheduleGroup", {"Name": "g"}), scheduling(GroupName="g")],
    keeps=[("CreateScheduleGroup", {"Name": "g"}), scheduling(GroupName="g")])
def _(call, account):
    name = call["GroupName"] or "default"
    return name != "default" and ("schedule group", name) not in account
