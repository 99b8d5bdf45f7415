"""Sends builds to a deployed stacks/code-deploy and watches them arrive at a thousand hosts.

    stackform output --json | watch.py --builds 3
    stackform verify dev -- watch.py --from-environment

Exit status 0 says that every artifact, replica, status row and host row was found, and not one too many.
"""

import argparse
import json
import os
import sys
import time
import urllib.request
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from progress import Progress


LONGEST_LOG_LINE = 200


@dataclass(frozen=True)
class System:
    """The outputs of stacks/code-deploy."""

    apiUrl: str
    buildsBucket: str
    regionABucket: str
    regionBBucket: str
    statusTable: str
    logsTable: str
    hosts: int

    @classmethod
    def from_outputs(cls, text: str) -> "System":
        outputs = json.loads(text)
        return cls.from_values({name: outputs[name]["value"] for name in cls.__annotations__})

    @classmethod
    def from_environment(cls) -> "System":
        """Where `stackform verify` and the gate `run` put them."""
        return cls.from_values({name: os.environ[f"STACKFORM_OUTPUT_{name}"] for name in cls.__annotations__})

    @classmethod
    def from_values(cls, values: dict) -> "System":
        return cls(**values | {"hosts": int(values["hosts"])})

    @property
    def regions(self) -> dict[str, str]:
        return {"region-a": self.regionABucket, "region-b": self.regionBBucket}


def post_build(url: str, app: str, identifier: str) -> None:
    """The API is open to everyone; it is signed because MiniStack looks in account 000000000000 for the API of a
    request that names no access key."""
    body = json.dumps({"app": app, "id": identifier})
    headers = {"Content-Type": "application/json"}
    signed = AWSRequest("POST", f"{url.rstrip('/')}/builds", headers, body)
    session = boto3.Session()
    SigV4Auth(session.get_credentials(), "execute-api", session.region_name).add_auth(signed)
    request = urllib.request.Request(signed.url, body.encode(), dict(signed.headers))
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(request, timeout=30) as response:
        print(f"POST /builds {body} -> {response.status}", flush=True)


class Watcher:
    """Looks what has arrived. What was seen complete is not asked for again."""

    def __init__(self, system: System, artifacts: list[str]):
        self.system = system
        self.artifacts = artifacts
        self.found: dict[tuple[str, str, str], int] = {}
        self.s3, self.dynamodb = boto3.client("s3"), boto3.client("dynamodb")

    def totals(self) -> dict[str, tuple[int, int]]:
        """What arrived and what is expected, by kind, in the order of the pipeline."""
        builds, replicas = len(self.artifacts), len(self.artifacts) * len(self.system.regions)
        expected = {
            "artifacts": builds,
            "replicas": replicas,
            "status rows": replicas,
            "host rows": replicas * self.system.hosts,
        }
        arrived = {kind: sum(n for key, n in self.found.items() if key[0] == kind) for kind in expected}
        return {kind: (arrived[kind], expected[kind]) for kind in expected}

    def look(self) -> bool:
        """Whether everything is there."""
        hosts = self.system.hosts
        for artifact in self.artifacts:
            self._count(1, self._object, "artifacts", artifact, self.system.buildsBucket)
            for region, bucket in self.system.regions.items():
                self._count(1, self._object, "replicas", artifact, bucket)
                self._count(1, self._replicated, "status rows", artifact, region)
                self._count(hosts, self._hosts, "host rows", artifact, region)
        return all(arrived == expected for arrived, expected in self.totals().values())

    def _count(self, expected: int, count: Callable[[str, str], int], kind: str, artifact: str, place: str) -> None:
        if self.found.get((kind, artifact, place)) != expected:
            self.found[kind, artifact, place] = count(artifact, place)

    def _object(self, artifact: str, bucket: str) -> int:
        listing = self.s3.list_objects_v2(Bucket=bucket, Prefix=artifact)
        return sum(found["Key"] == artifact for found in listing.get("Contents", []))

    def _replicated(self, artifact: str, region: str) -> int:
        key = {"build_id": {"S": artifact}, "region": {"S": region}}
        item = self.dynamodb.get_item(TableName=self.system.statusTable, Key=key).get("Item", {})
        return int(item.get("status") == {"S": "replicated"})

    def _hosts(self, artifact: str, region: str) -> int:
        pages = self.dynamodb.get_paginator("query").paginate(
            TableName=self.system.logsTable,
            Select="COUNT",
            KeyConditionExpression="build_id = :artifact AND begins_with(host, :hosts)",
            ExpressionAttributeValues={":artifact": {"S": artifact}, ":hosts": {"S": f"{region}-host-"}},
        )
        return sum(page["Count"] for page in pages)


def watch(watcher: Watcher, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    with Progress() as progress:
        while True:
            complete = watcher.look()
            progress.show("   ".join(f"{kind} {a}/{e}" for kind, (a, e) in watcher.totals().items()))
            if complete or time.monotonic() > deadline:
                return complete
            time.sleep(0.2)


def show_logs() -> None:
    """What the lambdas logged, to find out why nothing arrived."""
    logs = boto3.client("logs")
    for group in logs.describe_log_groups(logGroupNamePrefix="/aws/lambda/")["logGroups"]:
        name = group["logGroupName"]
        for event in logs.filter_log_events(logGroupName=name)["events"][-20:]:
            message = event["message"].rstrip()
            if not message.startswith(("START ", "END ", "REPORT ")):
                print(f"{name}: {message[:LONGEST_LOG_LINE]}", file=sys.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--builds", type=int, default=3)
    parser.add_argument("--timeout", type=float, default=120, metavar="SECONDS")
    parser.add_argument("--from-environment", action="store_true", help="the outputs are STACKFORM_OUTPUT_…, not on standard input")
    arguments = parser.parse_args()

    system = System.from_environment() if arguments.from_environment else System.from_outputs(sys.stdin.read())
    identifiers = [f"{uuid.uuid4().hex[:8]}-{number + 1}" for number in range(arguments.builds)]
    began = time.monotonic()
    for identifier in identifiers:
        post_build(system.apiUrl, "my-awesome-app", identifier)
    watcher = Watcher(system, [f"build-{identifier}.zip" for identifier in identifiers])
    if watch(watcher, arguments.timeout):
        print(f"All of it arrived, {time.monotonic() - began:.1f} s after the first request.")
        return 0
    print(f"error: not all of it arrived within {arguments.timeout:g} seconds", file=sys.stderr)
    show_logs()
    return 1


if __name__ == "__main__":
    sys.exit(main())
