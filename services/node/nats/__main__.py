"""python -m services.node.nats CONF: a NATS server under a manager of services. It ends when the server ends, with its code; and
with 1 once the server stores no more, so that it is started anew.
"""

import asyncio
import signal
import sys
from pathlib import Path

from services.kit.private import keep_private
from services.node.nats.server import find_binary
from services.node.nats.unfit import unfit

SAID = b"yifa: the server stores no more (its disk was full): it ends, to be started anew\n"


async def run(conf: Path) -> int:
    """Start it, hand on what it says and what this process is told; the code to end with."""
    process = await asyncio.create_subprocess_exec(
        find_binary(), "-c", str(conf), stderr=asyncio.subprocess.PIPE
    )
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, process.send_signal, number)
    assert process.stderr is not None
    ended_here = False
    async for line in process.stderr:
        sys.stderr.buffer.write(line)
        if unfit(line) and not ended_here:
            ended_here = True
            sys.stderr.buffer.write(SAID)
            process.terminate()
        sys.stderr.flush()
    code = await process.wait()
    return 1 if ended_here else code


def main() -> None:
    keep_private()
    try:
        code = asyncio.run(run(Path(sys.argv[1])))
    except OSError as wrong:
        sys.exit(f"yifa: {wrong}")
    sys.exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main()
