"""A warm process that holds one function, and the conversation with it.

The two sides share a socket pair and speak JSON, one object a line. The process begins with `{"ready": true}` or
`{"error": {…}}`; each request is then answered by `{"result": "…"}` or `{"error": {…}}`. What the function prints goes
to a file without a name, read after each answer.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

_RUNTIMES = Path(__file__).parent / "runtimes"
_CHANNEL = "STACKFORM_FUNCTION_CHANNEL"
_INHERITED = ("PATH", "HOME", "LANG", "TMPDIR")


def command_for(runtime: str) -> list[str]:
    """The command line that runs functions of a runtime; ValueError says why there is none."""
    if runtime.startswith("python"):
        return [sys.executable, "-u", str(_RUNTIMES / "python_runtime.py")]
    if runtime.startswith("nodejs"):
        node = shutil.which("node")
        if not node:
            raise ValueError("node is not installed, and the function's runtime is " + runtime)
        return [node, str(_RUNTIMES / "node_runtime.mjs")]
    raise ValueError(f"only python and nodejs functions run on the host, not {runtime}")


class FunctionProcess:
    """Starts at once; `answer` waits for the first line, `ask` for one line a request."""

    def __init__(self, runtime: str, environment: dict[str, str], folder: str):
        self._output, self._output_read = tempfile.TemporaryFile(), 0
        self._channel, theirs = socket.socketpair()
        self._answers = self._channel.makefile("rb")
        inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        with theirs:
            self._process = subprocess.Popen(
                command_for(runtime),
                env=inherited | environment | {_CHANNEL: str(theirs.fileno())},
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=self._output,
                stderr=self._output,
                pass_fds=[theirs.fileno()],
                # Its own group, to be killed as one; LocalStack's session, so that stopping LocalStack finds it.
                process_group=0,
            )

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: dict, seconds: float) -> dict:
        return self._exchange(json.dumps(request).encode() + b"\n", seconds)

    def answer(self, seconds: float) -> dict:
        return self._exchange(b"", seconds)

    def _exchange(self, line: bytes, seconds: float) -> dict:
        self._channel.settimeout(seconds)
        try:
            self._channel.sendall(line)
            if (reply := self._answers.readline()).endswith(b"\n"):
                return json.loads(reply)
            kind, message = "Runtime.ExitError", f"Runtime exited with exit status {self._process.wait()}"
        except TimeoutError:
            kind, message = "Sandbox.Timedout", f"Task timed out after {seconds:.2f} seconds"
        except OSError as error:
            kind, message = "Runtime.ExitError", f"Runtime exited: {error}"
        self.kill()
        return {"error": {"errorType": kind, "errorMessage": message}}

    def new_output(self) -> str:
        """What the function printed since the last call."""
        output = os.pread(self._output.fileno(), 1 << 30, self._output_read)
        self._output_read += len(output)
        return output.decode(errors="replace")

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._answers.close()
        self._channel.close()
