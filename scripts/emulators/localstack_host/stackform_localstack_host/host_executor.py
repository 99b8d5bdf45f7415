"""LAMBDA_RUNTIME_EXECUTOR=host: a lambda's execution environment is a process of this machine."""

import json
import os
import time

from localstack.services.lambda_.invocation.executor_endpoint import StatusErrorException
from localstack.services.lambda_.invocation.lambda_models import InvocationResult
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor

from .function_process import FunctionProcess, command_for

# An IP address and not "localhost": with it every SDK addresses S3 buckets in the path.
_LOOPBACK = "127.0.0.1"
# AWS gives a function's initialization ten seconds.
_INITIALIZATION_SECONDS = 10


class HostExecutorPlugin(RuntimeExecutorPlugin):
    name = "host"

    def load(self, *args, **kwargs):
        return HostExecutor


class HostExecutor(RuntimeExecutor):
    """LocalStack makes one for each concurrent execution, and keeps it warm between invocations."""

    _process: FunctionProcess | None = None
    _environment: dict[str, str] = {}

    @classmethod
    def prepare_version(cls, function_version):
        command_for(function_version.config.runtime or "container images")
        _unpacked(function_version.config.code)

    @classmethod
    def cleanup_version(cls, function_version):
        pass

    def start(self, env_vars):
        config = self.function_version.config
        folder = _unpacked(config.code)
        layers = [_unpacked(layer.code) for layer in config.layers]
        self._environment = {name: str(value) for name, value in env_vars.items()} | {
            "AWS_EXECUTION_ENV": f"AWS_Lambda_{config.runtime}",
            "LAMBDA_TASK_ROOT": folder,
            "PYTHONPATH": _search_path(layers, "python", env_vars.get("PYTHONPATH")),
            "NODE_PATH": _search_path(layers, "nodejs/node_modules", env_vars.get("NODE_PATH")),
        }
        self._launch()

    def _launch(self):
        config = self.function_version.config
        self._process = FunctionProcess(config.runtime, self._environment, self._environment["LAMBDA_TASK_ROOT"])
        if error := self._process.answer(_INITIALIZATION_SECONDS).get("error"):
            self.stop()
            raise StatusErrorException("initialization failed", json.dumps(error).encode())

    def stop(self):
        process, self._process = self._process, None
        if process:
            process.kill()

    def invoke(self, payload):
        if not self._process or not self._process.alive:  # it timed out or ended, at the last invocation
            self._launch()
        process = self._process  # stop() may forget it while it works
        began = time.time()
        timeout = self.function_version.config.timeout
        request = {
            "id": payload["invoke-id"],
            "arn": payload["invoked-function-arn"],
            "trace": payload["trace-id"],
            "deadline": int((began + timeout) * 1000),
            "event": payload["payload"],
        }
        answer = process.ask(request, timeout)
        return self._result(process, request["id"], answer, time.time() - began)

    def _result(self, process: FunctionProcess, request_id: str, answer: dict, seconds: float) -> InvocationResult:
        error = answer.get("error")
        printed = process.new_output()
        if not process.alive:
            printed += f"{request_id} {error['errorMessage'] if error else 'Runtime exited'}\n"
        if printed and not printed.endswith("\n"):
            printed += "\n"
        logs = (
            f"START RequestId: {request_id} Version: {self.function_version.id.qualifier}\n{printed}"
            f"END RequestId: {request_id}\nREPORT RequestId: {request_id}\tDuration: {seconds * 1000:.2f} ms\t"
            f"Memory Size: {self.function_version.config.memory_size} MB\n"
        )
        body = json.dumps(error | {"requestId": request_id}) if error else answer["result"]
        return InvocationResult(request_id, body.encode(), is_error=bool(error), logs=logs)

    def get_logs(self):
        return self._process.new_output() if self._process else ""

    def get_address(self):
        return _LOOPBACK

    def get_endpoint_from_executor(self):
        return _LOOPBACK

    def get_runtime_endpoint(self):
        return ""  # the process answers on its own channel and calls nothing back


def _unpacked(code) -> str:
    code.prepare_for_execution()
    return str(code.get_unzipped_code_location())


def _search_path(layers: list[str], folder: str, declared: str | None) -> str:
    return os.pathsep.join(filter(None, [f"{layer}/{folder}" for layer in layers] + [declared]))
