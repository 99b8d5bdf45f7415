"""A proxy before an emulator that refuses what AWS refuses, and passes everything else on as it is.

    proxy.py UPSTREAM [--log FILE] [--second SECONDS]

Prints its URL, and serves until it is ended. Each refusal is written to the log, one JSON object a line. `--second` is what stands
for one second of AWS's waits.
"""

import argparse
import asyncio
import json
import os
import pathlib
import time
import traceback
import urllib.parse

import calls
import habits
import rulebook
import shapes
from http_messages import answer, read_answer, read_request
from refusals import encoded


class Strict:
    """What is known of all accounts behind the proxy, and the log."""

    def __init__(self, log=None, second=1.0):
        self.accounts = {}
        self.log = open(log, "a", buffering=1) if log else None
        self.second = second

    def account(self, call):
        is_global = call.service in ("iam", "s3", "cloudfront")
        whole, regional = self.place(call, ""), self.place(call, call.region)
        whole.other, regional.other = regional, whole
        return whole if is_global else regional

    def place(self, call, region):
        key = call.account, region
        if key not in self.accounts:
            self.accounts[key] = rulebook.Account(call.account, call.region, second=self.second)
        return self.accounts[key]

    def refusal(self, call):
        """The answer that refuses the call; None where nothing is against it."""
        if call.is_read:
            return None
        if found := shapes.judged(call):
            name, refusal = found
        elif found := rulebook.judged(call, self.account(call)):
            name, refusal = found[0].id, found[1]
        else:
            return None
        self.note_call(call, name, message=refusal.message)
        headers, body = encoded(refusal, call)
        return answer(refusal.status, headers, body)

    def learn(self, call, message):
        if not call.is_read and message.status < 300:
            rulebook.learned(call, self.account(call), calls.read_answer(message))

    def trying(self, call, work, instead=None):
        """What the work returns. A fault in it is noted, and the call goes its way: the connection must not pay for it."""
        try:
            return work()
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            self.note_call(call, "FAULT OF THE LAYER", error=f"{error!r} in {pathlib.Path(place.filename).name}:{place.lineno}")
            return instead

    def note_call(self, call, rule, **facts):
        by = call.headers.get("user-agent", "").partition("/")[0]
        self.note(rule=rule, call=str(call), account=call.account, by=by, parameters=call.parameters, **facts)

    def note(self, **facts):
        if self.log:
            self.log.write(json.dumps({"time": time.time(), **facts}, default=repr) + "\n")


class Upstream(asyncio.StreamReaderProtocol):
    """A connection to the emulator. When the emulator ends it, ours ends too: whoever is there sees what it would have seen."""

    client = None

    def connection_lost(self, error):
        super().connection_lost(error)
        if self.client:
            self.client.close()


class Proxy:
    def __init__(self, upstream, strict):
        self.upstream = urllib.parse.urlsplit(upstream)
        self.strict = strict
        self.habits = {}

    async def serve(self):
        server = await asyncio.start_server(self.connection, "127.0.0.1", 0, limit=1 << 20)
        print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
        async with server:
            # The script that started us may be killed: then nobody is left to stop us.
            parent = os.getppid()
            while os.getppid() == parent:
                await asyncio.sleep(1)

    async def connect(self, client):
        loop = asyncio.get_running_loop()
        reader = asyncio.StreamReader(limit=1 << 20)
        transport, protocol = await loop.create_connection(
            lambda: Upstream(reader), self.upstream.hostname, self.upstream.port)
        protocol.client = client
        return reader, asyncio.StreamWriter(transport, protocol, reader, loop)

    async def connection(self, reader, writer):
        upstream = None
        try:
            while request := await read_request(reader, writer):
                call = self.call(request)
                habit = self.habit_of(request)
                own = self.told(request) or self.own_answer(call, request, habit)
                if own:
                    writer.write(own)
                    continue
                upstream = upstream or await self.connect(writer)
                upstream[1].write(request.bytes())
                message = await read_answer(upstream[0], request.method)
                writer.write(self.taken(call, request, message, habit))
                await writer.drain()
                if not (request.keeps_alive and message.keeps_alive):
                    break
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()
            if upstream:
                upstream[1].close()

    def own_answer(self, call, request, habit):
        """The answer that is given in the emulator's place; None where it is asked."""
        if habit and habit.habit == "stale" and request.target.startswith("/_"):
            # AWS has no such page: what is known of an emulator must not shorten a wait.
            return answer(404, {}, b"")
        if not call:
            return None
        refusal = self.strict.trying(call, lambda: self.strict.refusal(call))
        return refusal or habit and self.strict.trying(call, lambda: habit.instead(call, request))

    def taken(self, call, request, message, habit):
        """Learns of the emulator's answer; returns what is sent on of it."""
        if not call:
            return message.bytes()
        self.strict.trying(call, lambda: self.strict.learn(call, message))
        if not habit:
            return message.bytes()
        return self.strict.trying(call, lambda: habit.after(call, request, message), instead=message.bytes())

    def told(self, request):
        """The answer to who gives an account a habit, or asks how often it has shown."""
        if not request.target.startswith("/_strict/habits/"):
            return None
        account = request.target.rpartition("/")[2]
        if request.method == "PUT":
            self.habits[account] = habits.Habits(**json.loads(request.body))
        known = self.habits.get(account)
        return answer(200, {"content-type": "application/json"}, json.dumps({"done": known.done if known else 0}).encode())

    def habit_of(self, request):
        if not self.habits:
            return None
        scope = calls.SCOPE.search(request.headers.get("authorization", ""))
        return self.habits.get(scope[1]) if scope else None

    def call(self, request):
        try:
            return calls.read_call(request)
        except Exception as error:
            self.strict.note(unread=f"{request.method} {request.target}", error=repr(error))
            return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("upstream")
    parser.add_argument("--log")
    parser.add_argument("--second", type=float, default=1.0)
    options = parser.parse_args()
    rulebook.load()
    asyncio.run(Proxy(options.upstream, Strict(options.log, options.second)).serve())


if __name__ == "__main__":
    main()
