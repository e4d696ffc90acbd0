"""What TLS and signing cost: `python -m tests.bench.costs [ROUNDS] [SECONDS]`.

Writes and an echo, each in plain text and over TLS, in turn: the median of the rounds' own ratios, so that what the machine does
meanwhile falls out. Then events are signed, so many at once, and what that takes is set beside the processor time of a write.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.kit import signature
from services.kit.signing import Signer, key_id_of
from services.node.certificates import keep_certificates
from tests.bench.processes import Process, Processes
from tests.bench.rounds import IDS_PER_ROUND
from tests.bench.seed import Seeded, seed
from tests.bench.server import NODE, SECURE
from tests.cable import free_port

CASES = 800
CONNECTIONS, STREAMS, WARM_UP = 8, 4, 0.5
SIGNED = 4096
AT_ONCE = (1, 4, 16, signature.AT_ONCE)
"""A node publishes what was committed since it last did: one event where one writes, and more the more do."""


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


@dataclass(frozen=True)
class Entry:
    """What is looked at of an event that is signed."""

    seq: int
    node: str = NODE
    service: str = "enforcement"
    to: str = "city"
    hash: bytes = b"h" * 32

    @property
    def count(self) -> int:
        return self.seq


def signing(at_once: int) -> float:
    """Seconds of processor time for one event, of so many that are signed at once."""
    key = Ed25519PrivateKey.generate()
    signer = Signer(key, key_id_of(public := key.public_key().public_bytes_raw()), public)
    began = time.process_time()
    for first in range(1, SIGNED + 1, at_once):
        signature.signed([Entry(n) for n in range(first, first + at_once)], signer)
    return (time.process_time() - began) / SIGNED


def turns(
    kind: str, pair: tuple[Side, Side], client: Process, turn: int, rounds: int, seconds: float
) -> float:
    """Load each side in turn, and tell. Returns the processor time of a call over TLS, in seconds."""
    ratios: list[float] = []
    spent: list[dict[bool, float]] = []
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
        spent.append(costs)
        print(f"{kind}: {rates[False]:,.0f} plain, {rates[True]:,.0f} TLS calls/s", flush=True)
    more = median(costs[True] / costs[False] for costs in spent)
    print(f"{kind}: TLS/plain rate {median(ratios):.3f}, processor time a call {more:.3f}", flush=True)
    return median(costs[True] for costs in spent)


def main(rounds: int = 7, seconds: float = 3.0) -> None:
    """Take turns, and tell."""
    with (
        tempfile.TemporaryDirectory() as folder,
        sides(Path(folder)) as pairs,
        Processes(Path(folder)) as own,
    ):
        client = own.start("client", "tests.bench.client")
        costs = {
            kind: turns(kind, pair, client, n * 2 * rounds, rounds, seconds)
            for n, (kind, pair) in enumerate(pairs.items())
        }
    for at_once in AT_ONCE:
        took = signing(at_once)
        share = took / costs["write"]
        print(
            f"signing, {at_once} at once: {took * 1e6:.1f} µs an event, {share:.1%} of a write's {costs['write'] * 1e6:.0f} µs"
        )


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]), *(float(word) for word in sys.argv[2:3]))
