"""Python environments for the emulators and for the tests that hold the kinds against AWS's models: made once for each content of their requirements, shared by all checkouts.

`python3 environment.py ministack` (or `localstack`, `models`) prints the path of the environment's interpreter, after making the
environment where it is missing. An environment is built under a temporary name and renamed into place, so there is
never a half-installed one; a lock lets one builder work while the others wait for its result.
"""

import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
KINDS = ("ministack", "localstack", "models")


def python_of(kind: str) -> Path:
    """The interpreter of a kind's environment, which is made first where it is missing."""
    home = _cache() / f"{kind}-{_key(kind)}"
    interpreter = home / "bin" / "python"
    if not interpreter.exists():
        home.parent.mkdir(parents=True, exist_ok=True)
        with open(f"{home}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not interpreter.exists():
                _build(kind, home)
    return interpreter


def _cache() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "stackform" / "emulators"


def _sources(kind: str) -> list[Path]:
    """The files that decide what an environment contains."""
    files = [HERE / "requirements" / f"{kind}.txt"]
    if kind == "localstack":
        plugin = HERE / "localstack_host"
        files += sorted(path for path in plugin.rglob("*") if path.suffix in (".py", ".mjs", ".toml"))
    return files


def _key(kind: str) -> str:
    machine = (platform.python_version(), platform.system(), platform.machine(), sys.base_prefix)
    digest = hashlib.sha256(" ".join(machine).encode())
    for path in _sources(kind):
        digest.update(f"{path.relative_to(HERE)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _build(kind: str, home: Path) -> None:
    print(f"Installing {kind} (once; takes {_DURATIONS[kind]}) …", file=sys.stderr, flush=True)
    building = Path(tempfile.mkdtemp(prefix=f"{home.name}.building-", dir=home.parent))
    try:
        # Copies would carry the interpreter's libraries along; links are what every Linux and macOS Python can do.
        _run(sys.executable, "-m", "venv", "--symlinks", str(building))
        python = str(building / "bin" / "python")
        _run(python, "-m", "pip", "install", *_PIP_OPTIONS, "--no-deps", "-r", str(_sources(kind)[0]))
        if kind == "localstack":
            _run(python, "-m", "pip", "install", *_PIP_OPTIONS, "--no-deps", str(HERE / "localstack_host"))
            _build_service_catalog(python, building / "cache")
        building.chmod(0o755)
        building.rename(home)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise


def _build_service_catalog(python: str, folder: Path) -> None:
    """LocalStack's index of all AWS operations costs it seconds and 300 MB at the first start: built here, once."""
    folder.mkdir()
    program = (
        "import sys; from localstack.aws import spec;"
        "spec.build_service_index_cache(f'{sys.argv[1]}/{spec._get_catalog_filename()}')"
    )
    _run(python, "-c", program, str(folder))


def _run(*command: str) -> None:
    """Runs quietly; a failure shows what the command printed."""
    environment = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode != 0:
        sys.stderr.write(done.stdout)
        raise SystemExit(f"error: `{' '.join(command)}` failed: see above for what it said")


_DURATIONS = {"ministack": "some seconds", "localstack": "about a minute", "models": "some seconds"}
# Byte code is made at installation: without it each start compiles hundreds of files.
_PIP_OPTIONS = ("--quiet", "--disable-pip-version-check", "--compile", "--no-input")
_UNWANTED = {"PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONOPTIMIZE", "VIRTUAL_ENV"}


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in KINDS:
        raise SystemExit(f"usage: environment.py {'|'.join(KINDS)}")
    print(python_of(sys.argv[1]))
