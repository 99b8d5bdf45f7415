"""The floor: the least that must be sent, written down beforehand and replayed by replay.c.

Emulators check no signature, so none is made here: only the credential scope matters, which names account, region and service.
`first` is one read of existence and the writes of each resource; `noop` reads every managed property, the tags too, one by one.
"""

import json
import subprocess
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from mixed import ALARM, REGION, RETENTION_DAYS, TAGS, TRUST, Item, MixedStack

CONNECTIONS = 8
S3_NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"
VERSIONING = f'<VersioningConfiguration xmlns="{S3_NAMESPACE}"><Status>Enabled</Status></VersioningConfiguration>'
TAGGING = "<Tagging><TagSet>%s</TagSet></Tagging>" % "".join(
    f"<Tag><Key>{key}</Key><Value>{value}</Value></Tag>" for key, value in TAGS.items()
)
TAG_LIST = [{"Key": key, "Value": value} for key, value in TAGS.items()]
TAG_MEMBERS = {
    f"Tags.member.{place}.{part}": text
    for place, pair in enumerate(TAGS.items(), 1)
    for part, text in zip(("Key", "Value"), pair)
}


class Floor:
    """The requests of one stack, as bytes."""

    def __init__(self, stack: MixedStack, url: str):
        self.stack = stack
        self.url = url
        self.host = urlsplit(url).netloc

    def write(self, folder: Path) -> dict[str, tuple[Path, int]]:
        """Writes a file for each operation; tells each file and its number of requests."""
        items = self.stack.items
        created = [pair for item in items for pair in self._create(item)]
        reads = [(0, read) for item in items for read in self._read(item)]
        change = next(item for item in MixedStack(self.stack.size, self.stack.account, changed=True).items if item.seconds)
        plans = {
            "first": [(0, self._read(item)[0]) for item in items] + created,
            "noop": reads,
            "change": reads + [(3, self._set_visibility(change))],
            "destroy": [self._delete(item) for item in items],
        }
        folder.mkdir(parents=True, exist_ok=True)
        written = {}
        for operation, requests in plans.items():
            path = folder / f"{operation}.requests"
            requests.sort(key=lambda pair: pair[0])
            path.write_bytes(b"".join(b"%d %d\n" % (phase, len(data)) + data for phase, data in requests))
            written[operation] = (path, len(requests))
        return written

    # One request on the wire.

    def _http(self, method: str, path: str, scope: str, body: str = "", **headers: str) -> bytes:
        data = body.encode()
        credential = f"{self.stack.account}/20260101/{REGION}/{scope}/aws4_request"
        lines = {
            "Host": self.host,
            "X-Amz-Date": "20260101T000000Z",
            "Authorization": f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host;x-amz-date, Signature={'0' * 64}",
            "Content-Length": str(len(data)),
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + data

    def _json(self, scope: str, target: str, body: dict, version: str = "1.0") -> bytes:
        kind = f"application/x-amz-json-{version}"
        return self._http("POST", "/", scope, json.dumps(body), X_Amz_Target=target, Content_Type=kind)

    def _query(self, scope: str, action: str, version: str, **members: str) -> bytes:
        kind = "application/x-www-form-urlencoded; charset=utf-8"
        body = urlencode({"Action": action, "Version": version} | members)
        return self._http("POST", "/", scope, body, Content_Type=kind)

    def _s3(self, method: str, path: str, body: str = "") -> bytes:
        return self._http(method, path, "s3", body, X_Amz_Content_Sha256="UNSIGNED-PAYLOAD")

    def _queue(self, name: str) -> str:
        return f"{self.url}/{self.stack.account}/{name}"

    # What each kind needs.

    def _create(self, item: Item) -> list[tuple[int, bytes]]:
        name = item.name
        match item.kind:
            case "queue":
                body = {"QueueName": name, "Attributes": self.stack.attributes(item), "tags": TAGS}
                return [(2 if item.later else 1, self._json("sqs", "AmazonSQS.CreateQueue", body))]
            case "bucket":
                return [
                    (1, self._s3("PUT", f"/{name}")),
                    (2, self._s3("PUT", f"/{name}?versioning", VERSIONING)),
                    (2, self._s3("PUT", f"/{name}?tagging", TAGGING)),
                ]
            case "table":
                body = {
                    "TableName": name,
                    "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
                    "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                    "BillingMode": "PAY_PER_REQUEST",
                    "Tags": TAG_LIST,
                }
                return [(1, self._json("dynamodb", "DynamoDB_20120810.CreateTable", body))]
            case "log":
                group = {"logGroupName": name}
                days = group | {"retentionInDays": RETENTION_DAYS}
                return [
                    (1, self._json("logs", "Logs_20140328.CreateLogGroup", group | {"tags": TAGS}, "1.1")),
                    (2, self._json("logs", "Logs_20140328.PutRetentionPolicy", days, "1.1")),
                ]
            case "topic":
                return [(1, self._query("sns", "CreateTopic", "2010-03-31", Name=name, **TAG_MEMBERS))]
            case "role":
                trust = {"AssumeRolePolicyDocument": json.dumps(TRUST)}
                return [(1, self._query("iam", "CreateRole", "2010-05-08", RoleName=name, **trust, **TAG_MEMBERS))]
            case _:
                members = {key: str(value) for key, value in ALARM.items()} | {
                    "AlarmName": name,
                    "AlarmActions.member.1": self.stack.arn("sns", item.topic),
                    "Dimensions.member.1.Name": "QueueName",
                    "Dimensions.member.1.Value": item.queue,
                }
                return [(2, self._query("monitoring", "PutMetricAlarm", "2010-08-01", **members))]

    def _read(self, item: Item) -> list[bytes]:
        name = item.name
        match item.kind:
            case "queue":
                url = {"QueueUrl": self._queue(name)}
                return [
                    self._json("sqs", "AmazonSQS.GetQueueAttributes", url | {"AttributeNames": ["All"]}),
                    self._json("sqs", "AmazonSQS.ListQueueTags", url),
                ]
            case "bucket":
                return [self._s3("GET", f"/{name}?versioning"), self._s3("GET", f"/{name}?tagging")]
            case "table":
                arn = {"ResourceArn": self.stack.arn("dynamodb", f"table/{name}")}
                return [
                    self._json("dynamodb", "DynamoDB_20120810.DescribeTable", {"TableName": name}),
                    self._json("dynamodb", "DynamoDB_20120810.ListTagsOfResource", arn),
                ]
            case "log":
                arn = {"resourceArn": self.stack.arn("logs", f"log-group:{name}")}
                return [
                    self._json("logs", "Logs_20140328.DescribeLogGroups", {"logGroupNamePrefix": name}, "1.1"),
                    self._json("logs", "Logs_20140328.ListTagsForResource", arn, "1.1"),
                ]
            case "topic":
                arn = self.stack.arn("sns", name)
                return [
                    self._query("sns", "GetTopicAttributes", "2010-03-31", TopicArn=arn),
                    self._query("sns", "ListTagsForResource", "2010-03-31", ResourceArn=arn),
                ]
            case "role":
                return [self._query("iam", "GetRole", "2010-05-08", RoleName=name)]
            case _:
                return [self._query("monitoring", "DescribeAlarms", "2010-08-01", **{"AlarmNames.member.1": name})]

    def _set_visibility(self, item: Item) -> bytes:
        body = {"QueueUrl": self._queue(item.name), "Attributes": {"VisibilityTimeout": str(item.seconds)}}
        return self._json("sqs", "AmazonSQS.SetQueueAttributes", body)

    def _delete(self, item: Item) -> tuple[int, bytes]:
        name = item.name
        match item.kind:
            case "queue":
                return 1, self._json("sqs", "AmazonSQS.DeleteQueue", {"QueueUrl": self._queue(name)})
            case "bucket":
                return 1, self._s3("DELETE", f"/{name}")
            case "table":
                return 1, self._json("dynamodb", "DynamoDB_20120810.DeleteTable", {"TableName": name})
            case "log":
                return 1, self._json("logs", "Logs_20140328.DeleteLogGroup", {"logGroupName": name}, "1.1")
            case "topic":
                return 1, self._query("sns", "DeleteTopic", "2010-03-31", TopicArn=self.stack.arn("sns", name))
            case "role":
                return 1, self._query("iam", "DeleteRole", "2010-05-08", RoleName=name)
            case _:
                return 0, self._query("monitoring", "DeleteAlarms", "2010-08-01", **{"AlarmNames.member.1": name})


def compile_replayer(folder: Path) -> Path:
    """Builds replay.c; tells where the program is."""
    program = folder / "replay"
    source = Path(__file__).with_name("replay.c")
    subprocess.run(["cc", "-O2", "-pthread", "-o", program, source], check=True)
    return program
