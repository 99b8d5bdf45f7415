"""What needs an endpoint: the life of the mixed stack in the hands of each contender, and the requests that it costs."""

import os
import sys
from pathlib import Path

import endpoints
from counting import CountingProxy
from floor import CONNECTIONS, Floor, compile_replayer
from measure import Failed, Samples, run
from mixed import MixedStack, cloudformation, stackform_yaml

HERE = Path(__file__).resolve().parent
OPERATIONS = ("first", "noop", "change", "destroy")
SIZES = (10, 50, 200)


class Contender:
    """Somebody who deploys the mixed stack, in an account of its own."""

    name = ""

    def __init__(self, size: int, url: str, account: str, folder: Path):
        self.size, self.url, self.account, self.folder = size, url, account, folder
        self.environment = endpoints.environment(account, url, dict(os.environ))
        folder.mkdir(parents=True, exist_ok=True)

    def stack(self, operation: str) -> MixedStack:
        return MixedStack(self.size, self.account, changed=operation in ("change", "destroy"))

    def perform(self, operation: str):
        return run(self.command(operation), self.environment, self.folder, log=self.folder / f"{operation}.log")

    def command(self, operation: str) -> list:
        raise NotImplementedError


class Stackform(Contender):
    name = "stackform"
    program = Path()

    def command(self, operation: str) -> list:
        (self.folder / "stack.yaml").write_text(stackform_yaml(self.stack(operation)))
        arguments = {
            "noop": ["plan", "--detailed-exitcode"],
            "destroy": ["destroy", "--auto-approve"],
        }
        return [self.program] + arguments.get(operation, ["apply", "--auto-approve"])


class RawFloor(Contender):
    name = "floor"
    replayer = Path()

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.files = Floor(self.stack("first"), self.url).write(self.folder)

    def command(self, operation: str) -> list:
        host, port = self.url.removeprefix("http://").split(":")
        return [self.replayer, self.files[operation][0], host, port, CONNECTIONS]

    def perform(self, operation: str):
        result = super().perform(operation)
        failed = int(result.output.split(", ")[1].split()[0])
        # That something is not there yet is what the existence reads of a first deployment find out.
        allowed = len(self.stack(operation).items) if operation == "first" else 0
        if failed > allowed:
            raise Failed(f"the floor's {operation} of {self.size}: {result.output}")
        return result


class Script(Contender):
    name = "boto3"

    def command(self, operation: str) -> list:
        words = {"change": "change", "destroy": "destroy"}
        return [sys.executable, HERE / "script.py", words.get(operation, "deploy"), self.size, self.account, self.url]


class CloudFormation(Contender):
    name = "cloudformation"

    def command(self, operation: str) -> list:
        template = self.folder / "template.json"
        template.write_text(cloudformation(self.stack(operation)))
        aws = [sys.executable, "-m", "awscli", "cloudformation"]
        if operation == "destroy":
            # The CLI's own waiter looks every 30 seconds: what its user waits for.
            wait = f"'{sys.executable}' -m awscli cloudformation"
            return ["sh", "-c", f"{wait} delete-stack --stack-name mixed && {wait} wait stack-delete-complete --stack-name mixed"]
        options = ["--no-fail-on-empty-changeset", "--capabilities", "CAPABILITY_NAMED_IAM"]
        return aws + ["deploy", "--stack-name", "mixed", "--template-file", template] + options


class EndpointRuns:
    def __init__(self, kind: str, url: str, folder: Path, samples: Samples, rounds: int, full: bool, say, only: list[str]):
        self.kind, self.url, self.folder, self.samples, self.rounds = kind, url, folder, samples, rounds
        self.full, self.say, self.only = full, say, only
        self.accounts = endpoints.Accounts()
        self.skipped: list[str] = []
        # By size and operation: each contender's requests by operation of the API, and its connections.
        self.counts: dict[tuple[str, int, str], tuple[dict[str, int], int]] = {}
        RawFloor.replayer = compile_replayer(folder)

    def _contender(self, kind: type[Contender], size: int, url: str) -> Contender:
        account = self.accounts.fresh()
        return kind(size, url, account, self.folder / self.kind / f"{kind.name}-{size}-{account}")

    def warm_up(self) -> None:
        """The first request to each service makes LocalStack load it, which takes seconds."""
        kinds = [Stackform, RawFloor, Script] + ([CloudFormation] if self.wants("cloudformation") else [])
        for kind in kinds:
            contender = self._contender(kind, 10, self.url)
            for operation in OPERATIONS if kind is not CloudFormation else ("first",):
                contender.perform(operation)

    def wants(self, name: str) -> bool:
        return not self.only or name in self.only

    def count(self, sizes: tuple[int, ...]) -> None:
        """Exact, and not timed: every request goes through a proxy that counts."""
        with CountingProxy(self.url) as proxy:
            for size in sizes:
                for kind in (Stackform, RawFloor, Script):
                    contender = self._contender(kind, size, proxy.url)
                    for operation in OPERATIONS:
                        proxy.reset()
                        contender.perform(operation)
                        self.counts[kind.name, size, operation] = (dict(proxy.operations), proxy.connections)

    def time(self, sizes: tuple[int, ...]) -> None:
        """Contenders take turns in every round, so that whatever else the machine does falls on all of them."""
        for size in sizes:
            for place in range(self.rounds):
                kinds = [Stackform, RawFloor, Script]
                # The one that begins changes, too.
                kinds = kinds[place % 3 :] + kinds[: place % 3]
                for kind in kinds:
                    contender = self._contender(kind, size, self.url)
                    for operation in OPERATIONS:
                        self.samples.add((self.kind, kind.name, size, operation), contender.perform(operation))
            line = ", ".join(
                f"{operation} {self.samples.seconds((self.kind, 'stackform', size, operation)):.3f} s" for operation in OPERATIONS
            )
            self.say(f"{self.kind} {size}: {line}")
        if self.wants("cloudformation"):
            self._cloudformation(sizes)

    def _cloudformation(self, sizes: tuple[int, ...]) -> None:
        """Once: on LocalStack each takes half a minute, most of it the waiter's sleep."""
        slow = self.kind == "localstack" and not self.full
        for size in sizes[-1:] if slow else sizes:
            contender = self._contender(CloudFormation, size, self.url)
            for operation in OPERATIONS[:2] if slow else OPERATIONS:
                try:
                    self.samples.add((self.kind, contender.name, size, operation), contender.perform(operation))
                except Failed as failure:
                    self.skipped.append(f"`aws cloudformation` {operation} of {size} on {self.kind}: {_reason(failure)}")
                    break
        if slow:
            self.skipped.append(
                "`aws cloudformation deploy` on LocalStack beyond the first and the empty deployment of the largest stack: "
                "each takes half a minute, most of it the waiter's sleep (`--full` runs them)"
            )


def _reason(failure: Exception) -> str:
    """What the program said last, without its command line, which is full of this machine's paths."""
    return str(failure).strip().splitlines()[-1]
