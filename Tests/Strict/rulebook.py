"""What AWS refuses and emulators let pass: the rules, and what an account must be known of to judge by them."""

import importlib
import pkgutil
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from calls import Call
from refusals import Refusal

DOCS = "https://docs.aws.amazon.com"


@dataclass(frozen=True)
class Rule:
    """One refusal. `broken` returns whether a call breaks the rule, or a text that says by what."""

    id: str
    service: str
    operations: tuple[str, ...]
    sentence: str
    code: str
    status: int
    source: str
    broken: Callable
    # Calls on one account: all but the last are carried out; the last one breaks the rule, or keeps it.
    breaks: list
    keeps: list


RULES: dict[str, Rule] = {}
_by_operation: dict[tuple, list[Rule]] = defaultdict(list)
_notes: dict[tuple, list[Callable]] = defaultdict(list)


def rule(id, on, code, says, source, breaks, keeps, status=400):
    """Declares a rule for the operations in `on` (`sqs CreateQueue SetQueueAttributes`)."""
    service, *operations = on.split()

    def declare(broken):
        assert id not in RULES, id
        declared = Rule(id, service, tuple(operations), says, code, status, source, broken, breaks, keeps)
        RULES[id] = declared
        for operation in operations:
            _by_operation[service, operation].append(declared)
        return broken

    return declare


def note(on):
    """Declares what a successful call teaches about its account: a function of call, account and answer."""
    service, *operations = on.split()

    def declare(learn):
        for operation in operations:
            _notes[service, operation].append(learn)
        return learn

    return declare


def _named(key, call):
    return tuple(call[part[1:]] if part.startswith("$") else part for part in key)


def makes(on, *key):
    """A call by which a thing is there, and no more is to be known of it. `$Name` stands for what the call says there."""
    note(on)(lambda call, account, answer: account.make(*_named(key, call)))


def forgets(on, *key):
    """A call by which a thing is gone, with all that is below it. `$Name` stands for what the call says there."""
    note(on)(lambda call, account, answer: account.forget(*_named(key, call)))


@dataclass
class Account:
    """What the calls of one account in one region have made so far: (kind, names…) → whatever rules want to know."""

    number: str = "111111111111"
    region: str = "us-east-1"
    things: dict = field(default_factory=dict)
    # What stands for one second of AWS's waits: tests have no minute to spare.
    second: float = 1.0
    now: Callable = time.monotonic
    # Of an account's global services, the same account in a region; and the other way round.
    other: "Account | None" = None

    @property
    def elsewhere(self):
        """Where what rules on global services want to know of regional ones is noted, and vice versa."""
        return self.other or self

    def __getitem__(self, key):
        return self.things.get(key)

    def __setitem__(self, key, value):
        self.things[key] = value

    def __contains__(self, key):
        return key in self.things

    def make(self, *key, **facts):
        self.things[key] = facts
        return facts

    def forget(self, *key):
        """Takes away a thing and all that is below it."""
        for other in [other for other in self.things if other[: len(key)] == key]:
            del self.things[other]

    def below(self, *key):
        """What is directly or further below a thing: the rest of the name → facts."""
        return {other[len(key):]: facts for other, facts in self.things.items() if other[: len(key)] == key and other != key}

    def lasts(self, since, seconds):
        """Whether fewer than so many seconds have gone by."""
        return since is not None and self.now() - since < seconds * self.second


def judged(call: Call, account: Account) -> tuple[Rule, Refusal] | None:
    """The first rule that the call breaks, and what the service says."""
    for rule in _by_operation[call.service, call.operation]:
        found = rule.broken(call, account)
        if found:
            detail = f" ({found})" if isinstance(found, str) else ""
            return rule, Refusal(rule.code, rule.status, rule.sentence + detail)
    return None


def learned(call: Call, account: Account, answer: dict) -> None:
    """Notes a call that was carried out."""
    for learn in _notes[call.service, call.operation]:
        learn(call, account, answer)


def load() -> None:
    """Reads all rules: each service has a file of its own."""
    import rules

    for module in pkgutil.iter_modules(rules.__path__):
        importlib.import_module(f"rules.{module.name}")
