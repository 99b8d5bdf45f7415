"""Makes the conformance matrix (kind × property × endpoint) of what the suite noted while it ran.

    matrix.py RECORDS [--check PAGE | --write PAGE]

RECORDS is the folder that STACKFORM_TEST_MATRIX named: one JSON object a line, in files of any name. Prints the page; `--check` tells
whether the kept page says the same, by its exit status.
"""

import collections
import json
import pathlib
import sys

ENDPOINTS = {"ministack": "M", "localstack": "L"}
CHECKS = {
    "created": "created", "changed": "changed", "replaced": "replaces", "outside": "changed outside",
    "reset": "taken out", "undeclared": "left alone",
}
INTRODUCTION = """# What is proven, property by property

Each kind's suite runs on MiniStack and on LocalStack, through the whole program, in an account of its own. A mark means: shown on
both (●), on MiniStack alone (M), on LocalStack alone (L).

| Column | What was shown |
|---|---|
| created | Created with the property; the next plan is empty. |
| changed | Another value is an update in place of this property alone; the plan after it is empty. |
| replaces | Another value replaces the resource, and back; the plan after it is empty. |
| changed outside | A change made with boto3 shows as the cloud's, and the next apply puts it right. |
| taken out | Taken out of the file, the property is reset; nothing else changes. |
| left alone | A change from outside is left alone while the property is not declared. |

Where an endpoint can't show something by a defect of its own, the request and its answer are named below the table. The suite tries each
of them on every run and fails when one is gone. Properties that Stackform alone sets are not listed.

`scripts/conformance` runs the suite, prints this page and writes it; the tests fail while it is old.
"""


def read(folder):
    lines = []
    for file in sorted(pathlib.Path(folder).glob("*.jsonl")):
        lines += [json.loads(line) for line in file.read_text().splitlines()]
    return lines


def mark(endpoints):
    if len(endpoints) == len(ENDPOINTS):
        return "●"
    return " ".join(ENDPOINTS[name] for name in sorted(endpoints, reverse=True))


def table(headings, rows):
    widths = [max(len(row[i]) for row in [headings, *rows]) for i in range(len(headings))]
    line = lambda cells: "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths)) + " |"
    return [line(headings), "|" + "|".join("-" * (width + 2) for width in widths) + "|", *map(line, rows)]


def section(name, lines):
    shown = collections.defaultdict(set)
    for line in lines:
        shown[line["property"], line["check"]].add(line["endpoint"])
    properties = sorted({line["property"] for line in lines} - {""})
    rows = [[f"`{p}`", *(mark(shown[p, check]) for check in CHECKS)] for p in properties]
    whole = [
        text for check, text in [
            ("foreign", "another stack's resource of the same name is refused"),
            ("deleted", "delete leaves nothing"), ("newLife", "nothing of an old life comes back under the same name")]
        if len(shown["", check]) == len(ENDPOINTS)]
    output = [f"\n## {name}\n", *table(["Property", *CHECKS.values()], rows)]
    if whole:
        output.append("\nThe kind as a whole, on both: " + "; ".join(whole) + ".")
    notes = sorted({(l["property"], l["endpoint"], l["evidence"]) for l in lines if l["check"] == "defect"})
    if notes:
        output += ["\nDefects of endpoints:\n"]
        output += [f"- {endpoint}, `{p or 'the whole kind'}`: {text}" for p, endpoint, text in notes]
    unseen = sorted({(l["property"], l["evidence"]) for l in lines if l["check"] == "unseen"})
    if unseen:
        output += ["\nChanges from outside that nobody can see:\n"]
        output += [f"- `{p}`: {text}" for p, text in unseen]
    return output


def main():
    lines = read(sys.argv[1])
    names = sorted({line["section"] for line in lines})
    page = INTRODUCTION + "\n".join(
        text for name in names for text in section(name, [l for l in lines if l["section"] == name])) + "\n"
    mode, kept = sys.argv[2:4] if len(sys.argv) > 2 else (None, None)
    if mode == "--check":
        if pathlib.Path(kept).read_text() != page:
            sys.exit(f"{kept} is old: run scripts/conformance")
        return
    if mode == "--write":
        pathlib.Path(kept).write_text(page)
    print(page)


main()
