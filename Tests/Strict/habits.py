"""What AWS does to requests that are right: it answers from before the last write, is busy with a change, throttles, and lets tokens
expire. Chosen by a seed, for one account each.

    PUT /_strict/habits/ACCOUNT    {"habit": "stale", "seed": 7}

`stale`, `slow`, `throttled`, `throttled-until` (with Retry-After) and `expiring` are the habits.
"""

import json
import random
import time
from dataclasses import dataclass, field

from http_messages import answer as whole_answer
from http_messages import with_body
from refusals import Refusal, encoded

# Seconds: AWS takes up to a minute, and tests have no minute to spare.
LONGEST = 1.0
# What S3 says of objects is true at once: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html#ConsistencyModel
STRONG = {"GetObject", "HeadObject", "ListObjectsV2", "ListObjects", "ListObjectVersions", "HeadBucket"}
# Each service's own word for too many requests, and the status: the pages of common errors and of quotas.
THROTTLES = {
    "apigateway": ("TooManyRequestsException", 429), "apigatewayv2": ("TooManyRequestsException", 429), "cloudfront": ("Throttling", 400),
    "cloudwatch": ("Throttling", 400), "cognito-idp": ("TooManyRequestsException", 400), "dynamodb": ("ThrottlingException", 400), "ec2": ("RequestLimitExceeded", 503),
    "ecs": ("ThrottlingException", 400), "events": ("ThrottlingException", 400), "iam": ("Throttling", 400), "kinesis": ("LimitExceededException", 400), "kms": ("ThrottlingException", 400),
    "lambda": ("TooManyRequestsException", 429), "logs": ("ThrottlingException", 400), "s3": ("SlowDown", 503),
    "scheduler": ("ThrottlingException", 429), "secretsmanager": ("ThrottlingException", 400), "sns": ("Throttled", 429), "sqs": ("RequestThrottled", 403),
    "ssm": ("ThrottlingException", 400), "stepfunctions": ("ThrottlingException", 400),
}


@dataclass
class Change:
    """A thing that is busy: until when, and what it is meanwhile. What was deleted has the answer from before."""

    until: float
    kind: "Kind"
    status: str
    is_deletion: bool = False


@dataclass
class Habits:
    """The habit of one account, and what it has done so far."""

    habit: str
    seed: int
    answers: dict = field(default_factory=dict)
    wrote: dict = field(default_factory=dict)
    changes: dict = field(default_factory=dict)
    counts: dict = field(default_factory=dict)
    expired: set = field(default_factory=set)
    done: int = 0

    def chance(self, what):
        """A number from 0 to 1 that depends on the seed, and on how often the same was asked."""
        self.counts[what] = self.counts.get(what, 0) + 1
        return random.Random(f"{self.seed}/{what}/{self.counts[what]}").random()

    # MARK: Before the emulator is asked

    def instead(self, call, request):
        """The answer that is given in the emulator's place; None where it is asked."""
        if token := request.headers.get("x-amz-security-token"):
            # The twentieth request is the last one of the first token.
            if self.habit == "expiring" and not self.expired and self.counted("all") >= 20:
                self.expired.add(token)
            if token in self.expired:
                return self.refused(call, *EXPIRED[call.service == "s3"], "The security token included in the request is expired")
        waits = self.habit == "throttled-until"
        if self.habit.startswith("throttled") and self.chance(str(call)) < (0.05 if waits else 0.2):
            headers = {"retry-after": "1"} if waits else {}
            return self.refused(call, *THROTTLES[call.service], f"Rate exceeded for {call.operation}", headers)
        if self.habit == "slow":
            return self.busy(call)
        if self.habit == "stale" and call.is_read and call.operation not in STRONG:
            until, since = self.wrote.get(call.service, (0, 0))
            known = self.answers.get(read_key(call, request))
            if known and time.monotonic() < until and known[0] < since:
                self.done += 1
                return known[1].bytes()
        return None

    def counted(self, what):
        self.counts[what] = self.counts.get(what, 0) + 1
        return self.counts[what]

    def refused(self, call, code, status, text, more={}):
        self.done += 1
        headers, body = encoded(Refusal(code, status, text), call)
        return whole_answer(status, {**headers, **more}, body)

    # MARK: After it was asked

    def after(self, call, request, message):
        """What is sent on of the emulator's answer."""
        now = time.monotonic()
        if self.habit == "stale":
            if call.is_read:
                self.answers[read_key(call, request)] = now, message
            else:
                until, _ = self.wrote.get(call.service, (0, 0))
                self.wrote[call.service] = max(until, now + LONGEST * self.chance(f"write {call.service}")), now
        if self.habit == "slow" and message.status < 300:
            return self.slowed(call, request, message)
        return message.bytes()

    def slowed(self, call, request, message):
        if change := CHANGES.get((call.service, call.operation)):
            kind, status = change
            body = json.loads(message.body or b"{}")
            name = thing_of(kind, call, body)
            until = time.monotonic() + LONGEST * (0.2 + 0.8 * self.chance(str(call)))
            self.changes[kind.names, name] = Change(until, kind, status, "elet" in status.lower())
            if kind.answered:
                set_status(kind, body, status)
                self.done += 1
                return with_body(message, json.dumps(body).encode())
        if kind := READS.get((call.service, call.operation)):
            body = json.loads(message.body)
            if kind.items:
                for item in body.get(kind.items) or []:
                    self.mark(kind, item.get(kind.id), item)
                present = {item.get(kind.id) for item in body.get(kind.items) or []}
                gone = [k for k, c in self.changes.items() if c.kind is kind and c.is_deletion and c.until > time.monotonic() and k[1] not in present]
                body.setdefault(kind.items, []).extend(self.answers[key] for key in gone if key in self.answers and kind.shows(self.answers[key], call))
            else:
                name = thing_of(kind, call, body)
                self.answers[kind.names, name] = message
                self.mark(kind, name, body)
            return with_body(message, json.dumps(body).encode())
        return message.bytes()

    def mark(self, kind, name, body):
        if kind.items:
            self.answers[kind.names, name] = {**body, kind.path: "Deleting"}
        change = self.changes.get((kind.names, name))
        if change and change.until > time.monotonic() and not change.is_deletion:
            set_status(change.kind, body, change.status)
            self.done += 1

    def busy(self, call):
        """What a thing says that is in the middle of a change, or of its end."""
        read, write = READS.get((call.service, call.operation)), BUSY.get((call.service, call.operation))
        kind = read or write
        if not kind or kind.items and read:
            return None
        name = thing_of(kind, call, {})
        change = self.changes.get((kind.names, name))
        if not change or change.until <= time.monotonic():
            return None
        if read:
            known = self.answers.get((kind.names, name))
            if not change.is_deletion or not known:
                return None
            body = json.loads(known.body)
            set_status(kind, body, change.status)
            self.done += 1
            return with_body(known, json.dumps(body).encode())
        return self.refused(call, change.kind.code, change.kind.http_status, change.kind.text)


# S3 has a code and a status of its own.
EXPIRED = {True: ("ExpiredToken", 400), False: ("ExpiredTokenException", 403)}


def read_key(call, request):
    return call.service, call.operation, request.target, request.body


# MARK: What takes its time


@dataclass(frozen=True)
class Kind:
    """Things with a status: where it stands in the answers, and what is said to those who can't wait."""

    # The parameters that name a thing: two kinds with the same ones are the same things in two states.
    names: tuple
    path: str
    code: str
    http_status: int
    text: str
    # Of a listing: where its items are, and which member tells them apart, in an answer of one thing, too.
    items: str = ""
    id: str = ""
    # Where the answer to a change has the status.
    answered: str = ""

    def shows(self, item, call):
        return not call["FunctionName"] or call["FunctionName"].split(":")[-1] in item.get("FunctionArn", "")


TABLE = Kind(("TableName",), "Table.TableStatus", "ResourceInUseException", 400, "Attempt to change a resource which is still in use: Table is being changed", answered="TableDescription.TableStatus")
STREAM = Kind(("StreamName", "StreamARN"), "StreamDescriptionSummary.StreamStatus", "ResourceInUseException", 400, "Stream under account is not ACTIVE, instead in another state")
MADE_FUNCTION = Kind(("FunctionName",), "Configuration.State", "ResourceConflictException", 409, "The operation cannot be performed at this time. The function is currently in the following state: Pending", answered="State")
FUNCTION = Kind(("FunctionName",), "Configuration.LastUpdateStatus", "ResourceConflictException", 409, "The operation cannot be performed at this time. An update is in progress for resource", answered="LastUpdateStatus")
MAPPING = Kind(("UUID",), "State", "ResourceInUseException", 400, "Cannot update or delete the event source mapping because it is in use", items="EventSourceMappings", id="UUID", answered="State")
GROUP = Kind(("Name",), "State", "ConflictException", 409, "The schedule group is being deleted")
MACHINE = Kind(("stateMachineArn", "name"), "status", "StateMachineDeleting", 400, "State machine is being deleted")

CHANGES = {
    ("dynamodb", "CreateTable"): (TABLE, "CREATING"), ("dynamodb", "UpdateTable"): (TABLE, "UPDATING"), ("dynamodb", "DeleteTable"): (TABLE, "DELETING"),
    ("kinesis", "CreateStream"): (STREAM, "CREATING"), ("kinesis", "DeleteStream"): (STREAM, "DELETING"),
    **{("kinesis", name): (STREAM, "UPDATING") for name in (
        "IncreaseStreamRetentionPeriod", "DecreaseStreamRetentionPeriod", "UpdateShardCount", "UpdateStreamMode", "StartStreamEncryption",
        "StopStreamEncryption", "EnableEnhancedMonitoring", "DisableEnhancedMonitoring")},
    ("lambda", "CreateFunction"): (MADE_FUNCTION, "Pending"), ("lambda", "UpdateFunctionCode"): (FUNCTION, "InProgress"),
    ("lambda", "UpdateFunctionConfiguration"): (FUNCTION, "InProgress"),
    ("lambda", "CreateEventSourceMapping"): (MAPPING, "Creating"), ("lambda", "UpdateEventSourceMapping"): (MAPPING, "Updating"),
    ("lambda", "DeleteEventSourceMapping"): (MAPPING, "Deleting"),
    ("scheduler", "DeleteScheduleGroup"): (GROUP, "DELETING"),
    ("stepfunctions", "DeleteStateMachine"): (MACHINE, "DELETING"),
}
READS = {
    ("dynamodb", "DescribeTable"): TABLE, ("kinesis", "DescribeStreamSummary"): STREAM, ("lambda", "GetFunction"): FUNCTION,
    ("lambda", "ListEventSourceMappings"): MAPPING, ("scheduler", "GetScheduleGroup"): GROUP,
    ("stepfunctions", "DescribeStateMachine"): MACHINE,
}
# The changes that a busy thing refuses.
BUSY = {
    **{("dynamodb", name): TABLE for name in ("CreateTable", "UpdateTable", "DeleteTable", "UpdateTimeToLive")},
    **{("kinesis", name): STREAM for service, name in CHANGES if service == "kinesis"},
    **{("lambda", name): FUNCTION for name in ("UpdateFunctionCode", "UpdateFunctionConfiguration", "PublishVersion")},
    **{("lambda", name): MAPPING for name in ("UpdateEventSourceMapping", "DeleteEventSourceMapping")},
    ("scheduler", "CreateScheduleGroup"): GROUP,
    ("stepfunctions", "CreateStateMachine"): MACHINE, ("stepfunctions", "UpdateStateMachine"): MACHINE,
}


def thing_of(kind, call, body):
    name = next((call[name] for name in kind.names if call[name]), None) or body.get(kind.id, "")
    return name.split("/")[-1].split(":function:")[-1].split(":stateMachine:")[-1].split(":")[0]


def set_status(kind, body, status):
    path = kind.answered if kind.answered and _has(body, kind.answered) and not _has(body, kind.path) else kind.path
    *outer, last = path.split(".")
    for part in outer:
        body = body.get(part) or {}
    if last in body:
        body[last] = status


def _has(body, path):
    for part in path.split("."):
        if not isinstance(body, dict) or part not in body:
            return False
        body = body[part]
    return True
