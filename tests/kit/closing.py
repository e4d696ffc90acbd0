"""`python -m tests.kit.closing FOLDER ROUNDS`: a service is opened and closed so many times while threads read of it without end,
its journal, its rows, on a connection of their own. To be run in a process of its own: what it is to find ends a process.
"""

import asyncio
import sys
import threading
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, InvalidRequestError
from yifa.notifications.v1 import events_pb2 as events

from services.kit.access import Gate
from services.kit.checkpoint.row import rows_apart
from services.kit.issuers import Issuers
from services.kit.service import Running
from services.kit.settings import Settings
from services.notifications.__main__ import SERVICE
from tests.issuing import SECTION, issuing
from tests.layers import TOML

READERS, ENTRIES = 8, 400


class Readers:
    """Threads that read until the service is closed under them, and what any of them met that is no answer."""

    def __init__(self, running: Running):
        self.running, self.reads, self.odd = running, 0, list[BaseException]()
        self.threads = [threading.Thread(target=self.read, args=(n,)) for n in range(READERS)]
        for thread in self.threads:
            thread.start()

    def read(self, n: int) -> None:
        journal = self.running.kit.journal
        ways = (
            lambda: self.running.rows(select(journal)),
            lambda: self.running.entries(0, ENTRIES),
            lambda: rows_apart(self.running, select(journal)),
            self.running.head,
        )
        try:
            while True:
                ways[n % len(ways)]()
                self.reads += 1
                if self.running.connection.closed:
                    return
        except (DBAPIError, InvalidRequestError):
            return  # closed while it was at it: told, and no crash
        except BaseException as odd:
            self.odd.append(odd)


async def opened_and_closed(settings: Settings, write: bool) -> int:
    running = Running(SERVICE, settings, Gate(Issuers.of(settings), settings.node, settings.city))
    if write:
        event = events.NotificationCreated()
        await running.do(lambda tx: [tx.emit(event, subject=f"N-{n}") for n in range(ENTRIES)])
    readers = Readers(running)
    while readers.reads < READERS:
        await asyncio.sleep(0)
    await running.close()
    for thread in readers.threads:
        thread.join(20)
        assert not thread.is_alive(), "a reader never came back"
    assert not readers.odd, readers.odd
    return readers.reads


async def main(folder: Path, rounds: int) -> None:
    issuing(folder)
    file = folder / "node.toml"
    file.write_text(
        f'[node]\nid = "city"\nkind = "city"\ncity = "city"\nservices = ["notifications"]\n{SECTION}{TOML}'
    )
    settings = Settings.load(file)
    print("read", sum([await opened_and_closed(settings, not n) for n in range(rounds)]), "times")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
