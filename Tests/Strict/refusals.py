"""How each service says no: its code, status and message in the spelling of its protocol."""

import json
from dataclasses import dataclass
from xml.sax.saxutils import escape

from calls import Call
from models import model

REQUEST_ID = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True)
class Refusal:
    code: str
    status: int
    message: str


def encoded(refusal: Refusal, call: Call) -> tuple[dict, bytes]:
    """The headers and the body of the refusal's answer."""
    code, text = refusal.code, refusal.message
    protocol = model(call.service).protocol
    if "x-amz-target" in call.headers:
        protocol = "json"
    if protocol == "json":
        body = json.dumps({"__type": code, "message": text})
        return {"content-type": "application/x-amz-json-1.0", "x-amzn-requestid": REQUEST_ID}, body.encode()
    if protocol == "rest-json":
        body = json.dumps({"message": text, "Message": text, "Type": "User"})
        return {"content-type": "application/json", "x-amzn-errortype": code, "x-amzn-requestid": REQUEST_ID}, body.encode()
    error = f"<Code>{escape(code)}</Code><Message>{escape(text)}</Message>"
    if call.service == "s3":
        body = f"<Error>{error}<RequestId>{REQUEST_ID}</RequestId></Error>"
    elif protocol == "ec2":
        body = f"<Response><Errors><Error>{error}</Error></Errors><RequestID>{REQUEST_ID}</RequestID></Response>"
    else:
        body = f"<ErrorResponse><Error><Type>Sender</Type>{error}</Error><RequestId>{REQUEST_ID}</RequestId></ErrorResponse>"
    return {"content-type": "text/xml"}, f'<?xml version="1.0" encoding="UTF-8"?>{body}'.encode()
