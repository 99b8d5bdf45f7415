"""The program behind `benchmarks/run`: measures, prints the bars, writes docs/benchmarks.md."""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import endpoints
import page
import report
from bars import bars
from endpoint_runs import SIZES, EndpointRuns, Stackform
from measure import Samples
from planning_runs import PlanningRuns

PARTS = ("startup", "planning", "ministack", "localstack", "cloudformation")
CHECKOUT = endpoints.CHECKOUT


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks/run",
        description="Measures Stackform beside a raw floor, a boto3 script, `aws cloudformation deploy` and Terraform, as ratios.",
    )
    parser.add_argument("--quick", action="store_true", help="a look in a minute or two: few rounds, small sizes, no bars page")
    parser.add_argument("--full", action="store_true", help="larger Terraform configurations and every CloudFormation deployment")
    parser.add_argument("--only", default="", metavar="PART,…", help=f"only these parts: {', '.join(PARTS)}")
    parser.add_argument("--rounds", type=int, help="how often each contender takes its turn (5)")
    parser.add_argument("--program", type=Path, help="a stackform to measure (default: a release build of this checkout)")
    parser.add_argument("--page", type=Path, help="where to write the page (a whole run: docs/benchmarks.md)")
    arguments = parser.parse_args()
    arguments.only = [part for part in arguments.only.split(",") if part]
    for part in arguments.only:
        if part not in PARTS:
            parser.error(f"unknown part: {part} (there are {', '.join(PARTS)})")
    return arguments


def release_build() -> Path:
    """As it is released: optimised, with Swift's libraries inside."""
    build = ["swift", "build", "--package-path", str(CHECKOUT), "--configuration", "release", "--product", "stackform"]
    build.append("--static-swift-stdlib")
    say("Building the release …")
    subprocess.run(build, check=True, stdout=sys.stderr)
    folder = subprocess.run([*build, "--show-bin-path"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    return Path(folder) / "stackform"


_BEGAN = time.monotonic()


def say(line: str) -> None:
    print(f"[{time.monotonic() - _BEGAN:5.0f} s] {line}", file=sys.stderr, flush=True)


def main() -> int:
    arguments = parsed()

    def wants(part: str) -> bool:
        return not arguments.only or part in arguments.only

    rounds = arguments.rounds or (2 if arguments.quick else 5)
    sizes = (10, 50) if arguments.quick else SIZES
    samples, counts, skipped, versions = Samples(), {}, [], {}
    kinds = [kind for kind in endpoints.KINDS if wants(kind)]
    Stackform.program = program = (arguments.program or release_build()).resolve()
    with tempfile.TemporaryDirectory(prefix="stackform-benchmark-") as name:
        folder = Path(name)
        plans = PlanningRuns(program, folder, samples, rounds, arguments.quick, arguments.full, say)
        if wants("startup"):
            plans.startup()
        if wants("planning"):
            plans.plans()
        skipped += plans.skipped
        for kind in kinds:
            with ExitStack() as stack:
                url = stack.enter_context(endpoints.started(kind))
                versions[kind] = endpoints.version(url)
                runs = EndpointRuns(kind, url, folder, samples, rounds, arguments.full, say, arguments.only)
                say(f"{kind}: warming up")
                runs.warm_up()
                runs.count(sizes)
                runs.time(sizes)
                counts |= {(kind, *key): value for key, value in runs.counts.items()}
                skipped += runs.skipped
        tools = report.tool_versions(program, plans.terraform, versions)
    found = bars(samples, counts, kinds)
    if arguments.only or arguments.quick:
        found = [bar for bar in found if bar.measured is not None]
    text = page.page(
        command="benchmarks/run" + "".join(f" {word}" for word in sys.argv[1:]), versions=tools, bars=found, samples=samples,
        counts=counts, kinds=kinds, sizes=sizes, plan_sizes=plans.sizes, rounds=rounds, skipped=skipped,
    )  # fmt: skip
    written = arguments.page
    if not written and not arguments.only and not arguments.quick:
        written = CHECKOUT / "docs" / "benchmarks.md"
    if written:
        written.write_text(text)
        print(report.bars_table(found))
        say(f"Wrote {written}.")
    else:
        print(text)
        say("Only a part was measured: docs/benchmarks.md stays as it is.")
    missed = [bar for bar in found if bar.verdict == "NOT MET"]
    say(f"{len(missed)} of {len(found)} bars not met." if missed else "Every bar that was measured is met.")
    return 1 if missed else 0


if __name__ == "__main__":
    # A terminated run stops its emulators like one that ended.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    os.umask(0o022)
    sys.exit(main())
