// Runs as a function's process: imports its handler, then serves one invocation a line.
import { existsSync } from "node:fs";
import { Socket } from "node:net";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const environment = process.env;
const channel = new Socket({ fd: Number(environment.STACKFORM_FUNCTION_CHANNEL) });
delete environment.STACKFORM_FUNCTION_CHANNEL;

const send = (answer) => channel.write(JSON.stringify(answer) + "\n");

function described(error) {
  console.error(error);
  const { name = "Error", message = String(error), stack = "" } = error ?? {};
  return { error: { errorType: name, errorMessage: message, trace: stack.split("\n") } };
}

async function loadHandler() {
  const [file, ...names] = basename(environment._HANDLER).split(".");
  const stem = join(environment.LAMBDA_TASK_ROOT, dirname(environment._HANDLER), file);
  const path = [".js", ".mjs", ".cjs"].map((ending) => stem + ending).find(existsSync);
  if (!path) throw new Error(`Cannot find module '${file}'`);
  const module = await import(pathToFileURL(path));
  const exported = (from) => names.reduce((value, name) => value?.[name], from);
  const handler = exported(module) ?? exported(module.default);
  if (typeof handler !== "function") throw new Error(`${environment._HANDLER} is undefined or not exported`);
  return handler;
}

const context = (request) => ({
  awsRequestId: request.id,
  invokedFunctionArn: request.arn,
  functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
  functionVersion: environment.AWS_LAMBDA_FUNCTION_VERSION,
  memoryLimitInMB: environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  logGroupName: environment.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: environment.AWS_LAMBDA_LOG_STREAM_NAME,
  getRemainingTimeInMillis: () => Math.max(0, request.deadline - Date.now()),
});

// A handler answers by returning, by its promise, or by the callback of older code.
function invoke(handler, request) {
  environment._X_AMZN_TRACE_ID = request.trace;
  return new Promise((resolve, reject) => {
    const callback = (error, result) => (error ? reject(error) : resolve(result));
    const returned = handler(JSON.parse(request.event || "{}"), context(request), callback);
    if (typeof returned?.then === "function") returned.then(resolve, reject);
  });
}

let handler;
try {
  handler = await loadHandler();
  send({ ready: true });
} catch (error) {
  send(described(error));
}
for await (const line of createInterface({ input: channel })) {
  try {
    send({ result: JSON.stringify((await invoke(handler, JSON.parse(line))) ?? null) });
  } catch (error) {
    send(described(error));
  }
}
process.exit(); // LocalStack has gone
