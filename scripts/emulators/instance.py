"""A running emulator: its process, its folder, and the lock that shows whether it lives."""

import contextlib
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from pathlib import Path

from kinds import LOOPBACK, launch

CHECKOUT = Path(__file__).resolve().parents[2]
INSTANCES = CHECKOUT / ".emulators" / "instances"
START_SECONDS = 60
# LocalStack hangs for a minute when it has many functions to stop. Nothing of an emulator is worth waiting for.
STOP_SECONDS = 4


@dataclass(frozen=True)
class Instance:
    kind: str
    auth: bool
    port: int
    pid: int
    folder: str

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def log(self) -> Path:
        return Path(self.folder) / "log"

    def lives(self) -> bool:
        """Its process holds the port's lock as long as it lives, whatever became of its number."""
        if lock := lock_port(self.port):
            lock.close()
        return lock is None


class PortTaken(Exception):
    """Another program opened the port between our choice and the emulator's start."""


def start(kind: str, auth: bool, port: int | None, tie_to_parent: bool) -> Instance:
    """Starts an emulator and returns when it is healthy; on a free port unless one is given."""
    for _ in range(20):
        chosen = port or _free_port()
        lock = lock_port(chosen)
        if lock:
            with lock:
                try:
                    return _start(kind, auth, chosen, lock.fileno(), tie_to_parent)
                except PortTaken:
                    pass
        if port:
            raise SystemExit(f"error: port {port} is in use: choose another, or none for a free one")
    raise SystemExit("error: found no free port in twenty attempts")


def stop(instance: Instance) -> None:
    """Ends the emulator with all that it started, and removes its folder."""
    if instance.lives():
        _signal(instance.pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while instance.lives() and time.monotonic() < deadline:
            time.sleep(0.05)
    _signal(instance.pid, signal.SIGKILL)
    shutil.rmtree(instance.folder, ignore_errors=True)


def running() -> list[Instance]:
    """This checkout's instances; what is left of dead ones is removed on the way."""
    found = []
    for record in sorted(INSTANCES.glob("*/instance.json")):
        instance = Instance(**json.loads(record.read_text()))
        if instance.lives():
            found.append(instance)
        else:
            stop(instance)
    return found


def lock_port(port: int):
    """An open file that holds the port's lock, or None when an emulator (or its starting) holds it. The emulator
    inherits the file, so the kernel drops the lock with the process."""
    # Not the folder that TMPDIR names: a user with another one would take every emulator for dead.
    folder = Path("/tmp") / f"stackform-ports-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    file = open(folder / str(port), "a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return file
    except BlockingIOError:
        file.close()
        return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return probe.getsockname()[1]


def _start(kind: str, auth: bool, port: int, lock: int, tie_to_parent: bool) -> Instance:
    INSTANCES.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{kind}-", dir=INSTANCES))
    plan = launch(kind, port, folder / "state", auth)
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen(
            plan.command,
            env=plan.environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            pass_fds=[lock],
            start_new_session=True,
            preexec_fn=_die_with_parent if tie_to_parent else None,
        )
    instance = Instance(kind, auth, port, process.pid, str(folder))
    (folder / "instance.json").write_text(json.dumps(asdict(instance)))
    try:
        _await_health(instance, process, plan.health_path)
    except BaseException:
        _signal(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return instance


def _await_health(instance: Instance, process: subprocess.Popen, path: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            _explain(instance, f"ended with status {process.returncode} before it was healthy")
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(instance.url + path, timeout=5):
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.05)
    _explain(instance, f"was not healthy within {START_SECONDS} seconds")


def _explain(instance: Instance, what: str) -> None:
    log = instance.log.read_text(errors="replace")
    if "already in use" in log.lower():
        raise PortTaken
    tail = "\n".join(f"    {line}" for line in log.splitlines()[-20:])
    raise SystemExit(f"error: {instance.kind} on {instance.url} {what}. The end of its log:\n{tail}")


def _signal(leader: int, number: int) -> None:
    """To the emulator's whole session: functions have process groups of their own, but stay in its session."""
    for pid in _session(leader):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)


def _session(leader: int) -> list[int]:
    try:
        everyone = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    except FileNotFoundError:  # macOS
        listing = subprocess.run(["ps", "-axo", "pid="], capture_output=True, text=True, check=True)
        everyone = [int(pid) for pid in listing.stdout.split()]
    return [pid for pid in everyone if pid != os.getpid() and _session_of(pid) == leader]


def _session_of(pid: int) -> int | None:
    try:
        return os.getsid(pid)
    except (ProcessLookupError, PermissionError):
        return None


def _die_with_parent() -> None:
    """Even a killed launcher leaves no emulator behind (Linux: PR_SET_PDEATHSIG is 1)."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
