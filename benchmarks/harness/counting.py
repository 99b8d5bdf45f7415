"""A proxy that counts what goes through it: requests by service and operation, and connections."""

import collections
import re
import socket
import threading
from urllib.parse import urlsplit

_SCOPE = re.compile(rb"(?i)\r\nauthorization:[^\r]*?credential=[^/]+/\d+/[^/]+/([\w-]+)/aws4_request")
_TARGET = re.compile(rb"(?i)\r\nx-amz-target: *\S*\.(\w+)")
_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
_CHUNKED = re.compile(rb"(?i)\r\ntransfer-encoding: *chunked")
_ACTION = re.compile(rb"(?:^|&)Action=(\w+)")


class CountingProxy:
    """Stands before an endpoint as long as the `with` lasts."""

    def __init__(self, url: str):
        target = urlsplit(url)
        self._target = (target.hostname, target.port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.operations: collections.Counter[str] = collections.Counter()
        self.connections = 0
        self._lock = threading.Lock()

    def __enter__(self) -> "CountingProxy":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self._listener.close()

    @property
    def requests(self) -> int:
        return sum(self.operations.values())

    def reset(self) -> None:
        with self._lock:
            self.operations = collections.Counter()
            self.connections = 0

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
            server = socket.create_connection(self._target)
            for one in (client, server):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._requests, args=(client, server), daemon=True).start()
            threading.Thread(target=self._answers, args=(server, client), daemon=True).start()

    def _answers(self, server: socket.socket, client: socket.socket) -> None:
        try:
            while data := server.recv(1 << 16):
                client.sendall(data)
        except OSError:
            pass
        finally:
            _shut(client)

    def _requests(self, client: socket.socket, server: socket.socket) -> None:
        """Passes on whole requests, so that each is seen with its body."""
        data = b""
        try:
            while True:
                while (head_end := data.find(b"\r\n\r\n")) < 0:
                    if not (more := client.recv(1 << 16)):
                        return
                    data += more
                head = data[: head_end + 2]
                if b"100-continue" in head.lower():
                    client.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
                    head, data = self._without_expectation(head, data, head_end)
                    head_end = len(head) - 2
                end = head_end + 4 + int(found[1] if (found := _LENGTH.search(head)) else 0)
                while len(data) < end or (_CHUNKED.search(head) and not data.endswith(b"0\r\n\r\n")):
                    if not (more := client.recv(1 << 16)):
                        return
                    data += more
                if _CHUNKED.search(head):
                    end = len(data)
                self._count(head, data[head_end + 4 : end])
                server.sendall(data[:end])
                data = data[end:]
        except OSError:
            pass
        finally:
            _shut(server)

    @staticmethod
    def _without_expectation(head: bytes, data: bytes, head_end: int) -> tuple[bytes, bytes]:
        kept = re.sub(rb"(?i)\r\nexpect:[^\r]*", b"", head)
        return kept, kept + data[head_end + 2 :]

    def _count(self, head: bytes, body: bytes) -> None:
        scope = found[1].decode() if (found := _SCOPE.search(head)) else "unsigned"
        if found := _TARGET.search(head) or _ACTION.search(body):
            operation = found[1].decode()
        else:
            method, path = head.split(b" ", 2)[:2]
            _, _, query = path.partition(b"?")
            operation = f"{method.decode()} {query.split(b'=')[0].split(b'&')[0].decode()}".strip()
        with self._lock:
            self.operations[f"{scope}:{operation}"] += 1


def _shut(one: socket.socket) -> None:
    try:
        one.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    one.close()
