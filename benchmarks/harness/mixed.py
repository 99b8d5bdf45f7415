"""The mixed stack that every contender deploys: queues, buckets, tables, log groups, alarms, topics and roles.

K resources are 30 % queues (half of them dead-letter queues of the others), 20 % buckets, 15 % tables, 10 % log groups, 10 % alarms,
10 % topics and 5 % roles. All but the alarms bear two tags. A change sets one property of one queue.
"""

import json
from dataclasses import dataclass

REGION = "us-east-1"
TAGS = {"app": "bench", "env": "dev"}
SIZES = {
    10: {"queue": 3, "bucket": 2, "table": 1, "log": 1, "alarm": 1, "topic": 1, "role": 1},
    50: {"queue": 15, "bucket": 10, "table": 7, "log": 5, "alarm": 5, "topic": 5, "role": 3},
    200: {"queue": 60, "bucket": 40, "table": 30, "log": 20, "alarm": 20, "topic": 20, "role": 10},
}
TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ],
}
ALARM = {
    "Namespace": "AWS/SQS",
    "MetricName": "ApproximateNumberOfMessagesVisible",
    "Statistic": "Maximum",
    "Period": 60,
    "EvaluationPeriods": 1,
    "Threshold": 10,
    "ComparisonOperator": "GreaterThanThreshold",
}
RETENTION_DAYS = 14
MAXIMUM_RECEIVES = 5


@dataclass(frozen=True)
class Item:
    """One resource: its kind, its name, and what it refers to by name."""

    kind: str
    name: str
    seconds: int = 0
    dead_letters: str = ""
    topic: str = ""
    queue: str = ""
    later: bool = False

    @property
    def id(self) -> str:
        """A name for files: letters and digits."""
        return "".join(part.capitalize() for part in self.name.replace("/", "-").split("-"))


@dataclass(frozen=True)
class MixedStack:
    """The stack of one contender, in its own account."""

    size: int
    account: str
    changed: bool = False

    @property
    def items(self) -> list[Item]:
        counts = SIZES[self.size]
        dead = max(1, counts["queue"] // 2)
        live = counts["queue"] - dead
        items = [Item("queue", f"dead-{n}") for n in range(dead)]
        for n in range(live):
            seconds = 90 if self.changed and n == 0 else 60
            items.append(Item("queue", f"jobs-{n}", seconds, dead_letters=f"dead-{n % dead}", later=True))
        # The names of buckets are shared by all accounts.
        items += [Item("bucket", f"b{self.account}-{n}") for n in range(counts["bucket"])]
        items += [Item("table", f"table-{n}") for n in range(counts["table"])]
        items += [Item("log", f"/bench/log-{n}") for n in range(counts["log"])]
        items += [Item("topic", f"topic-{n}") for n in range(counts["topic"])]
        for n in range(counts["alarm"]):
            items.append(
                Item("alarm", f"alarm-{n}", topic=f"topic-{n % counts['topic']}", queue=f"jobs-{n % live}", later=True)
            )
        items += [Item("role", f"role-{n}") for n in range(counts["role"])]
        return items

    def arn(self, service: str, name: str) -> str:
        return f"arn:aws:{service}:{REGION}:{self.account}:{name}"

    def redrive(self, item: Item) -> str:
        return json.dumps({"deadLetterTargetArn": self.arn("sqs", item.dead_letters), "maxReceiveCount": MAXIMUM_RECEIVES})

    def attributes(self, item: Item) -> dict[str, str]:
        """A queue's attributes, as SQS takes them."""
        if not item.dead_letters:
            return {"MessageRetentionPeriod": "1209600"}
        return {"VisibilityTimeout": str(item.seconds), "RedrivePolicy": self.redrive(item)}


_TAG_LINE = "{ " + ", ".join(f"{name}: {value}" for name, value in TAGS.items()) + " }"


def stackform_yaml(stack: MixedStack) -> str:
    """The stack file."""
    sections: dict[str, list[str]] = {}
    for item in stack.items:
        section, body = _entry(item)
        sections.setdefault(section, []).append(f"  {item.name.strip('/').replace('/', '-')}: {{ {', '.join(body)} }}")
    lines = [f"stack: mixed-{stack.size}"]
    for section, entries in sections.items():
        lines += [f"{section}:"] + entries
    return "\n".join(lines) + "\n"


def _entry(item: Item) -> tuple[str, list[str]]:
    tags = f"tags: {_TAG_LINE}"
    if item.kind == "queue" and not item.dead_letters:
        return "queues", ["messageRetentionPeriod: 1209600", tags]
    if item.kind == "queue":
        target = f'"${{queues.{item.dead_letters}.arn}}"'
        redrive = f"{{ deadLetterTargetArn: {target}, maxReceiveCount: {MAXIMUM_RECEIVES} }}"
        return "queues", [f"visibilityTimeout: {item.seconds}", f"redrivePolicy: {redrive}", tags]
    if item.kind == "bucket":
        return "buckets", ["versioning: true", tags]
    if item.kind == "table":
        return "tables", ["partitionKey: { id: S }", tags]
    if item.kind == "log":
        return "logGroups", [f"name: {item.name}", f"retentionInDays: {RETENTION_DAYS}", tags]
    if item.kind == "topic":
        return "topics", [tags]
    if item.kind == "role":
        return "roles", ["assumedBy: [lambda.amazonaws.com]", tags]
    body = [f"{name[0].lower()}{name[1:]}: {value}" for name, value in ALARM.items()]
    body.append(f'dimensions: {{ QueueName: "${{queues.{item.queue}.name}}" }}')
    body.append(f'alarmActions: ["${{topics.{item.topic}.arn}}"]')
    return "alarms", body


def cloudformation(stack: MixedStack) -> str:
    """The same as a CloudFormation template, without blanks: `deploy` takes 51,200 bytes at most."""
    return json.dumps({"Resources": {item.id: _resource(item) for item in stack.items}}, separators=(",", ":"))


def _resource(item: Item) -> dict:
    tags = [{"Key": key, "Value": value} for key, value in TAGS.items()]
    if item.kind == "queue":
        properties = {"QueueName": item.name, "Tags": tags}
        if item.dead_letters:
            target = {"Fn::GetAtt": [Item("queue", item.dead_letters).id, "Arn"]}
            properties["VisibilityTimeout"] = item.seconds
            properties["RedrivePolicy"] = {"deadLetterTargetArn": target, "maxReceiveCount": MAXIMUM_RECEIVES}
        else:
            properties["MessageRetentionPeriod"] = 1209600
        return {"Type": "AWS::SQS::Queue", "Properties": properties}
    if item.kind == "bucket":
        versioning = {"Status": "Enabled"}
        return {
            "Type": "AWS::S3::Bucket",
            "Properties": {"BucketName": item.name, "VersioningConfiguration": versioning, "Tags": tags},
        }
    if item.kind == "table":
        return {
            "Type": "AWS::DynamoDB::Table",
            "Properties": {
                "TableName": item.name,
                "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
                "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                "BillingMode": "PAY_PER_REQUEST",
                "Tags": tags,
            },
        }
    if item.kind == "log":
        properties = {"LogGroupName": item.name, "RetentionInDays": RETENTION_DAYS, "Tags": tags}
        return {"Type": "AWS::Logs::LogGroup", "Properties": properties}
    if item.kind == "topic":
        return {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": item.name, "Tags": tags}}
    if item.kind == "role":
        properties = {"RoleName": item.name, "AssumeRolePolicyDocument": TRUST, "Tags": tags}
        return {"Type": "AWS::IAM::Role", "Properties": properties}
    queue = {"Fn::GetAtt": [Item("queue", item.queue).id, "QueueName"]}
    action = {"Ref": Item("topic", item.topic).id}
    dimensions = [{"Name": "QueueName", "Value": queue}]
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": ALARM | {"AlarmName": item.name, "Dimensions": dimensions, "AlarmActions": [action]},
    }
