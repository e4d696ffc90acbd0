"""What TLS costs: writes and an echo, each in plain text and over TLS, in turn: `python -m tests.bench.tls [ROUNDS] [SECONDS]`.

Prints the median of the rounds' own ratios, so that what the machine does meanwhile falls out.
"""

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from services.node.certificates import keep_certificates
from tests.bench.processes import Process, Processes
from tests.bench.rounds import IDS_PER_ROUND
from tests.bench.seed import Seeded, seed
from tests.bench.server import NODE, SECURE
from tests.cable import free_port

CASES = 800
CONNECTIONS, STREAMS, WARM_UP = 8, 4, 0.5


@dataclass
class Side:
    """A server under load, and the authority by which it is known; none where it speaks plain text."""

    process: Process
    load: Path
    authority: str = ""


@contextmanager
def sides(folder: Path) -> Iterator[dict[str, tuple[Side, Side]]]:
    """The echo and the service, each in plain text and over TLS, and who loads them."""
    with Processes(folder) as processes:
        kinds: dict[str, list[Side]] = {"echo": [], "write": []}
        for secure in (False, True):
            place = folder / ("tls" if secure else "plain")
            place.mkdir()
            keep_certificates(place, [NODE])
            authority = str(place / "ca" / "ca.pem") if secure else ""
            echo, service = free_port(), free_port()
            seeded: Seeded = asyncio.run(
                seed(place, CASES, secure=secure, grpc={"listen": f"127.0.0.1:{service}"})
            )
            load = seeded.writes().save(place / "write.json")
            more = (f"{SECURE}{place}",) if secure else ()
            started = (
                processes.start(f"echo-{secure}", "tests.bench.server", "echo", str(echo), *more, port=echo),
                processes.start(
                    f"service-{secure}", "services.enforcement", str(seeded.settings), port=service
                ),
            )
            for kind, process in zip(kinds, started, strict=True):
                kinds[kind].append(Side(process.wait(), load, authority))
        yield {kind: (plain, secure) for kind, (plain, secure) in kinds.items()}


def main(rounds: int = 7, seconds: float = 3.0) -> None:
    """Take turns, and tell."""
    with (
        tempfile.TemporaryDirectory() as folder,
        sides(Path(folder)) as pairs,
        Processes(Path(folder)) as own,
    ):
        client, turn = own.start("client", "tests.bench.client"), 0
        for kind, pair in pairs.items():
            ratios: list[float] = []
            cpu: list[float] = []
            for n in range(rounds):
                rates, costs = {}, {}
                for side in pair if n % 2 else reversed(pair):
                    turn += 1
                    before = side.process.seconds()
                    tally = client.order(
                        load=str(side.load), port=side.process.port, connections=CONNECTIONS, streams=STREAMS,
                        seconds=seconds, warm_up=WARM_UP, first_id=turn * IDS_PER_ROUND, authority=side.authority,
                    )  # fmt: skip
                    assert not tally.errors, tally.first_error
                    rates[bool(side.authority)] = tally.calls / tally.seconds
                    costs[bool(side.authority)] = (side.process.seconds() - before) / tally.acknowledged
                ratios.append(rates[True] / rates[False])
                cpu.append(costs[True] / costs[False])
                print(f"{kind}: {rates[False]:,.0f} plain, {rates[True]:,.0f} TLS calls/s", flush=True)
            print(f"{kind}: TLS/plain rate {median(ratios):.3f}, processor time a call {median(cpu):.3f}")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]), *(float(word) for word in sys.argv[2:3]))
