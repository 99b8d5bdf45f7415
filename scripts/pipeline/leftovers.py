"""Counts what an account holds, service by service: proof that a destroyed stack left nothing.

Exit status 1 says that something is left. Stackform's ledger bucket is not counted: it is Stackform's own.
"""

import sys

import boto3
import botocore.session
from botocore.exceptions import ClientError


def session() -> boto3.Session:
    """One whose CloudWatch speaks the query protocol: of the three that AWS offers LocalStack knows only this one."""
    core = botocore.session.get_session()
    metadata = core.get_component("data_loader").load_service_model("cloudwatch", "service-2")["metadata"]
    metadata["protocol"], metadata["protocols"] = "query", ["query"]
    return boto3.Session(botocore_session=core)


AWS = session()


def names(service: str, operation: str, key: str, field: str) -> list[str]:
    """The names of everything that a listing operation shows, on all its pages."""
    client = AWS.client(service)
    if client.can_paginate(operation):
        pages = client.get_paginator(operation).paginate()
    else:
        pages = [getattr(client, operation)()]
    found = [item for page in pages for item in page.get(key, [])]
    return [item if isinstance(item, str) else item[field] for item in found]


LISTINGS = {
    "buckets": ("s3", "list_buckets", "Buckets", "Name"),
    "queues": ("sqs", "list_queues", "QueueUrls", ""),
    "tables": ("dynamodb", "list_tables", "TableNames", ""),
    "lambdas": ("lambda", "list_functions", "Functions", "FunctionName"),
    "event mappings": ("lambda", "list_event_source_mappings", "EventSourceMappings", "UUID"),
    "apis": ("apigateway", "get_rest_apis", "items", "name"),
    "log groups": ("logs", "describe_log_groups", "logGroups", "logGroupName"),
    "alarms": ("cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName"),
    "topics": ("sns", "list_topics", "Topics", "TopicArn"),
    "roles": ("iam", "list_roles", "Roles", "RoleName"),
}


def is_own(kind: str, name: str) -> bool:
    """Not what Stackform or AWS itself keeps in an account."""
    if kind == "buckets":
        account = AWS.client("sts").get_caller_identity()["Account"]
        return not name.startswith(f"stackform-{account}-")
    return not (kind == "roles" and name.startswith("AWSServiceRole"))


def main() -> int:
    left = 0
    for kind, listing in LISTINGS.items():
        try:
            found = [name for name in names(*listing) if is_own(kind, name)]
        except ClientError as error:
            found = [str(error)]
        left += len(found)
        print(f"  {kind:15} {len(found)}{'  ' if found else ''}{', '.join(found)}")
    print("Nothing is left." if not left else f"error: {left} are left", flush=True)
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
