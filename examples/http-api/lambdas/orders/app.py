"""Answers every route: the event's routeKey tells which one it was."""

import json


def handler(event, context):
    route = event["routeKey"]
    if route == "GET /orders/{id}":
        return {"id": event["pathParameters"]["id"], "status": "on its way"}
    if route == "POST /orders":
        return {"statusCode": 202, "body": json.dumps({"accepted": True})}
    return {"statusCode": 404, "body": json.dumps({"message": "There are only orders here."})}
