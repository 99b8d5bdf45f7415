"""Holds the JSON Schema of stack files, which editors use, against what `stackform validate` says.

    schema.py SCHEMA

It must be a JSON Schema, take every stack of examples/ and stacks/ and Tests/Corpus/nulls.yaml, and refuse every stack of Tests/Corpus/bad-relations.txt. JSON Schema can't
compare two values of a file, so that stacks of which nothing else is wrong are left out: by the titles of what is said of them.

Readers of YAML 1.1 take the key `on` of a grant for true; what they make of it must be accepted, too, as it is and as JSON.
"""

import json
import pathlib
import sys

import jsonschema
import yaml

CHECKOUT = pathlib.Path(__file__).parent.parent.parent
INEXPRESSIBLE = ("Duplicate ", "Out of range: ", "Unknown name: ", "Too many expressions: ", "Too many metrics: ")


class Loader(yaml.SafeLoader):
    """YAML 1.2 as Stackform reads it: dates are texts, and only true and false are booleans."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", __import__("re").compile("^(true|false)$"), "tf")


def corpus():
    """Name, text and what is said, of each stack."""
    for entry in ("\n" + (CHECKOUT / "Tests/Corpus/bad-relations.txt").read_text()).split("\n=== ")[1:]:
        name, rest = entry.split("\n", 1)
        stack, said = rest.split("\n---\n")
        yield name, f"stack: shop\n{stack}", said.strip().splitlines()


GRANT = "{stack: shop, lambdas: {f: {code: x, runtime: python3.12, handler: a.b, grants: [{allow: ['s3:GetObject'], on: '*'}]}}}"


def main():
    schema = json.loads(pathlib.Path(sys.argv[1]).read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    found = []
    accepted = sorted(CHECKOUT.glob("examples/*/stack.yaml")) + sorted(CHECKOUT.glob("stacks/*/stack.yaml"))
    accepted.append(CHECKOUT / "Tests/Corpus/nulls.yaml")
    for path in accepted:
        for error in validator.iter_errors(yaml.load(path.read_text(), Loader)):
            found.append(f"{path.relative_to(CHECKOUT)}: {error.json_path}: {error.message[:300]}")
    grant = yaml.safe_load(GRANT)
    assert True in grant["lambdas"]["f"]["grants"][0]
    for reading in (grant, json.loads(json.dumps(grant))):
        for error in validator.iter_errors(reading):
            found.append(f"YAML 1.1: {error.json_path}: {error.message[:300]}")
    refused = 0
    for name, text, said in corpus():
        if all(line.split(" ", 1)[1].startswith(INEXPRESSIBLE) for line in said):
            continue
        refused += 1
        if validator.is_valid(yaml.load(text, Loader)):
            found.append(f"{name}: not refused, although {said[0]}")
    print("\n".join(found) or f"{len(accepted)} stacks are accepted and {refused} are refused, as they should be.")
    sys.exit(1 if found or not accepted or not refused else 0)


main()
