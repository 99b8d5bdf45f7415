"""Holds the kinds' schemas against CloudFormation's, which cfn-lint keeps as data.

    models.py STACKFORM [SECTION…]

STACKFORM is the program; its `explain --json` tells the schemas. Tells every property that one side has and the other has not, and
every range, choice, default or replacement that differs. What is meant to differ is in models.json with its reason, by path (`website.*` is all
within website); a reason that nothing needs is a mistake too.
"""

import functools
import importlib.util
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
DATA = pathlib.Path(importlib.util.find_spec("cfnlint").origin).parent / "data" / "schemas"
BOUNDS = ("minimum", "maximum", "minLength", "maxLength")


@functools.cache
def types():
    """Resource type → the file of its schema. Loaded by path: the linter itself, and all that it needs, is not installed."""
    spec = importlib.util.spec_from_file_location("providers", DATA / "providers" / "us_east_1.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.types


def cloud_formation(name):
    """A resource type's schema, with its own and the linter's additions."""
    schema = json.loads((DATA / "resources" / f"{types()[name]}.json").read_text())
    created = {path.removeprefix("/properties/") for path in schema.get("createOnlyProperties", [])}
    read_only = {path.removeprefix("/properties/") for path in schema.get("readOnlyProperties", [])}
    return schema, created, read_only


def resolve(schema, root):
    while "$ref" in schema:
        target = root
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        schema = target
    return schema


def lowered(name):
    """CloudFormation's name in lowerCamelCase: SSEEnabled is sseEnabled, KMSKeyId kmsKeyId."""
    capitals = len(name) - len(name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    if capitals <= 1:
        return name[:1].lower() + name[1:]
    if capitals == len(name):
        return name.lower()
    return name[: capitals - 1].lower() + name[capitals - 1:]


def ours_plain(schema):
    """Our schema of a value, without the expression that may stand for it."""
    options = [o for o in schema.get("anyOf", []) if "$ref" not in o]
    if len(options) == 1:
        return {**options[0], **{k: v for k, v in schema.items() if k != "anyOf"}}
    return schema


class Comparison:
    def __init__(self, section, rules):
        self.section, self.rules = section, rules
        self.reasons = dict(rules.get("differs", {}))
        self.found = []
        self.used = set()

    def tell(self, path, text):
        parts = path.split(".")
        excuses = [path, *(".".join(parts[:i]) + ".*" for i in range(1, len(parts)))]
        excuse = next((e for e in excuses if e in self.reasons), None)
        if excuse:
            self.used.add(excuse)
        else:
            self.found.append(f"{self.section}.{path}: {text}")

    def kind(self, page):
        root, created, read_only = cloud_formation(self.rules["type"])
        theirs = {lowered(n): (n, s) for n, s in root["properties"].items() if n not in read_only}
        self.unwrap(theirs, root)
        theirs.pop(lowered(self.rules.get("name", "")), None)
        for property in page["properties"]:
            name = property["name"]
            if name not in theirs:
                self.tell(name, "CloudFormation has none")
                continue
            their_name, schema = theirs.pop(name)
            if property["replaces"] != (their_name in created):
                self.tell(f"{name}!", f"replaces here is {property['replaces']}, not in CloudFormation")
            self.value(name, {**property["schema"], "default": property.get("default")}, schema, root)
        for name in theirs:
            self.tell(name, "missing here")
        for path in sorted(set(self.reasons) - self.used):
            self.found.append(f"{self.section}.{path}: models.json excuses it, but nothing differs")

    def unwrap(self, theirs, root):
        """Gives what is called otherwise here our name. `Wrapper.Member` takes a member out of its object, whose others must be told of too."""
        members = {}
        for own, path in self.rules.get("renamed", {}).items():
            outer, *inner = path.split(".")
            name, schema = members.get(outer) or theirs.pop(lowered(outer))
            if inner:
                members[outer] = name, schema
                for part in inner:
                    schema = resolve(schema, root)["properties"][part]
            theirs[own] = name, schema
        for outer, (name, schema) in members.items():
            known = {path.split(".")[1] for path in self.rules["renamed"].values() if path.startswith(f"{outer}.")}
            for member, schema in resolve(schema, root)["properties"].items():
                if member not in known:
                    theirs[f"{lowered(outer)}.{lowered(member)}"] = f"{name}/{member}", schema

    def value(self, path, ours, theirs, root):
        ours, theirs = ours_plain(ours), resolve(theirs, root)
        for bound in BOUNDS:
            if bound in theirs and bound in ours and ours[bound] != theirs[bound]:
                self.tell(path, f"{bound} {ours[bound]} here, {theirs[bound]} there")
            if bound in theirs and bound not in ours and bound in ("minimum", "maximum") and "enum" not in ours:
                self.tell(path, f"{bound} {theirs[bound]} there, none here")
        if "enum" in theirs and set(map(str, theirs["enum"])) != set(map(str, ours.get("enum", []))):
            self.tell(path, self.choices(ours.get("enum", []), theirs["enum"]))
        if theirs.get("default") is not None and ours.get("default") != theirs["default"]:
            self.tell(path, f"default {ours.get('default')} here, {theirs['default']} there")
        if "items" in ours and "items" in theirs:
            self.value(path, ours["items"], theirs["items"], root)
        if "properties" in ours and "properties" in theirs:
            self.members(path, ours["properties"], theirs["properties"], root)

    def choices(self, ours, theirs):
        ours, theirs = set(map(str, ours)), set(map(str, theirs))
        return f"only here {sorted(ours - theirs)}, only there {sorted(theirs - ours)}"

    def members(self, path, ours, theirs, root):
        theirs = {lowered(name): schema for name, schema in theirs.items()}
        for name, schema in ours.items():
            if name in theirs:
                self.value(f"{path}.{name}", schema, theirs[name], root)
            else:
                self.tell(f"{path}.{name}", "CloudFormation has none")
        for name in sorted(set(theirs) - set(ours)):
            self.tell(f"{path}.{name}", "missing here")


def main():
    program, *sections = sys.argv[1:]
    explain = lambda *arguments: json.loads(subprocess.check_output([program, "explain", *arguments, "--json"]))
    rules = json.loads((HERE / "models.json").read_text())
    found = []
    for kind in explain():
        section = kind["section"]
        if sections and section not in sections:
            continue
        if section not in rules:
            found.append(f"{section}: models.json does not say which CloudFormation type it is")
            continue
        comparison = Comparison(section, rules[section])
        comparison.kind(explain(section))
        found += comparison.found
    print("\n".join(found) or f"{len(rules)} kinds agree with CloudFormation's schemas, or say why not.")
    sys.exit(1 if found else 0)


main()
