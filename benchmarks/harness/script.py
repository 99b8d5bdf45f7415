"""What a careful author writes by hand with boto3: read each resource, compare, write the differences; 16 threads.

    script.py deploy|change|destroy SIZE ACCOUNT URL

A process of its own, so that its start (Python, boto3, seven clients) counts as it does for its user.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from mixed import ALARM, REGION, RETENTION_DAYS, TAGS, TRUST, Item, MixedStack

THREADS = 16
SERVICES = {
    "queue": "sqs",
    "bucket": "s3",
    "table": "dynamodb",
    "log": "logs",
    "topic": "sns",
    "alarm": "cloudwatch",
    "role": "iam",
}
TAG_LIST = [{"Key": key, "Value": value} for key, value in TAGS.items()]


class Script:
    def __init__(self, stack: MixedStack, url: str):
        self.stack = stack
        self.url = url
        config = Config(max_pool_connections=THREADS, retries={"max_attempts": 1}, s3={"addressing_style": "path"})
        session = boto3.session.Session(aws_access_key_id=stack.account, aws_secret_access_key="x", region_name=REGION)
        self.clients = {
            kind: session.client(service, endpoint_url=url, config=config) for kind, service in SERVICES.items()
        }

    def deploy(self) -> None:
        self._all(self._ensure, [item for item in self.stack.items if not item.later])
        self._all(self._ensure, [item for item in self.stack.items if item.later])

    def destroy(self) -> None:
        self._all(self._delete, [item for item in self.stack.items if item.kind == "alarm"])
        self._all(self._delete, [item for item in self.stack.items if item.kind != "alarm"])

    def _all(self, work, items: list[Item]) -> None:
        with ThreadPoolExecutor(THREADS) as pool:
            for _ in pool.map(work, items):
                pass

    def _queue(self, name: str) -> str:
        return f"{self.url}/{self.stack.account}/{name}"

    def _ensure(self, item: Item) -> None:
        try:
            getattr(self, f"_compare_{item.kind}")(self.clients[item.kind], item)
        except (ClientError, LookupError):
            getattr(self, f"_create_{item.kind}")(self.clients[item.kind], item)

    def _compare_queue(self, sqs, item: Item) -> None:
        url = self._queue(item.name)
        live = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        tags = sqs.list_queue_tags(QueueUrl=url).get("Tags", {})
        changed = {}
        for name, text in self.stack.attributes(item).items():
            if name == "RedrivePolicy":
                same = json.loads(live.get(name, "{}")) == json.loads(text)
            else:
                same = live.get(name) == text
            if not same:
                changed[name] = text
        if changed:
            sqs.set_queue_attributes(QueueUrl=url, Attributes=changed)
        if tags != TAGS:
            sqs.tag_queue(QueueUrl=url, Tags=TAGS)

    def _create_queue(self, sqs, item: Item) -> None:
        sqs.create_queue(QueueName=item.name, Attributes=self.stack.attributes(item), tags=TAGS)

    def _compare_bucket(self, s3, item: Item) -> None:
        status = s3.get_bucket_versioning(Bucket=item.name).get("Status")
        tags = {tag["Key"]: tag["Value"] for tag in s3.get_bucket_tagging(Bucket=item.name)["TagSet"]}
        if status != "Enabled":
            s3.put_bucket_versioning(Bucket=item.name, VersioningConfiguration={"Status": "Enabled"})
        if tags != TAGS:
            s3.put_bucket_tagging(Bucket=item.name, Tagging={"TagSet": TAG_LIST})

    def _create_bucket(self, s3, item: Item) -> None:
        s3.create_bucket(Bucket=item.name)
        s3.put_bucket_versioning(Bucket=item.name, VersioningConfiguration={"Status": "Enabled"})
        s3.put_bucket_tagging(Bucket=item.name, Tagging={"TagSet": TAG_LIST})

    def _compare_table(self, dynamodb, item: Item) -> None:
        table = dynamodb.describe_table(TableName=item.name)["Table"]
        tags = dynamodb.list_tags_of_resource(ResourceArn=table["TableArn"])["Tags"]
        if {tag["Key"]: tag["Value"] for tag in tags} != TAGS:
            dynamodb.tag_resource(ResourceArn=table["TableArn"], Tags=TAG_LIST)

    def _create_table(self, dynamodb, item: Item) -> None:
        dynamodb.create_table(
            TableName=item.name,
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
            Tags=TAG_LIST,
        )

    def _compare_log(self, logs, item: Item) -> None:
        groups = logs.describe_log_groups(logGroupNamePrefix=item.name)["logGroups"]
        group = next((group for group in groups if group["logGroupName"] == item.name), None)
        if group is None:
            raise LookupError(item.name)
        arn = self.stack.arn("logs", f"log-group:{item.name}")
        if logs.list_tags_for_resource(resourceArn=arn).get("tags", {}) != TAGS:
            logs.tag_resource(resourceArn=arn, tags=TAGS)
        if group.get("retentionInDays") != RETENTION_DAYS:
            logs.put_retention_policy(logGroupName=item.name, retentionInDays=RETENTION_DAYS)

    def _create_log(self, logs, item: Item) -> None:
        logs.create_log_group(logGroupName=item.name, tags=TAGS)
        logs.put_retention_policy(logGroupName=item.name, retentionInDays=RETENTION_DAYS)

    def _compare_topic(self, sns, item: Item) -> None:
        arn = self.stack.arn("sns", item.name)
        sns.get_topic_attributes(TopicArn=arn)
        tags = {tag["Key"]: tag["Value"] for tag in sns.list_tags_for_resource(ResourceArn=arn)["Tags"]}
        if tags != TAGS:
            sns.tag_resource(ResourceArn=arn, Tags=TAG_LIST)

    def _create_topic(self, sns, item: Item) -> None:
        sns.create_topic(Name=item.name, Tags=TAG_LIST)

    def _compare_role(self, iam, item: Item) -> None:
        role = iam.get_role(RoleName=item.name)["Role"]
        if {tag["Key"]: tag["Value"] for tag in role.get("Tags", [])} != TAGS:
            iam.tag_role(RoleName=item.name, Tags=TAG_LIST)

    def _create_role(self, iam, item: Item) -> None:
        iam.create_role(RoleName=item.name, AssumeRolePolicyDocument=json.dumps(TRUST), Tags=TAG_LIST)

    def _compare_alarm(self, cloudwatch, item: Item) -> None:
        live = cloudwatch.describe_alarms(AlarmNames=[item.name])["MetricAlarms"][0]
        wanted = self._alarm(item)
        # An endpoint may leave out what it was given: then there is nothing to compare.
        if any(live.get(name, value) != value for name, value in wanted.items()):
            cloudwatch.put_metric_alarm(**wanted)

    def _create_alarm(self, cloudwatch, item: Item) -> None:
        cloudwatch.put_metric_alarm(**self._alarm(item))

    def _alarm(self, item: Item) -> dict:
        dimensions = [{"Name": "QueueName", "Value": item.queue}]
        actions = [self.stack.arn("sns", item.topic)]
        return ALARM | {"AlarmName": item.name, "AlarmActions": actions, "Dimensions": dimensions}

    def _delete(self, item: Item) -> None:
        client, name = self.clients[item.kind], item.name
        match item.kind:
            case "queue":
                client.delete_queue(QueueUrl=self._queue(name))
            case "bucket":
                client.delete_bucket(Bucket=name)
            case "table":
                client.delete_table(TableName=name)
            case "log":
                client.delete_log_group(logGroupName=name)
            case "topic":
                client.delete_topic(TopicArn=self.stack.arn("sns", name))
            case "role":
                client.delete_role(RoleName=name)
            case _:
                client.delete_alarms(AlarmNames=[name])


def main() -> None:
    operation, size, account, url = sys.argv[1:]
    script = Script(MixedStack(int(size), account, changed=operation == "change"), url)
    script.destroy() if operation == "destroy" else script.deploy()


if __name__ == "__main__":
    main()
