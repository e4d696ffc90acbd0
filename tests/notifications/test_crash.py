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
DEADLINE = 90.0
PATHS = os.pathsep.join(p for p in sys.path if p)


@contextlib.asynccontextmanager
async def apart(office: Office) -> AsyncIterator[Process]:
    """huanbao's notifications in a process of their own; the node comes back into this process afterwards."""
    await office.stop_node(H)
    command = (sys.executable, "-m", "services.notifications", str(office.plan.settings(H)))
    process = await asyncio.create_subprocess_exec(*command, env={**os.environ, "PYTHONPATH": PATHS})
    try:
        await listening(office.plan.departments[0].grpc)
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await office.start_node(H)


async def listening(target: str) -> None:
    """Wait for a port without gRPC: a channel that was refused waits long before it tries again."""
    host, _, port = target.partition(":")
    async with asyncio.timeout(DEADLINE):
        while True:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection(host, int(port))
                writer.close()
                return
            await asyncio.sleep(0.05)


async def test_killed_between_sending_and_recording_it_sends_again_once(office: Office) -> None:
    officer = f"O-{rid()}"
    address = f"{officer.lower()}@example.cn"
    await office.contact(H, officer, email=address)

    async with apart(office) as process:
        office.mailbox.on_letter[address] = lambda: os.kill(process.pid, signal.SIGKILL)
        first = await office.warn(H, officer)
        await asyncio.wait_for(process.wait(), DEADLINE)
        del office.mailbox.on_letter[address]

    sent = await office.delivery(H, first, officer, is_delivered)
    second = await office.warn(H, officer)
    later = await office.delivery(H, second, officer, is_delivered)
    ids = [letter["Message-ID"] for letter in office.mailbox.letters[address]]
    assert ids == [f"<{d.delivery_id}@huanbao.yifa>" for d in (sent, sent, later)]
    assert sent.attempts == 1


def is_delivered(delivery: notification.Delivery) -> bool:
    return delivery.state == notification.DELIVERY_STATE_DELIVERED
