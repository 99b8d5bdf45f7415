"""HTTP/1.1 messages as they came: their head is kept byte for byte, so that signatures stay true."""

import asyncio
from dataclasses import dataclass


@dataclass
class Message:
    """A request or an answer. `head` ends with the empty line; `body` is without its transfer coding, `raw` with it."""

    head: bytes
    first: list[str]
    headers: dict[str, str]
    body: bytes = b""
    raw: bytes = b""
    ends_with_connection: bool = False

    @property
    def method(self) -> str:
        return self.first[0]

    @property
    def target(self) -> str:
        return self.first[1]

    @property
    def status(self) -> int:
        return int(self.first[1])

    @property
    def keeps_alive(self) -> bool:
        return not self.ends_with_connection and self.headers.get("connection", "").lower() != "close"

    def bytes(self) -> bytes:
        return self.head + self.raw


async def read_request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Message | None:
    """The next request of a connection; None when it has ended. Whoever waits to be told to go on is told."""
    message = await _head(reader)
    if message and "expect" in message.headers:
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        lines = message.head.split(b"\r\n")
        message.head = b"\r\n".join(line for line in lines if not line.lower().startswith(b"expect:"))
    if message:
        await _body(reader, message, has_body="content-length" in message.headers or _is_chunked(message))
    return message


async def read_answer(reader: asyncio.StreamReader, method: str) -> Message:
    """The answer to a request that was just sent. Throws `ConnectionError` when none comes."""
    while True:
        message = await _head(reader)
        if message is None:
            raise ConnectionResetError("closed instead of an answer")
        if message.status >= 200:
            break
    bodyless = method == "HEAD" or message.status in (204, 304)
    await _body(reader, message, has_body=not bodyless)
    return message


def answer(status: int, headers: dict[str, str], body: bytes) -> bytes:
    """An answer of our own."""
    lines = [f"HTTP/1.1 {status} Refused"]
    lines += [f"{name}: {value}" for name, value in {**headers, "content-length": str(len(body))}.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def with_body(message: Message, body: bytes) -> bytes:
    """The answer with another body."""
    lines = message.head.rstrip(b"\r\n").split(b"\r\n")
    dropped = (b"content-length:", b"transfer-encoding:")
    kept = [line for line in lines if not line.lower().startswith(dropped)]
    return b"\r\n".join(kept) + b"\r\ncontent-length: %d\r\n\r\n" % len(body) + body


async def _head(reader: asyncio.StreamReader) -> Message | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    return Message(head, first.split(" ", 2), headers)


async def _body(reader: asyncio.StreamReader, message: Message, has_body: bool) -> None:
    if not has_body:
        return
    if _is_chunked(message):
        await _chunks(reader, message)
    elif (length := message.headers.get("content-length")) is not None:
        message.body = message.raw = await reader.readexactly(int(length))
    else:
        message.body = message.raw = await reader.read()
        message.ends_with_connection = True


async def _chunks(reader: asyncio.StreamReader, message: Message) -> None:
    raw, body = [], []
    while True:
        line = await reader.readline()
        raw.append(line)
        size = int(line.split(b";")[0], 16)
        data = await reader.readexactly(size + 2) if size else b""
        raw.append(data)
        body.append(data[:-2])
        if not size:
            break
    while (line := await reader.readline()) not in (b"\r\n", b""):
        raw.append(line)
    raw.append(b"\r\n")
    message.raw, message.body = b"".join(raw), b"".join(body)


def _is_chunked(message: Message) -> bool:
    return "chunked" in message.headers.get("transfer-encoding", "").lower()
