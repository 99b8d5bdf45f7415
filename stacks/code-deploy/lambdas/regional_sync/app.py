"""Deploys an artifact that arrived in a region's bucket to the region's hosts: one log row a host, in batches.

A row is named by artifact and host, so an event that S3 delivers twice, or a second attempt after a failure, writes the
same rows again and never more of them.
"""

import os
import random
import time
from urllib.parse import unquote_plus

import boto3

REGION = os.environ["DEPLOY_REGION"]
TABLE = os.environ["LOGS_TABLE"]
HOSTS = int(os.environ["HOSTS"])
BATCH = 25  # the most that BatchWriteItem takes
ATTEMPTS = 8

dynamodb = boto3.client("dynamodb")


def handler(event, context):
    for record in event["Records"]:
        # Keys come encoded like the query of a URL.
        artifact = unquote_plus(record["s3"]["object"]["key"])
        deploy(artifact, record["eventTime"])
        print(f"deployed {artifact} to {HOSTS} hosts of {REGION}")


def deploy(artifact, time_of_arrival):
    for first in range(0, HOSTS, BATCH):
        hosts = range(first, min(first + BATCH, HOSTS))
        write([row(artifact, host, time_of_arrival) for host in hosts])


def row(artifact, host, time_of_arrival):
    return {
        "build_id": {"S": artifact},
        "host": {"S": f"{REGION}-host-{host:04}"},
        "region": {"S": REGION},
        "status": {"S": "deployed"},
        "deployed_at": {"S": time_of_arrival},
    }


def write(rows):
    """A batch can succeed in part: what DynamoDB had no room for is sent again, later each time."""
    requests = {TABLE: [{"PutRequest": {"Item": item}} for item in rows]}
    for attempt in range(ATTEMPTS):
        requests = dynamodb.batch_write_item(RequestItems=requests).get("UnprocessedItems")
        if not requests:
            return
        time.sleep(random.uniform(0, 0.05 * 2**attempt))
    raise RuntimeError(f"{len(requests[TABLE])} rows found no room in {TABLE} in {ATTEMPTS} attempts")
