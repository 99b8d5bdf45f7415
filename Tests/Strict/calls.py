"""What a request asks for: service, operation and parameters, read with botocore's models of the services."""

import json
import re
import urllib.parse
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

from models import model
from parameters import bare, from_form, rest, tree

# The names in credential scopes → those of botocore's models, for the services that the program speaks to.
MODELS = {
    "monitoring": "cloudwatch", "apigateway": "apigateway", "cloudfront": "cloudfront", "cognito-idp": "cognito-idp", "dynamodb": "dynamodb",
    "ec2": "ec2", "ecs": "ecs", "events": "events", "iam": "iam", "kinesis": "kinesis", "kms": "kms", "lambda": "lambda", "logs": "logs", "s3": "s3",
    "scheduler": "scheduler", "secretsmanager": "secretsmanager", "sns": "sns", "sqs": "sqs", "ssm": "ssm",
    "states": "stepfunctions",
}
READS = ("Get", "List", "Describe", "BatchGet", "Head", "Query", "Scan", "Search", "Select")
SCOPE = re.compile(r"Credential=([^/,\s]+)/\d+/([^/]+)/([^/]+)/aws4_request")


@dataclass
class Call:
    """One request to a service."""

    service: str
    operation: str
    parameters: dict
    account: str = "111111111111"
    region: str = "us-east-1"
    headers: dict = field(default_factory=dict)

    @property
    def is_read(self) -> bool:
        return self.operation.startswith(READS)

    def __getitem__(self, name):
        """A parameter; None without it. Names with points lead into structures."""
        value = self.parameters
        for part in name.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        return value

    def __str__(self):
        return f"{self.service}:{self.operation}"


def read_call(message) -> Call | None:
    """The call that an HTTP request is; None where it is none of a service that we know."""
    scope = SCOPE.search(message.headers.get("authorization", ""))
    if not scope or scope[3] not in MODELS:
        return None
    service = MODELS[scope[3]]
    path = message.target.partition("?")[0]
    if service == "apigateway" and path.startswith("/v2/"):
        service = "apigatewayv2"
    found = _operation(service, message)
    if not found:
        return None
    operation, parameters = found
    return Call(service, operation, parameters, scope[1], scope[2], message.headers)


def _operation(service, message):
    if target := message.headers.get("x-amz-target"):
        name = target.rpartition(".")[2]
        return (name, json.loads(message.body or b"{}")) if name in model(service).operation_names else None
    protocol = model(service).protocol
    if protocol.startswith("rest"):
        return rest(service, message)
    form = dict(urllib.parse.parse_qsl(message.body.decode(), keep_blank_values=True))
    name = form.get("Action", "")
    if name not in model(service).operation_names:
        return None
    shape = model(service).operation_model(name).input_shape
    is_ec2 = protocol == "ec2"
    return name, from_form(shape, tree(form), is_ec2) if shape else {}


def read_answer(message) -> dict:
    """The members of an answer of success, and its ETag as `@etag`. XML comes as the texts of its elements, by name."""
    found = {}
    try:
        if message.body[:1] == b"{":
            found = json.loads(message.body)
        elif message.body[:1] == b"<":
            found = _texts(ElementTree.fromstring(message.body))
    except (ElementTree.ParseError, ValueError):
        pass
    found = found if isinstance(found, dict) else {}
    return {**found, "@etag": message.headers["etag"]} if "etag" in message.headers else found


def _texts(element):
    if not len(element):
        return element.text or ""
    found = {}
    for child in element:
        name = bare(child)
        value = _texts(child)
        if name in found:
            found[name] = (found[name] if isinstance(found[name], list) else [found[name]]) + [value]
        else:
            found[name] = value
    return found
