"""A process that dies between sending and recording sends again, once, under the same id."""

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator

from yifa.notifications.v1 import notification_pb2 as notification

from tests.city import rid
from tests.notifications.office import Office

H = "huanbao"
DEADLINE = 50.0


@contextlib.asynccontextmanager
async def apart(office: Office) -> AsyncIterator["Apart"]:
    """huanbao's notifications in a process of their own; the node comes back into this process afterwards."""
    await office.stop_node(H)
    process = Apart(office)
    try:
        await process.start()
        yield process
    finally:
        await process.kill()
        await office.start_node(H)


class Apart:
    def __init__(self, office: Office):
        self.office = office
        self.process: Process | None = None

    async def start(self) -> None:
        settings = self.office.plan.settings(H)
        self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "services.notifications",
            str(settings),
            env={**os.environ, "PYTHONPATH": PATHS},
        )

        await self.listening()

    async def listening(self) -> None:
        """Wait for the port without gRPC: a channel that was refused waits long before it tries again."""
        host, _, port = self.office.plan.departments[0].grpc.partition(":")
        async with asyncio.timeout(DEADLINE):
            while True:
                with contextlib.suppress(OSError):
                    _, writer = await asyncio.open_connection(host, int(port))
                    writer.close()
                    return
                await asyncio.sleep(0.05)

    def kill_now(self) -> None:
        """kill -9, from whatever thread sees that the moment has come."""
        if self.process is not None:
            os.kill(self.process.pid, signal.SIGKILL)

    async def kill(self) -> None:
        if self.process is not None and self.process.returncode is None:
            self.kill_now()
        await self.ended()

    async def ended(self) -> None:
        if self.process is not None:
            await asyncio.wait_for(self.process.wait(), DEADLINE)


PATHS = os.pathsep.join(p for p in sys.path if p)


async def test_killed_between_sending_and_recording_it_sends_again_once(office: Office) -> None:
    officer = f"O-{rid()}"
    address = f"{officer.lower()}@example.cn"
    await office.contact(H, officer, email=address)

    async with apart(office) as process:
        office.mailbox.on_letter[address] = process.kill_now
        case_id = await office.warn(H, officer)
        await process.ended()
        del office.mailbox.on_letter[address]
        for _ in range(2):
            await process.start()
            sent = await office.delivery(H, case_id, officer, is_delivered)
            await process.kill()

    letters = office.mailbox.letters[address]
    assert [letter["Message-ID"] for letter in letters] == [f"<{sent.delivery_id}@huanbao.yifa>"] * 2
    assert len(await office.deliveries(H, case_id, officer)) == 1


def is_delivered(delivery: notification.Delivery) -> bool:
    return delivery.state == notification.DELIVERY_STATE_DELIVERED
