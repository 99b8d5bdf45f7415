"""Emulators of our own for a benchmark: started by scripts/emulator, warmed up, stopped again."""

import contextlib
import json
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
LAUNCHER = CHECKOUT / "scripts" / "emulator"
KINDS = ("ministack", "localstack")


@contextlib.contextmanager
def started(kind: str) -> Iterator[str]:
    """The URL of a fresh emulator for as long as the `with` lasts."""
    url = subprocess.run([LAUNCHER, "start", kind], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    try:
        yield url
    finally:
        subprocess.run([LAUNCHER, "stop", url], check=False)


class Accounts:
    """Fresh accounts: both emulators take a 12-digit access key for one."""

    def __init__(self) -> None:
        # Nothing else that uses the endpoint has accounts that begin so.
        self._next = 870_000_000_000 + int(time.time()) % 1_000_000 * 1000

    def fresh(self) -> str:
        self._next += 1
        return str(self._next)


def environment(account: str, url: str, base: dict[str, str]) -> dict[str, str]:
    """What a user's shell would hold: credentials, region, endpoint; none of the surrounding AWS settings."""
    kept = {name: value for name, value in base.items() if not name.startswith(("AWS_", "STACKFORM_", "TF_"))}
    return kept | {
        "AWS_ACCESS_KEY_ID": account,
        "AWS_SECRET_ACCESS_KEY": "x",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": url,
        "AWS_CONFIG_FILE": "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_COLOR": "1",
    }


def version(url: str) -> str:
    """What the endpoint says it is."""
    for path in ("/_ministack/health", "/_localstack/health"):
        with contextlib.suppress(OSError, ValueError):
            with urllib.request.urlopen(url + path, timeout=10) as answer:
                return str(json.load(answer).get("version", "unknown version"))
    return "unknown version"
