"""Runs every line of the story in docs/promotion.md, in order, in one shell, and holds each block's exit status against its mark.

    story.py PAGE

A block of ```sh must succeed, line by line; one of ```sh fails=N must end with that status. Needs `stackform` on the path.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

BLOCK = re.compile(r"^```sh(?: fails=(\d+))?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PROLOGUE = """
set -euo pipefail
trap '[[ $? == 0 || -z ${AWS_ENDPOINT_URL:-} ]] || "$CHECKOUT/scripts/emulator" stop "$AWS_ENDPOINT_URL"' EXIT
wanted() { [[ $1 == "$2" ]] || { echo "error: exit status $1, where the page says $2" >&2; exit 1; }; }
"""


def script(page: str) -> str:
    story = page.split("\n## Reference", 1)[0]
    blocks = BLOCK.findall(story)
    assert len(blocks) > 10, "the page has no story"
    lines = [PROLOGUE]
    for status, body in blocks:
        lines.append(f"set -x\n{body.strip()}")
        if status:
            lines[-1] = f"status=0; {{ {lines[-1]}\n}} || status=$?; wanted \"$status\" {status}"
        lines.append("{ set +x; } 2>/dev/null")
    return "\n".join(lines)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"TMPDIR": folder, "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null"}
        command = ["bash", "-c", script(Path(sys.argv[1]).read_text())]
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
