"""A real mail server of the worst kind, on loopback: `python -m … PORT FOLDER [DIES_AT …]`.

It answers slowly, refuses every third message, and at the message numbers named dies: at a positive
one after it took the message and before it said so, at a negative one in the middle of it. What it
took is a file in the folder; the Message-ID it died with is in `died`.
"""

import asyncio
import itertools
import os
import sys
from email import message_from_bytes
from pathlib import Path

PAUSE, LONG_PAUSE = 0.002, 0.3
ANSWERS = {b"EHLO": "250 worst", b"HELO": "250 worst", b"MAIL": "250 ok", b"RCPT": "250 ok", b"RSET": "250 ok"}  # fmt: skip


class Server:
    def __init__(self, folder: Path, dies_at: set[int]):
        self.folder, self.dies_at = folder, dies_at
        self.numbers = itertools.count(len(list(folder.glob("*.eml"))) * 3 // 2 + 1)

    async def talk(self, reader, writer):
        async def say(words: str, pause: float = PAUSE):
            await asyncio.sleep(pause)
            writer.write(words.encode() + b"\r\n")
            await writer.drain()

        await say("220 worst")
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"QUIT":
                await say("221 bye")
                break
            if verb == b"DATA":
                await self.take(reader, say)
            else:
                await say(ANSWERS.get(verb, "500 what"))
        writer.close()

    async def take(self, reader, say):
        number = next(self.numbers)
        await say("354 go on")
        if -number in self.dies_at:
            os._exit(9)
        body = await reader.readuntil(b"\r\n.\r\n")
        if number % 3 == 0:
            await say("451 not now")
            return
        (self.folder / f"{number:05}.eml").write_bytes(body[:-3].replace(b"\r\n..", b"\r\n."))
        if number in self.dies_at:
            with (self.folder / "died").open("a") as died:
                died.write(message_from_bytes(body)["Message-ID"] + "\n")
            os._exit(9)
        await say("250 taken", LONG_PAUSE if number % 100 == 0 else PAUSE)


async def main(port: int, folder: str, *dies_at: str):
    server = Server(Path(folder), {int(number) for number in dies_at})
    await (await asyncio.start_server(server.talk, "127.0.0.1", port)).serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), *sys.argv[2:]))
