"""docs/benchmarks.md: what was measured, how, and what came out."""

import report
from bars import Bar
from measure import Samples

PAGE = """# Benchmarks

<!-- Written by `benchmarks/run`. -->

    {command}

measures all of this in one run, on one machine, and writes this page. {machine}; {versions}.

## The bars

What we promise of Stackform's speed, as ratios, since seconds are a machine's and ratios are the program's.

{bars}

## The mixed stack

K resources: 30 % queues (half of them dead-letter queues of the others), 20 % buckets with versioning, 15 % tables, 10 % log groups with
retention, 10 % alarms that notify a topic, 10 % topics, 5 % roles; all but the alarms with two tags. Contenders, each a whole process in
an account of its own, taking turns in every round; medians of {rounds} rounds:

- **Stackform**: `stackform apply`, `plan`, `apply` after a change of one property, `destroy`. Its own ledger, lock and reads included.
- **Raw floor**: requests written down beforehand and replayed by a C program over 8 connections that are kept alive. No planning, no
  parsing, no signing. First: one read a resource and the writes. No-op: every managed property, read one by one.
- **boto3**: a careful script that reads, compares and writes, with 16 threads.
- **`aws cloudformation`**: `deploy`, and `delete-stack` with its waiter; one run. The work is done inside of the emulator.
{times}
## Requests

By service, Stackform / floor / boto3, K = {largest}, exact: they go through a proxy that counts. `s3` holds Stackform's ledger and lock.
{requests}
## Planning in memory

`stackform plan --offline` of so many topics against `terraform plan` of as many `terraform_data` with the same edges, both from nothing
to the whole printed plan. `dag`: 20 layers, each resource needs one of the layer below and one of any below that. `chain`: each needs the
one before.

{planning}

## Start-up

{startup}
{skipped}"""


def page(
    *, command: str, versions: str, bars: list[Bar], samples: Samples, counts: dict, kinds: list[str],
    sizes: tuple[int, ...], plan_sizes: tuple[int, ...], rounds: int, skipped: list[str],
) -> str:  # fmt: skip
    """The whole page."""
    largest = sizes[-1]
    times = "".join(f"\n### On {kind}\n\n{report.times_table(samples, kind, sizes)}\n" for kind in kinds)
    requests = "".join(f"\n### On {kind}\n\n{report.requests_table(counts, kind, largest)}\n" for kind in kinds)
    left_out = "\n## Not run\n\n" + "".join(f"- {reason}\n" for reason in skipped) if skipped else ""
    return PAGE.format(
        command=command, machine=report.machine(), versions=versions, bars=report.bars_table(bars), rounds=rounds,
        times=times, requests=requests, largest=largest, planning=report.planning_table(samples, plan_sizes),
        startup=report.startup_table(samples), skipped=left_out,
    )  # fmt: skip
