"""What a request asks for: service, operation and parameters, read with botocore's models of the services."""

import functools
import json
import re
import urllib.parse
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

import botocore.session

# The names in credential scopes → those of botocore's models, for the services that the program speaks to.
MODELS = {
    "monitoring": "cloudwatch", "apigateway": "apigateway", "cloudfront": "cloudfront", "dynamodb": "dynamodb",
    "ec2": "ec2", "ecs": "ecs", "iam": "iam", "kinesis": "kinesis", "lambda": "lambda", "logs": "logs", "s3": "s3",
    "scheduler": "scheduler", "secretsmanager": "secretsmanager", "sns": "sns", "sqs": "sqs",
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


@functools.cache
def session():
    return botocore.session.get_session()


@functools.cache
def model(service):
    return session().get_service_model(service)


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
        return _rest(service, message)
    form = dict(urllib.parse.parse_qsl(message.body.decode(), keep_blank_values=True))
    name = form.get("Action", "")
    if name not in model(service).operation_names:
        return None
    shape = model(service).operation_model(name).input_shape
    is_ec2 = protocol == "ec2"
    return name, _from_form(shape, _tree(form), is_ec2) if shape else {}


# MARK: Query


def _tree(form):
    """`A.member.1.B=x` as nested dictionaries."""
    root = {}
    for name, value in form.items():
        node = root
        *outer, last = name.split(".")
        for part in outer:
            node = node.setdefault(part, {})
            if not isinstance(node, dict):
                break
        else:
            node[last] = value
    return root


def _from_form(shape, node, is_ec2):
    if shape.type_name == "structure":
        found = {}
        for name, member in shape.members.items():
            key = _form_name(name, member, is_ec2)
            if isinstance(node, dict) and key in node:
                found[name] = _from_form(member, node[key], is_ec2)
        return found
    if shape.type_name == "list":
        if not isinstance(node, dict):
            return []
        items = node if is_ec2 or shape.serialization.get("flattened") else node.get(
            shape.member.serialization.get("name", "member"), node.get("member", {}))
        return [_from_form(shape.member, items[i], is_ec2) for i in sorted(items, key=int)]
    if shape.type_name == "map":
        entries = node if shape.serialization.get("flattened") else node.get("entry", {})
        key, value = shape.key.serialization.get("name", "key"), shape.value.serialization.get("name", "value")
        return {entries[i][key]: _from_form(shape.value, entries[i].get(value, ""), is_ec2) for i in sorted(entries, key=int)}
    return _scalar(shape, node)


def _form_name(name, member, is_ec2):
    if not is_ec2:
        if member.type_name == "list" and member.serialization.get("flattened"):
            return member.member.serialization.get("name") or member.serialization.get("name", name)
        return member.serialization.get("name", name)
    if "queryName" in member.serialization:
        return member.serialization["queryName"]
    key = member.serialization.get("name", name)
    return key[:1].upper() + key[1:]


def _scalar(shape, text):
    if shape.type_name in ("integer", "long"):
        return int(text)
    if shape.type_name in ("float", "double"):
        return float(text)
    if shape.type_name == "boolean":
        return str(text).lower() == "true"
    return text


# MARK: REST


@dataclass
class Route:
    name: str
    method: str
    path: re.Pattern
    fixed: dict
    # Headers and parts of the query without which it is another operation: CopyObject is a PutObject with a source.
    needed: list
    weight: tuple


@functools.cache
def _routes(service):
    routes = []
    for name in model(service).operation_names:
        operation = model(service).operation_model(name)
        # PutBucketLifecycle of old has the request of PutBucketLifecycleConfiguration.
        if operation.deprecated:
            continue
        http = operation.http
        path, _, query = http["requestUri"].partition("?")
        fixed = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
        fixed = {key: value for key, value in fixed.items() if not value.startswith("{")}
        pattern, position = "", 0
        for match in re.finditer(r"\{([^}]+)\}", path):
            pattern += re.escape(path[position:match.start()])
            pattern += "(.+)" if match[1].endswith("+") else "([^/]+)"
            position = match.end()
        pattern += re.escape(path[position:])
        needed = _needed(operation) if service == "s3" else []
        weight = (len(fixed), len(needed), -path.count("{"), len(path))
        routes.append(Route(name, http["method"], re.compile(f"{pattern}/?$"), fixed, needed, weight))
    return sorted(routes, key=lambda route: route.weight, reverse=True)


def _needed(operation):
    shape = operation.input_shape
    members = [shape.members[name].serialization for name in shape.required_members] if shape else []
    return [m.get("name", "").lower() for m in members if m.get("location") in ("header", "querystring")]


def _rest(service, message):
    path, _, query = message.target.partition("?")
    asked = urllib.parse.parse_qs(query, keep_blank_values=True)
    in_query = {name.lower() for name in asked}
    for route in _routes(service):
        if route.method != message.method or not route.path.match(path):
            continue
        if any(name not in message.headers and name not in in_query for name in route.needed):
            continue
        if all(asked.get(key) == [value] or (value == "" and key in asked) for key, value in route.fixed.items()):
            operation = model(service).operation_model(route.name)
            return route.name, _parameters(operation, path, asked, message)
    return None


def _parameters(operation, path, asked, message):
    shape = operation.input_shape
    if not shape:
        return {}
    uri = operation.http["requestUri"].partition("?")[0]
    names = [name.rstrip("+") for name in re.findall(r"\{([^}]+)\}", uri)]
    route = next(r for r in _routes(operation.service_model.service_name) if r.name == operation.name)
    in_path = dict(zip(names, map(urllib.parse.unquote, route.path.match(path).groups())))
    found = {}
    for name, member in shape.members.items():
        place = member.serialization.get("location")
        key = member.serialization.get("name", name)
        if place == "uri" and key in in_path:
            found[name] = _scalar(member, in_path[key])
        elif place == "querystring" and key in asked:
            found[name] = asked[key] if member.type_name == "list" else _scalar(member, asked[key][0])
        elif place == "header" and key.lower() in message.headers:
            found[name] = message.headers[key.lower()]
    found.update(_payload(operation, shape, message.body))
    return found


def _payload(operation, shape, body):
    if not body:
        return {}
    name = shape.serialization.get("payload")
    if name and shape.members[name].type_name != "structure":
        return {name: body.decode(errors="replace") if shape.members[name].type_name == "string" else body}
    inner = shape.members[name] if name else shape
    try:
        if operation.service_model.protocol == "rest-xml":
            value = _from_xml(inner, ElementTree.fromstring(body))
        else:
            value = _from_json(inner, json.loads(body))
    except (ElementTree.ParseError, ValueError):
        return {}
    return {name: value} if name else value


def _from_json(shape, value):
    """By the members' own names, which differ from those on the wire."""
    if value is None:
        return None
    if shape.type_name == "structure" and isinstance(value, dict):
        found = {}
        for name, member in shape.members.items():
            key = member.serialization.get("name", name)
            if "location" not in member.serialization and key in value:
                found[name] = _from_json(member, value[key])
        return found
    if shape.type_name == "list" and isinstance(value, list):
        return [_from_json(shape.member, item) for item in value]
    if shape.type_name == "map" and isinstance(value, dict):
        return {key: _from_json(shape.value, item) for key, item in value.items()}
    return value


def _from_xml(shape, element):
    if shape.type_name == "structure":
        found = {}
        for name, member in shape.members.items():
            is_flat = member.type_name == "list" and member.serialization.get("flattened")
            key = member.serialization.get("name", name)
            if is_flat:
                items = [child for child in element if _bare(child) == key]
                if items:
                    found[name] = [_from_xml(member.member, item) for item in items]
            else:
                child = next((child for child in element if _bare(child) == key), None)
                if child is not None:
                    found[name] = _from_xml(member, child)
        return found
    if shape.type_name == "list":
        return [_from_xml(shape.member, item) for item in element]
    return _scalar(shape, element.text or "")


def _bare(element):
    return element.tag.rpartition("}")[2]


# MARK: Answers


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
        name = _bare(child)
        value = _texts(child)
        if name in found:
            found[name] = (found[name] if isinstance(found[name], list) else [found[name]]) + [value]
        else:
            found[name] = value
    return found
