"""How each emulator is started: its command, its environment, and where it says that it is healthy."""

import os
from dataclasses import dataclass
from pathlib import Path

from environment import python_of

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Launch:
    command: list[str]
    environment: dict[str, str]
    health_path: str


def launch(kind: str, port: int, state: Path, auth: bool) -> Launch:
    return {"ministack": _ministack, "localstack": _localstack}[kind](port, state, auth)


def _ministack(port: int, state: Path, auth: bool) -> Launch:
    """MiniStack 1.5.33, from its own source: `app.py`, `core/persistence.py`, `core/lambda_runtime.py`.

    It hands its whole environment on to lambda functions, which run in its own interpreter, and gives them
    AWS_ENDPOINT_URL, a region and credentials: the account's, or with AUTH=true their role's.
    """
    environment = _clean_environment(state) | {
        "GATEWAY_PORT": str(port),
        "BIND_HOST": LOOPBACK,  # the default listens on every interface
        "STATE_DIR": str(state / "state"),
        "S3_DATA_DIR": str(state / "s3"),
        "LAMBDA_EXECUTOR": "local",
        "LOG_LEVEL": "INFO",
        "LAMBDA_ASYNC_RETRY_BASE_SECONDS": "1",
        "IOT_MTLS_ENABLED": "0",  # else a broker listens on every interface, at one port for all instances
        "AUTH": "true" if auth else "false",
    }
    return Launch([str(python_of("ministack")), "-m", "ministack"], environment, "/_ministack/health")


def _localstack(port: int, state: Path, auth: bool) -> Launch:
    """LocalStack 4.8.1 in host mode, with the plugins of `localstack_host/`."""
    if auth:
        raise SystemExit("error: LocalStack checks no signatures and no policies: --auth is for ministack")
    python = python_of("localstack")
    _share_service_catalog(python, state)
    environment = _clean_environment(state) | {
        "GATEWAY_LISTEN": f"{LOOPBACK}:{port}",
        "GATEWAY_SERVER": "loopback",
        "LOCALSTACK_HOST": f"{LOOPBACK}:{port}",
        # Everything stays under the state folder, even where LocalStack takes this machine for its container.
        "FILESYSTEM_ROOT": str(state),
        "OVERRIDE_IN_DOCKER": "0",
        "LAMBDA_RUNTIME_EXECUTOR": "host",
        "PROVIDER_OVERRIDE_DYNAMODB": "in_process",
        "PROVIDER_OVERRIDE_DYNAMODBSTREAMS": "in_process",
        "PROVIDER_OVERRIDE_KINESIS": "in_process",
        # The queue's host name "sqs.region.localhost" does not resolve everywhere.
        "SQS_ENDPOINT_STRATEGY": "path",
        # Nothing is fetched from or reported to the network.
        "SKIP_SSL_CERT_DOWNLOAD": "1",
        "DISABLE_EVENTS": "1",
        "DNS_ADDRESS": "0",
        # Who tests waits for events: poll often, retry soon, end idle function processes after a minute.
        "LAMBDA_EVENT_SOURCE_MAPPING_POLL_INTERVAL_SEC": "0.2",
        "LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC": "0.5",
        "LAMBDA_RETRY_BASE_DELAY": "1",
        "LAMBDA_KEEPALIVE_MS": "60000",
    }
    return Launch([str(python), "-m", "localstack.runtime.main"], environment, "/_localstack/health")


def _clean_environment(state: Path) -> dict[str, str]:
    """Only what an emulator needs: no credentials, proxies or AWS_ENDPOINT_URL of whoever starts it, and temporary
    files of its own, which MiniStack otherwise shares between instances."""
    folders = {"HOME": state / "home", "TMPDIR": state / "tmp"}
    for folder in folders.values():
        folder.mkdir(parents=True)
    inherited = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return inherited | {name: str(folder) for name, folder in folders.items()} | {"PYTHONUNBUFFERED": "1"}


def _share_service_catalog(python: Path, state: Path) -> None:
    volume = state / "var" / "lib" / "localstack"
    volume.mkdir(parents=True)
    (volume / "cache").symlink_to(python.parent.parent / "cache")
