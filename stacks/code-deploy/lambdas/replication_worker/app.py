"""Copies an artifact to every region's bucket and records each copy in the status table.

Copying again gives the same object, and recording again the same row, so a message may come twice. A region that fails
fails the message, and the next delivery repeats all regions.
"""

import json
import os
from datetime import UTC, datetime

import boto3

SOURCE = os.environ["BUILDS_BUCKET"]
REGIONS = json.loads(os.environ["REGION_BUCKETS"])  # {"region-a": "its bucket", …}
TABLE = os.environ["STATUS_TABLE"]

s3 = boto3.client("s3")
dynamodb = boto3.client("dynamodb")


def handler(event, context):
    """Answers with the messages that failed, so that only those are delivered again."""
    failed = []
    for record in event["Records"]:
        try:
            artifact = json.loads(record["body"])["artifact"]
            for region, bucket in REGIONS.items():
                replicate(artifact, region, bucket)
        except Exception as error:
            print(f"message {record['messageId']} failed: {type(error).__name__}: {error}")
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}


def replicate(artifact, region, bucket):
    s3.copy_object(Bucket=bucket, Key=artifact, CopySource={"Bucket": SOURCE, "Key": artifact})
    dynamodb.update_item(
        TableName=TABLE,
        Key={"build_id": {"S": artifact}, "region": {"S": region}},
        # "status" is a reserved word of DynamoDB. The time of the first copy stays.
        UpdateExpression="SET #status = :status, #bucket = :bucket, replicated_at = if_not_exists(replicated_at, :now)",
        ExpressionAttributeNames={"#status": "status", "#bucket": "bucket"},
        ExpressionAttributeValues={
            ":status": {"S": "replicated"},
            ":bucket": {"S": bucket},
            ":now": {"S": datetime.now(UTC).isoformat(timespec="seconds")},
        },
    )
    print(f"replicated {artifact} to {region}")
