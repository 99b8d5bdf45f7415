"""What Stackform promises of its speed: each bar with its measure, and whether this run met it."""

from dataclasses import dataclass

from measure import Samples, ratio

CONNECTIONS = 8
LARGEST = 200


@dataclass(frozen=True)
class Bar:
    """One promise: the measured value must not be above `must`; `stretch` is what we would be proud of."""

    number: str
    what: str
    place: str
    measured: float | None
    must: float
    stretch: float | None
    unit: str = "x"
    floor: float | None = None
    """What the raw floor takes in this run by the same measure: nothing that asks one by one can be below it."""

    @property
    def verdict(self) -> str:
        if self.measured is None:
            return "not measured"
        if self.measured > self.must:
            return "NOT MET"
        if self.stretch is not None and self.measured <= self.stretch:
            return "met, stretch too"
        return "met"

    def text(self, value: float | None) -> str:
        if value is None:
            return "-"
        if self.unit == "x":
            return f"{value:.2f}x" if value >= 0.1 else f"1/{1 / value:.0f}" if value < 0.02 else f"{value:.3f}x"
        return f"{value:,.0f}{self.unit}"


def bars(samples: Samples, counts: dict, kinds: list[str]) -> list[Bar]:
    """All of them, in order."""
    found = _startup(samples)
    for kind in kinds:
        found += _deployment(kind, samples, counts)
    found += _planning(samples)
    return sorted(found, key=lambda bar: int(bar.number[1:]))


def _startup(samples: Samples) -> list[Bar]:
    other = samples.seconds(("start", "terraform version"))
    return [
        Bar("P2", f"`{name}` / `terraform version`", "", ratio(samples.seconds(("start", name)), other), 0.3, 0.15)
        for name in ("stackform version", "stackform validate")
    ]


def _deployment(kind: str, samples: Samples, counts: dict) -> list[Bar]:
    def seconds(name: str, operation: str) -> float | None:
        return samples.seconds((kind, name, LARGEST, operation))

    def against(other: str, operation: str) -> float | None:
        return ratio(seconds("stackform", operation), seconds(other, operation))

    def floor(operation: str) -> float | None:
        return ratio(seconds("floor", operation), seconds("boto3", operation))

    def requests(operation: str) -> float | None:
        counted = counts.get((kind, "stackform", LARGEST, operation))
        return sum(counted[0].values()) if counted else None

    is_local = kind == "localstack"
    connections = [counted[1] for key, counted in counts.items() if key[:3] == (kind, "stackform", LARGEST)]
    cpu = ratio(samples.cpu((kind, "stackform", LARGEST, "noop")), requests("noop"))
    found = [
        Bar("P3", "no-op plan / reading one by one, raw", kind, against("floor", "noop"), 1.2, 0.6),
        Bar("P4", "no-op plan / boto3 script", kind, against("boto3", "noop"), 0.35, 0.15, floor=floor("noop")),
        Bar(
            "P5",
            "first apply / boto3 script",
            kind,
            against("boto3", "first"),
            0.5,
            0.5 if is_local else 0.35,
            floor=floor("first"),
        ),
        Bar("P6", "first apply / look once and write, raw", kind, against("floor", "first"), 1.3, 1.0),
        Bar(
            "P7",
            "destroy with its reads / boto3 script without any",
            kind,
            against("boto3", "destroy"),
            0.8 if is_local else 0.5,
            0.6 if is_local else 0.3,
            floor=floor("destroy"),
        ),
        Bar("P9", "requests of a no-op plan", kind, requests("noop"), 370, 200, ""),
        Bar("P10", "requests of a first apply", kind, requests("first"), 500, 340, ""),
        Bar("P11", "connections of a run", kind, max(connections, default=None), CONNECTIONS, None, ""),
        Bar("P16", "own CPU a request, start-up included", kind, cpu and cpu * 1e6, 250, 120, " µs"),
    ]
    if is_local:
        found.append(
            Bar("P8", "first apply / `aws cloudformation deploy`", kind, against("cloudformation", "first"), 0.08, 0.05)
        )
    return found


def _planning(samples: Samples) -> list[Bar]:
    def seconds(name: str, shape: str, size: int) -> float | None:
        return samples.seconds(("plan", name, shape, size))

    def against_terraform(shape: str) -> float | None:
        return ratio(seconds("stackform", shape, 10_000), seconds("terraform", shape, 10_000))

    memory = ratio(
        samples.megabytes(("plan", "stackform", "dag", 10_000)), samples.megabytes(("plan", "terraform", "dag", 10_000))
    )
    growth = [
        Bar(
            "P14",
            f"time for 50,000 / time for 5,000, {shape}",
            "",
            ratio(seconds("stackform", shape, 50_000), seconds("stackform", shape, 5_000)),
            14,
            12,
        )
        for shape in ("dag", "chain")
    ]
    return [
        Bar("P12", "offline plan of 10,000, dag / `terraform plan`", "", against_terraform("dag"), 1 / 100, 1 / 250),
        Bar("P13", "offline plan of 10,000, flat / `terraform plan`", "", against_terraform("flat"), 1 / 40, 1 / 100),
        *growth,
        Bar("P15", "peak memory, 10,000, dag / `terraform plan`", "", memory, 0.15, 0.06),
    ]
