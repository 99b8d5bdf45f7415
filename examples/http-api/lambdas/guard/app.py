"""Says who may call: whoever shows the token."""

import hmac
import os


def handler(event, context):
    shown = event.get("headers", {}).get("authorization", "")
    return {"isAuthorized": hmac.compare_digest(shown, os.environ["API_TOKEN"])}
