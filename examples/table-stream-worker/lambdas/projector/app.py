"""Counts each customer's orders, from the changes of the orders table."""

import os

import boto3

table = boto3.resource("dynamodb").Table(os.environ["COUNTS_TABLE"])
steps = {"INSERT": 1, "REMOVE": -1}


def handler(event, context):
    for record in event["Records"]:
        step = steps.get(record["eventName"], 0)
        if step == 0:
            continue
        try:
            table.update_item(
                Key={"customer": record["dynamodb"]["Keys"]["customer"]["S"]},
                UpdateExpression="ADD orders :step",
                ExpressionAttributeValues={":step": step},
            )
        except Exception as error:
            # A stream is in order: it goes on from the first record that failed.
            print(f"record {record['eventID']} failed: {error!r}")
            return {"batchItemFailures": [{"itemIdentifier": record["dynamodb"]["SequenceNumber"]}]}
    return {"batchItemFailures": []}
