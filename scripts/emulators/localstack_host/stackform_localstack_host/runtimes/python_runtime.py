"""Runs as a function's process: imports its handler, then serves one invocation a line."""

import importlib
import json
import logging
import os
import socket
import sys
import time
import traceback


class Context:
    """The second argument of a handler, as AWS documents it for Python."""

    identity = None
    client_context = None

    def __init__(self, request: dict):
        self.aws_request_id = request["id"]
        self.invoked_function_arn = request["arn"]
        self.function_name = os.environ["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = os.environ["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = os.environ["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = os.environ["AWS_LAMBDA_LOG_STREAM_NAME"]
        self._deadline = request["deadline"]

    def get_remaining_time_in_millis(self) -> int:
        return max(0, self._deadline - int(time.time() * 1000))


def load_handler():
    module, _, name = os.environ["_HANDLER"].rpartition(".")
    return getattr(importlib.import_module(module.replace("/", ".")), name)


def invoke(handler, request: dict) -> dict:
    os.environ["_X_AMZN_TRACE_ID"] = request["trace"]
    return {"result": json.dumps(handler(json.loads(request["event"] or "{}"), Context(request)))}


def described(error: Exception) -> dict:
    traceback.print_exc()
    frames = traceback.extract_tb(error.__traceback__)[1:]  # without this file's own
    return {
        "error": {
            "errorMessage": str(error),
            "errorType": type(error).__name__,
            "stackTrace": traceback.format_list(frames),
        }
    }


def serve(stream) -> None:
    def send(answer: dict) -> None:
        stream.write(json.dumps(answer) + "\n")
        stream.flush()

    try:
        handler = load_handler()
    except Exception as error:
        return send(described(error))
    send({"ready": True})
    for line in iter(stream.readline, ""):  # ends when LocalStack has gone
        try:
            answer = invoke(handler, json.loads(line))
        except Exception as error:
            answer = described(error)
        send(answer)


if __name__ == "__main__":
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]  # in place of this file's folder
    channel = socket.socket(fileno=int(os.environ.pop("STACKFORM_FUNCTION_CHANNEL")))
    channel.set_inheritable(False)
    logging.basicConfig(stream=sys.stdout, format="[%(levelname)s]\t%(asctime)s\t%(message)s")
    serve(channel.makefile("rw", encoding="utf-8"))
