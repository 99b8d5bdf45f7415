"""The result as tables: aligned text for the terminal, and the page docs/benchmarks.md."""

import os
import platform
import re
import subprocess
from collections import Counter
from pathlib import Path

import planning
from bars import Bar
from measure import Samples, ratio

CONTENDERS = ("stackform", "floor", "boto3", "cloudformation")
OPERATIONS = {"first": "first apply", "noop": "no-op plan", "change": "one property", "destroy": "destroy"}


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table whose columns stand below each other."""
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]

    def line(row: list[str]) -> str:
        return "| " + " | ".join(text.ljust(width) for text, width in zip(row, widths)) + " |"

    return "\n".join([line(head), "|" + "|".join("-" * (width + 2) for width in widths) + "|", *map(line, rows)])


def bars_table(bars: list[Bar]) -> str:
    rows = [
        [
            bar.number,
            bar.what,
            bar.place,
            bar.text(bar.measured),
            bar.text(bar.must),
            bar.text(bar.stretch),
            bar.text(bar.floor),
            bar.verdict,
        ]
        for bar in bars
    ]
    return table(["", "what", "on", "measured", "bar", "stretch", "floor's own", ""], rows)


def times_table(samples: Samples, kind: str, sizes: tuple[int, ...]) -> str:
    rows = []
    for size in sizes:
        for operation, words in OPERATIONS.items():
            seconds = {name: samples.seconds((kind, name, size, operation)) for name in CONTENDERS}
            row = [str(size), words] + [_seconds(seconds[name]) for name in CONTENDERS]
            rows.append(row + [_ratio(ratio(seconds["stackform"], seconds[name])) for name in ("floor", "boto3")])
    head = ["K", "", "Stackform", "raw floor", "boto3, 16 threads", "`aws cloudformation`", "/ floor", "/ boto3"]
    return table(head, rows)


def requests_table(counts: dict, kind: str, size: int) -> str:
    """Requests by service: where Stackform makes more than the floor, it shows."""
    rows = []
    operations = ("first", "noop", "change", "destroy")
    services = sorted(
        {name.split(":")[0] for key, (found, _) in counts.items() if key[0] == kind and key[2] == size for name in found}
    )

    def number(name: str, operation: str, service: str | None) -> str:
        found, _ = counts.get((kind, name, size, operation), ({}, 0))
        return str(sum(count for key, count in found.items() if service in (None, key.split(":")[0])))

    for service in [*services, None]:
        row = [service or "**all**"]
        for operation in operations:
            row.append(" / ".join(number(name, operation, service) for name in ("stackform", "floor", "boto3")))
        rows.append(row)
    head = ["service"] + [OPERATIONS[operation] for operation in operations]
    connections = [str(counts[kind, name, size, "first"][1]) for name in ("stackform", "floor", "boto3")]
    return (
        table(head, rows)
        + f"\n\nConnections of a first apply: {' / '.join(connections)}.\n\n{excess_list(counts, kind, size)}"
    )


KINDS = {
    "dynamodb": "tables",
    "iam": "roles",
    "logs": "log groups",
    "monitoring": "alarms",
    "s3": "buckets, ledger and lock",
    "sns": "topics",
    "sqs": "queues",
    "sts": "the caller's identity",
}


def excess_list(counts: dict, kind: str, size: int) -> str:
    """Each kind that makes more requests than the floor, by operation. A destruction reads first, so the floor's reads count there, too."""

    def by_service(name: str, operation: str) -> Counter:
        found, _ = counts.get((kind, name, size, operation), ({}, 0))
        services = Counter()
        for key, count in found.items():
            services[key.split(":")[0]] += count
        return services

    lines = []
    for operation, words in OPERATIONS.items():
        floor = by_service("floor", operation)
        if operation == "destroy":
            floor += by_service("floor", "noop")
        # Counter subtraction keeps what is above zero.
        excess = by_service("stackform", operation) - floor
        named = ", ".join(f"{KINDS.get(service, service)} {count}" for service, count in sorted(excess.items()))
        lines.append(f"- {words}: {named or 'none'}")
    return "Kinds that make more requests than the floor (of a destruction: its reads and deletions), and how many more:\n\n" + "\n".join(lines)


def planning_table(samples: Samples, sizes: tuple[int, ...]) -> str:
    rows = []
    for shape in planning.SHAPES:
        for size in sizes:
            ours, theirs = ("plan", "stackform", shape, size), ("plan", "terraform", shape, size)
            seconds, other = samples.seconds(ours), samples.seconds(theirs)
            if seconds is None:
                continue
            megabytes, others = samples.megabytes(ours), samples.megabytes(theirs)
            row = [shape, f"{size:,}", _seconds(seconds), f"{seconds / size * 1e6:.0f} µs", _seconds(other)]
            row.append(_ratio(ratio(seconds, other)))
            rows.append(row + [f"{megabytes:.0f} MB", f"{others:.0f} MB" if others else "not run"])
    head = ["shape", "resources", "Stackform", "a resource", "Terraform", "ratio", "peak", "Terraform's"]
    return table(head, rows)


def startup_table(samples: Samples) -> str:
    rows = [
        [f"`{name}`", f"{seconds * 1000:.1f} ms"]
        for name in ("stackform version", "stackform validate", "terraform version")
        if (seconds := samples.seconds(("start", name))) is not None
    ]
    return table(["", "wall"], rows)


def _seconds(value: float | None) -> str:
    return "not run" if value is None else f"{value:.3f} s" if value < 10 else f"{value:.1f} s"


def _ratio(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}x" if value >= 0.1 else f"1/{1 / value:.0f}"


def machine() -> str:
    """What it was measured on, without names and dates."""
    model, memory = platform.processor() or platform.machine(), ""
    cpu, total = Path("/proc/cpuinfo"), Path("/proc/meminfo")
    if cpu.is_file() and (found := re.search(r"model name\s*: (.*)", cpu.read_text())):
        model = found[1]
    if total.is_file() and (found := re.search(r"MemTotal:\s*(\d+)", total.read_text())):
        memory = f", {int(found[1]) / 1024 / 1024:.0f} GB of memory"
    return f"{os.cpu_count()} cores of {model}{memory}, {platform.system()} {platform.release().split('-')[0]}"


def tool_versions(program: Path, terraform: str | None, endpoints: dict[str, str]) -> str:
    """The versions of whatever was compared."""

    def first_line(*command: str) -> str:
        return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False).stdout.split("\n")[0]

    from importlib.metadata import version

    parts = [first_line(str(program), "version")]
    parts += [first_line(terraform, "version")] if terraform else []
    parts += [f"boto3 {version('boto3')}", f"AWS CLI {version('awscli')}", f"Python {platform.python_version()}"]
    parts += [f"{'MiniStack' if kind == 'ministack' else 'LocalStack'} {number}" for kind, number in endpoints.items()]
    return ", ".join(parts)
