"""Reads each JSON document that arrives under incoming/ and writes its keys to index/."""

import json
import os
from urllib.parse import unquote_plus

import boto3

s3 = boto3.client("s3")
bucket = os.environ["BUCKET"]


def handler(event, context):
    for record in event["Records"]:
        key = unquote_plus(record["s3"]["object"]["key"])
        document = json.load(s3.get_object(Bucket=bucket, Key=key)["Body"])
        index = json.dumps(sorted(document))
        s3.put_object(Bucket=bucket, Key=key.replace("incoming/", "index/", 1), Body=index.encode())
