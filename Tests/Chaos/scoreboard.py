"""Makes the scoreboard docs/reliability.md of what the suites of attacks tried.

    scoreboard.py FOLDER --write PAGE

FOLDER holds what `scripts/chaos` gathered: `tries/*.json`, one object a note of a test (sort, what, tried, seed); `output-*.txt`, what
`swift test` printed, one file a round; `fuzz-*.txt`, what the fuzzer printed; `run.json`, when and how long.
"""

import collections
import json
import pathlib
import re
import sys

# By sort: the heading, and what has to hold.
SORTS = {
    "network": ("Faults of the network", "Answers lost, doubled, late, cut short, refused: the run ends well, or says what failed; the next one converges."),
    "kills": ("Kills", "The process is killed at a request: one more run converges, and the account is as after an undisturbed one."),
    "answers": ("False answers", "A success that proves nothing: no run says that it is done when it is not."),
    "endpoints": ("Hostile endpoints", "Endless, nested, malformed, silent: a diagnostic, soon, in little memory."),
    "concurrency": ("Several at once", "Runs of one stack at once: live is one file whole."),
    "files": ("Hostile files", "Stacks, projects, templates and documents: a diagnostic with its place, no crash, no hang."),
    "ledgers": ("Ledgers and bundles", "Damaged, foreign, newer, lost: refused or repaired, and nothing is claimed by them."),
    "secrets": ("Secrets", "Canaries with signs that are written otherwise elsewhere: seen by no one but the service."),
}
PAGE = """# Reliability

What was tried against Stackform, and what held. `scripts/chaos` makes this page: it runs the suites of attacks with one seed after the other on
MiniStack and LocalStack, and the fuzzer on the readers of what others wrote. A seed gives the same attacks on every machine.

{when}

{table}

{failures}

What the suites are, and what each has to hold: [testing](testing.md).

    scripts/chaos                       ten minutes
    scripts/chaos --minutes 240         longer, with more seeds
    scripts/chaos --seed 7              from another seed on
"""


def failures_in(text):
    """The failures that `swift test` printed: each once, shortened."""
    found = []
    for line in text.splitlines():
        match = re.match(r"✘ Test \"(.+?)\".* recorded an issue.*?(?:: (.*))?$", line)
        if match:
            found.append((match[1], (match[2] or "")[:200]))
    return found


def table(rows):
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def main(folder, page):
    folder = pathlib.Path(folder)
    tried = collections.Counter()
    parts = collections.defaultdict(collections.Counter)
    for file in sorted((folder / "tries").glob("*.json")):
        note = json.loads(file.read_text())
        tried[note["sort"]] += note["tried"]
        parts[note["sort"]][note["what"]] += note["tried"]
    for file in sorted(folder.glob("fuzz-*.txt")):
        for name, count in re.findall(r"== (\w+),.*?stat::number_of_executed_units: (\d+)", file.read_text(), re.S):
            sort = "ledgers" if name in ("ledger", "archive") else "files"
            tried[sort] += int(count)
            parts[sort][f"random texts to the reader of a {name}"] += int(count)
    failed = []
    for file in sorted(folder.glob("output-*.txt")):
        failed += [(file.stem.removeprefix("output-"), *failure) for failure in failures_in(file.read_text())]
    run = json.loads((folder / "run.json").read_text())
    rows = [("Sort", "Tried", "Of that", "What has to hold")]
    for sort, (heading, rule) in SORTS.items():
        shown = "; ".join(f"{count:,} {what}" for what, count in sorted(parts[sort].items(), key=lambda part: -part[1]))
        rows.append((heading, f"{tried[sort]:,}", shown or "not run", rule))
    when = "{date}, {minutes} minutes on {cores} cores, seeds {first} to {last}: **{total:,} tries, {held}**.".format(
        **run, total=sum(tried.values()), held=f"{len(failed)} did not hold" if failed else "all held")
    words = "\n".join(f"- seed {seed}: {test}: `{detail}`" for seed, test, detail in failed)
    pathlib.Path(page).write_text(
        PAGE.format(when=when, table=table(rows), failures="## What did not hold\n\n" + words if failed else "Nothing failed to hold."))
    print(when)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[3]))
