"""Programs that a node starts while it answers over TLS, as it starts the typesetter, break no call."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import grpc
import uvloop

from services.kit.dial import channel, open_port
from services.node.up import ROOT
from tests.trust import HOST, tls, trusted

BODY = os.urandom(20_000)
PROGRAMS, CALLERS = 200, 6
NODE = "forking"


class Echo(grpc.GenericRpcHandler):
    def service(self, _call: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler:
        return grpc.unary_unary_rpc_method_handler(echo)


async def echo(body: bytes, _context: object) -> bytes:
    return body


async def answered(folder: Path) -> int:
    """How many calls a process answers while it starts programs. Raises AioRpcError for one that is broken off."""
    tls(folder, NODE)
    server = grpc.aio.server()
    server.add_generic_rpc_handlers((Echo(),))
    port = open_port(server, f"{HOST}:0", trusted(folder, NODE, 0).trust)
    await server.start()
    over, count = asyncio.Event(), 0

    async def calls(call: grpc.aio.UnaryUnaryMultiCallable) -> None:
        nonlocal count
        while not over.is_set():
            assert await call(BODY, timeout=60) == BODY
            count += 1

    async with channel(trusted(folder, NODE, port)) as there, asyncio.TaskGroup() as callers:
        for _ in range(CALLERS):
            callers.create_task(calls(there.unary_unary("/echo/Echo")))
        for _ in range(PROGRAMS):
            await (await asyncio.create_subprocess_exec("/bin/true")).wait()
        over.set()
    await server.stop(None)
    return count


def test_programs_that_are_started_break_no_connection(tmp_path: Path) -> None:
    """Each answer is the whole one, whatever is started meanwhile by the process that gives it: with the loop that nodes have."""
    run = [sys.executable, "-m", "tests.kit.test_forking", str(tmp_path)]
    done = subprocess.run(
        run,
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'proto' / 'gen'}"},
    )

    assert done.returncode == 0 and int(done.stdout), done.stderr


if __name__ == "__main__":
    print(uvloop.run(answered(Path(sys.argv[1]))))
