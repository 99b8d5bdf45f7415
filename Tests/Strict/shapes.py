"""Holds parameters against botocore's models: what must be there, lengths, ranges, patterns and choices."""

import functools
import json
import pathlib
import re

from calls import Call
from models import model
from refusals import Refusal

# What each service answers where a parameter is not of its model's shape.
CODES = {
    "apigateway": "BadRequestException", "apigatewayv2": "BadRequestException", "cloudfront": "InvalidArgument",
    "cloudwatch": "ValidationError", "cognito-idp": "InvalidParameterException", "dynamodb": "ValidationException", "ec2": "InvalidParameterValue",
    "ecs": "InvalidParameterException", "events": "ValidationException", "iam": "ValidationError", "kinesis": "ValidationException", "kms": "ValidationException",
    "lambda": "ValidationException", "logs": "InvalidParameterException", "s3": "InvalidArgument",
    "scheduler": "ValidationException", "secretsmanager": "InvalidParameterException", "sns": "InvalidParameter",
    "sqs": "InvalidParameterValue", "ssm": "ValidationException", "stepfunctions": "ValidationException",
}
# Where a model says more or other than its service: `service Shape`, or `service Shape.Member` for one that must be there → the reason.
EXCUSED = json.loads((pathlib.Path(__file__).parent / "shapes.json").read_text())


# Classes of Java's patterns that Python has not, as the inside of a set.
CLASSES = {
    r"\p{L}": r"\w", r"\p{M}": "\u0300-\u036f", r"\p{N}": r"\d", r"\p{Z}": " \u00a0\u2000-\u200a\u3000", r"\p{S}": r"$+<=>\^`|~",
    r"\p{P}": r"!-#%-*,-/:;?@\[-\]_{}", r"\p{Graph}": "!-~", r"\p{ASCII}": "\x00-\x7f", "[:graph:]": "!-~", "[:print:]": " -~",
}


def judged(call: Call) -> tuple[str, Refusal] | None:
    """The first fault of a call's parameters: its place in the model, and the refusal."""
    operation = model(call.service).operation_model(call.operation)
    if not operation.input_shape:
        return None
    fault = _Checker(call.service).structure(operation.input_shape, call.parameters, "")
    if not fault:
        return None
    path, what, shape = fault
    text = f"Value at '{path[1:]}' failed to satisfy constraint: {what}"
    return f"shape {call.service} {shape}", Refusal(CODES[call.service], 400, text)


class _Checker:
    """Every method returns the first fault as (path, what, shape), or None."""

    def __init__(self, service):
        self.service = service

    def structure(self, shape, value, path):
        for name in shape.required_members:
            if value.get(name) is None and not self.is_excused(f"{shape.name}.{name}"):
                return f"{path}.{name}", "Member must not be null", f"{shape.name}.{name}"
        for name, member in shape.members.items():
            if value.get(name) is not None and (fault := self.value(member, value[name], f"{path}.{name}")):
                return fault
        return None

    def value(self, shape, value, path):
        if self.is_excused(shape.name):
            return None
        if shape.type_name == "structure" and isinstance(value, dict):
            return self.structure(shape, value, path)
        what = self.scalar(shape, value)
        if what:
            return path, what, shape.name
        inner = []
        if shape.type_name == "list" and isinstance(value, list):
            inner = [(shape.member, item, f"{path}.{i + 1}") for i, item in enumerate(value)]
        if shape.type_name == "map" and isinstance(value, dict):
            inner = [pair for k, v in value.items() for pair in ((shape.key, k, f"{path}.{k}"), (shape.value, v, f"{path}.{k}"))]
        return next((fault for arguments in inner if (fault := self.value(*arguments))), None)

    def scalar(self, shape, value):
        """What is wrong with the value itself, without its members."""
        if isinstance(value, bool) or isinstance(value, bytes):
            return None
        if isinstance(value, (int, float)):
            return _size(shape, value, "value")
        if isinstance(value, (list, dict)) or shape.type_name in ("string", "blob"):
            if fault := _size(shape, len(value), "length"):
                return fault
        if not isinstance(value, str):
            return None
        if shape.type_name == "string" and shape.enum and value not in shape.enum:
            return f"Member must satisfy enum value set: {shape.enum}"
        pattern = _pattern(shape.metadata.get("pattern"))
        if pattern and not pattern.fullmatch(value):
            return f"Member must satisfy regular expression pattern: {shape.metadata['pattern']}"
        return None

    def is_excused(self, name):
        return f"{self.service} {name}" in EXCUSED


def _size(shape, size, what):
    if "min" in shape.metadata and size < shape.metadata["min"]:
        return f"Member must have {what} greater than or equal to {shape.metadata['min']}"
    if "max" in shape.metadata and size > shape.metadata["max"]:
        return f"Member must have {what} less than or equal to {shape.metadata['max']}"
    return None


@functools.cache
def _pattern(text):
    """A pattern of a model for Python; None where it has what Python does not understand."""
    if not text:
        return None
    for name, inside in (CLASSES).items():
        text = text.replace(name, inside if _is_in_set(text, name) else f"[{inside}]")
    try:
        return re.compile(text)
    except re.error:
        return None


def _is_in_set(text, name):
    before = text.partition(name)[0].replace(r"\[", "").replace(r"\]", "")
    return before.count("[") > before.count("]")
