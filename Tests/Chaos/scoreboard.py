"""Makes the scoreboard docs/reliability.md of what the suites of attacks tried.

    scoreboard.py FOLDER --write PAGE

FOLDER holds what `scripts/chaos` gathered: `tries/*.json`, one object a note of a test (sort, what, tried); of each program it ran
`output-NAME.txt`, what was printed, and `status-NAME`, how it ended, where NAME is a seed, `unseeded` or `fuzz`; `run.json`, when and
how long. What did not hold, a program that ended otherwise than with 0, and a sort of which nothing was tried are failures.
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
    "habits": ("AWS's habits", "Reads from before a write, things that are busy, throttling, tokens that expire: the run waits and is right."),
    "secrets": ("Secrets", "Canaries with signs that are written otherwise elsewhere: seen by no one but the service."),
}
# Whose failures are a sort's: the suites, by their files.
SUITES = {
    "network": ["FaultTests"],
    "kills": ["ChaosTests", "UndoingChaosTests", "CrashTests", "ReleaseCrashTests", "PromotionCrashTests", "ForgetTests", "MoveTests", "RenameStackTests"],
    "answers": ["FalseSuccessTests"],
    "endpoints": ["BadEndpointTests", "HostileEndpointTests"],
    "concurrency": ["ConcurrencyTests", "LockTests"],
    "files": ["BadStackTests", "TypoTests", "CorpusTests"],
    "ledgers": ["LedgerRecoveryTests"],
    "habits": ["HabitTests"],
    "secrets": ["SecretTests"],
}
SORT_OF = {suite: sort for sort, suites in SUITES.items() for suite in suites}
PAGE = """# Reliability

What was tried against Stackform, and what held. `scripts/chaos` makes this page: it runs the suites of attacks, those with chance in them with one
seed after the other, on MiniStack and LocalStack, and the fuzzer on the readers of what others wrote. A seed gives the same attacks on every
machine.

{when}

{table}

{failures}

What the suites are, and what each has to hold: [testing](testing.md).

    scripts/chaos                       fifteen minutes
    scripts/chaos --minutes 240         longer, with more seeds
    scripts/chaos --seed 7              from another seed on
"""
# What `swift test` prints of an expectation that failed, and of a process that crashed.
ISSUE = re.compile(r"✘ Test (.+?) recorded an issue(?: with .*?)?(?: at (\w+)\.swift:\d+:\d+)?: (.*)")
FAILED_SUITE = re.compile(r"✘ Suite (\w+) failed")
CRASH = re.compile(r"error: Exited with .*|error: the reader .*|.*Fatal error.*")


def failures_in(text):
    """What failed by a text that a program printed: the sort, where it is known, and words."""
    found = []
    lines = text.splitlines()
    # Of an issue in what suites share, and of a crash, the sort is told where all suites that failed are of one.
    sorts = {SORT_OF[suite] for suite in FAILED_SUITE.findall(text) if suite in SORT_OF}
    otherwise = sorts.pop() if len(sorts) == 1 else None
    for number, line in enumerate(lines):
        if match := ISSUE.match(line):
            # What the test itself says of it comes behind it: seed and story.
            more = next((line[2:] for line in lines[number + 1:number + 4] if line.startswith("↳ ")), "")
            found.append((SORT_OF.get(match[2], otherwise), f"{match[1]}: `{match[3][:200]}` {more[:200]}".replace("|", "\\|")))
        elif CRASH.match(line):
            found.append((otherwise, f"`{line[:200]}`"))
    return found


def table(rows):
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    return "\n".join(lines)


def fuzzed(text):
    """The texts that the fuzzer threw, by sort and words."""
    for name, count in re.findall(r"== (\w+),(?:(?!^== ).)*?stat::number_of_executed_units: (\d+)", text, re.S | re.M):
        yield "ledgers" if name in ("ledger", "archive") else "files", f"random texts for the reader `{name}`", int(count)


def tries_in(folder):
    """How often each thing was tried, by sort and words."""
    parts = {sort: collections.Counter() for sort in SORTS}
    for file in sorted((folder / "tries").glob("*.json")):
        note = json.loads(file.read_text())
        parts[note["sort"]][note["what"]] += note["tried"]
    for file in sorted(folder.glob("output-fuzz.txt")):
        for sort, what, count in fuzzed(file.read_text()):
            parts[sort][what] += count
    return parts


def failures_of(folder, parts):
    """What did not hold: where (a seed), of which sort, and words."""
    failed = []
    for file in sorted(folder.glob("output-*.txt")):
        name = file.stem.removeprefix("output-")
        found = failures_in(file.read_text(errors="replace"))
        status = folder / f"status-{name}"
        code = status.read_text().strip() if status.exists() else "no status"
        if code != "0" and not found:
            found = [(None, f"ended with {code}")]
        failed += [(f"seed {name}" if name.isdigit() else name, *failure) for failure in found]
    text = (folder / "output-fuzz.txt").read_text(errors="replace") if (folder / "output-fuzz.txt").exists() else ""
    thrown = {what for _, what, count in fuzzed(text) if count}
    readers = re.findall(r"^== (\w+),", text, re.M)
    idle = [name for name in readers if f"random texts for the reader `{name}`" not in thrown]
    failed += [("fuzz", None, f"nothing was thrown at the reader {name}") for name in idle or ([] if readers else ["of any sort"])]
    return failed + [("run", sort, f"nothing was tried of: {SORTS[sort][0]}") for sort in SORTS if not sum(parts[sort].values())]


def main(folder, page):
    folder = pathlib.Path(folder)
    parts = tries_in(folder)
    failed = failures_of(folder, parts)
    faults = collections.Counter(sort for _, sort, _ in failed)
    run = json.loads((folder / "run.json").read_text())
    rows = [("Sort", "Tried", "Held", "Of that", "What has to hold")]
    for sort, (heading, rule) in SORTS.items():
        shown = "; ".join(f"{count:,} {what}" for what, count in parts[sort].most_common())
        held = f"not: {faults[sort]}" if faults[sort] else "all"
        rows.append((heading, f"{sum(parts[sort].values()):,}", held, shown or "not run", rule))
    if faults[None]:
        rows.append(("Of no known sort", "", f"not: {faults[None]}", "named below", "Every failure is looked at."))
    when = "{date}, {minutes} minutes on {cores} cores, seeds {first} to {last}: **{total:,} tries, {held}**.".format(
        **run, total=sum(sum(counts.values()) for counts in parts.values()), held=f"{len(failed)} did not hold" if failed else "all held")
    words = "\n".join(f"- {where}: {what}" for where, _, what in failed)
    pathlib.Path(page).write_text(
        PAGE.format(when=when, table=table(rows), failures="## What did not hold\n\n" + words if failed else "Nothing failed to hold."))
    print(when)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[3]))
