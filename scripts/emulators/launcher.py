"""Starts, stops and lists local AWS emulators: the program behind `scripts/emulator`."""

import argparse
import os
import signal
import subprocess
import sys

import environment
import instance


def main() -> int:
    arguments = _parser().parse_args()
    return arguments.action(arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/emulator", description="Local AWS emulators, without Docker.")
    actions = parser.add_subparsers(required=True, metavar="ACTION")

    start = actions.add_parser("start", help="start one in the background and print its URL")
    run = actions.add_parser("run", help="start one, run a command with AWS_ENDPOINT_URL set, stop it")
    for action in (start, run):
        action.add_argument("kind", choices=environment.KINDS)
        action.add_argument("--auth", action="store_true", help="ministack: check signatures, enforce IAM policies")
        action.add_argument("--port", type=int, help="default: a free one")
    start.set_defaults(action=_start)
    run.set_defaults(action=_run)
    run.add_argument("command", nargs="+", metavar="-- COMMAND", help="the command and its arguments")

    stop = actions.add_parser("stop", help="stop one, with everything that it started")
    stop.add_argument("url", metavar="URL|all", help="what `start` printed")
    stop.set_defaults(action=_stop)

    actions.add_parser("status", help="list this checkout's").set_defaults(action=_status)
    return parser


def _start(arguments) -> int:
    print(instance.start(arguments.kind, arguments.auth, arguments.port, tie_to_parent=False).url)
    return 0


def _run(arguments) -> int:
    # A terminated launcher stops its emulator like one that ended.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    emulator = instance.start(arguments.kind, arguments.auth, arguments.port, tie_to_parent=True)
    try:
        return _run_command(arguments.command, os.environ | _exported(emulator))
    finally:
        instance.stop(emulator)


def _exported(emulator: instance.Instance) -> dict[str, str]:
    kind = emulator.kind.upper() + ("_AUTH" if emulator.auth else "")
    return {"AWS_ENDPOINT_URL": emulator.url, f"STACKFORM_TEST_{kind}": emulator.url}


def _run_command(command: list[str], variables: dict[str, str]) -> int:
    try:
        process = subprocess.Popen(command, env=variables)
    except OSError as error:
        print(f"error: {command[0]}: {error.strerror}", file=sys.stderr)
        return 127
    try:
        while True:
            try:
                status = process.wait()
                return status if status >= 0 else 128 - status
            except KeyboardInterrupt:
                pass  # the terminal told the command too, and it decides what to do
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def _stop(arguments) -> int:
    chosen = [one for one in instance.running() if arguments.url in ("all", one.url)]
    for one in chosen:
        instance.stop(one)
    if not chosen and arguments.url != "all":
        print(f"error: no emulator of this checkout runs on {arguments.url}: see `status`", file=sys.stderr)
        return 1
    return 0


def _status(_) -> int:
    for one in instance.running():
        print(f"{one.url}\t{one.kind}{' --auth' if one.auth else ''}\tpid {one.pid}\t{one.log}")
    return 0


def _run_to_pipe() -> int:
    try:
        code = main()
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Its reader has what it wanted: `scripts/emulator status | head`. Python would complain again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(_run_to_pipe())
