"""Builds what a message asks for: uploads the artifact, then queues its deployment.

A message is `{"app": "shop", "id": "123"}`; without an id the message's own serves, which stays the same however often
SQS delivers it. Everything here may run twice for one message: the artifact has the same name and the same bytes each
time, and a deployment that is queued twice does no harm either.
"""

import io
import json
import os
import re
import zipfile

import boto3

BUCKET = os.environ["BUILDS_BUCKET"]
DEPLOYMENTS = os.environ["DEPLOYMENT_QUEUE_URL"]
IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")

s3 = boto3.client("s3")
sqs = boto3.client("sqs")


def handler(event, context):
    """Answers with the messages that failed, so that only those are delivered again."""
    failed = []
    for record in event["Records"]:
        try:
            build(record)
        except Exception as error:
            print(f"message {record['messageId']} failed: {type(error).__name__}: {error}")
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}


def build(record):
    job = json.loads(record["body"])
    identifier = str(job.get("id") or record["messageId"])
    if not IDENTIFIER.fullmatch(identifier):
        raise ValueError(f"{identifier!r} is no id: letters, digits, '-', '_' and '.', at most 64")
    app = str(job.get("app", "unnamed"))
    key = f"build-{identifier}.zip"

    s3.put_object(Bucket=BUCKET, Key=key, Body=artifact(app, identifier), ContentType="application/zip")
    sqs.send_message(QueueUrl=DEPLOYMENTS, MessageBody=json.dumps({"artifact": key, "app": app}))
    print(f"built {key} of {app}")


def artifact(app, identifier):
    """A zip that stands for the result of a build: the same bytes for the same job."""
    manifest = zipfile.ZipInfo("manifest.json", date_time=(1980, 1, 1, 0, 0, 0))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(manifest, json.dumps({"app": app, "build": identifier}, indent=2))
    return content.getvalue()
