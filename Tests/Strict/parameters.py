"""The parameters of a call, read out of a form or out of a REST request by the shapes of botocore's models."""

import functools
import json
import re
import urllib.parse
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

from models import model

# MARK: Query


def tree(form):
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


def from_form(shape, node, is_ec2):
    if shape.type_name == "structure":
        found = {}
        for name, member in shape.members.items():
            key = _form_name(name, member, is_ec2)
            if isinstance(node, dict) and key in node:
                found[name] = from_form(member, node[key], is_ec2)
        return found
    if shape.type_name == "list":
        if not isinstance(node, dict):
            return []
        items = node if is_ec2 or shape.serialization.get("flattened") else node.get(
            shape.member.serialization.get("name", "member"), node.get("member", {}))
        return [from_form(shape.member, items[i], is_ec2) for i in sorted(items, key=int)]
    if shape.type_name == "map":
        entries = node if shape.serialization.get("flattened") else node.get("entry", {})
        key, value = shape.key.serialization.get("name", "key"), shape.value.serialization.get("name", "value")
        return {entries[i][key]: from_form(shape.value, entries[i].get(value, ""), is_ec2) for i in sorted(entries, key=int)}
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


def rest(service, message):
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
                items = [child for child in element if bare(child) == key]
                if items:
                    found[name] = [_from_xml(member.member, item) for item in items]
            else:
                child = next((child for child in element if bare(child) == key), None)
                if child is not None:
                    found[name] = _from_xml(member, child)
        return found
    if shape.type_name == "list":
        return [_from_xml(shape.member, item) for item in element]
    return _scalar(shape, element.text or "")


def bare(element):
    return element.tag.rpartition("}")[2]
