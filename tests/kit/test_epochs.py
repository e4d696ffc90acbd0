"""A journal that goes on after a loss is signed and countersigned again; and no node gets rid of what it signed by saying so."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select
from yifa.journal.v1.events_pb2 import CheckpointMade, CheckpointsWitnessed, EpochBegun
from yifa.supervision.v1.events_pb2 import FilingExpected

from services.kit.catching_up.epoch import begin_epoch
from services.kit.checkpoint.checking import Known, judge
from services.kit.checkpoint.keeping import sign_own, witness
from services.kit.checkpoint.origin import first_of, origin_of, signatures_of
from services.kit.journal import Envelope, from_headers
from services.kit.note import Checkpoint, parse, sign
from services.kit.reader import Delivery
from services.kit.signature import Keys as SignedBy
from services.kit.time import wall
from services.kit.tree import Growing
from services.node.verifying import verify_stream
from services.node.watching import Told
from tests.kit.signing import WHEN, Bureau, Keys, bureau, signing_office
from tests.supervision.office import CITY, Office, at, running_office


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shared(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Office, Keys]]:
    async with signing_office(tmp_path_factory.mktemp("epochs")) as both:
        yield both


class Losing:
    """A department whose journal loses entries: `entries` is what it has, `sent` all that it ever wrote, by number."""

    def __init__(self, office: Office, keys: Keys) -> None:
        self.d: Bureau = bureau(office, keys)
        self.sent: dict[int, list[Envelope]] = {}
        self.entries: list[Envelope] = []

    async def send(self, delivery: Delivery) -> Envelope:
        e = from_headers(delivery.headers, delivery.data, self.d.node, "", 0)
        self.sent.setdefault(e.seq, []).append(e)
        self.entries.append(e)
        await self.d.send(delivery)
        return e

    async def tell(self, *names: str) -> None:
        for name in names:
            await self.send(self.d.told(name))

    async def sign(self, origin: str = "", first: int = 1, from_size: int = 0, through: int = 0) -> str:
        """It signs what it has of a tree, and the city looks at it."""
        origin = origin or self.d.origin
        leaves = [e.hash for e in self.entries if first <= e.seq <= (through or e.seq)]
        checkpoint = Checkpoint(origin, len(leaves), Growing().extended(leaves).root())
        note = sign(checkpoint, self.d.office.signers[self.d.node]).text
        since = b"".join(leaves[from_size:])
        made = CheckpointMade(origin=origin, from_size=from_size, size=len(leaves), leaves=since, note=note)
        await self.send(self.d.journal.entry(made, at(WHEN), origin, "all"))
        await witness(self.d.office.running)
        return note

    async def lose(self, down_to: int, signed: int, **otherwise: Any) -> str:
        """It has nothing after an entry any more, and goes on in a new epoch: the name of that."""
        journal = self.d.journal
        lost = self.entries[-1].seq
        kept = [e for e in self.entries if e.seq <= down_to]
        journal.last = kept[-1].hash
        said = {"service": self.d.service, "last_seq": down_to, "last_hash": kept[-1].hash, "lost_seq": lost}
        begun = EpochBegun(**{**said, "signed_seq": signed, **otherwise})
        self.entries = kept
        e = await self.send(journal.entry(begun, at(WHEN), self.d.node, "all"))
        assert e.seq == lost + 1
        return f"{self.d.origin}/{e.seq}"

    def change(self, seq: int) -> None:
        """It has another entry in the place of one that it sent."""
        self.entries[seq - 1] = replace(self.entries[seq - 1], hash=b"?" * 32)

    def kept(self) -> list[tuple[str, int, str]]:
        """The heads that the city keeps: counted from which entry, how many, and what it thinks of them."""
        table = self.d.office.running.kit.checkpoint
        mine = table.c.origin.startswith(self.d.origin)
        rows = self.d.office.running.rows(select(table).where(mine).order_by(table.c.origin, table.c.size))
        return [(row.origin.removeprefix(self.d.origin), row.size, row.state) for row in rows]

    def notes(self) -> list[str]:
        table = self.d.office.running.kit.checkpoint
        mine = (table.c.origin.startswith(self.d.origin), table.c.state == "GOOD")
        return [row.note for row in self.d.office.running.rows(select(table).where(*mine))]

    def countersigned(self) -> list[tuple[str, int]]:
        told = self.d.office.emitted(CheckpointsWitnessed)
        mine = [c for e in told for c in e.cosignatures if c.origin.startswith(f"{self.d.origin}")]
        return [(c.origin.removeprefix(self.d.origin), c.size) for c in mine]

    def verified(self, entries: list[Envelope] | None = None) -> Any:
        """What `yifa verify` says of the journal, with what the city received and keeps."""
        heard = {seq: b"".join(e.hash for e in every) for seq, every in self.sent.items()}
        keys = self.d.office.running.around.directory.all
        return judge(self.entries if entries is None else entries, Known(heard, self.notes(), keys))

    def verified_on_bus(self) -> list[Any]:
        """What `yifa verify --bus` says of it, where the hub has all that was sent."""
        directory = self.d.office.running.around.directory
        sent = [e for every in self.sent.values() for e in every]
        told = [Told(n, self.d.node, e) for n, e in enumerate(sent, 1)]
        return verify_stream(told, SignedBy(directory, wall), directory.all, self.notes())

    async def warned(self) -> dict[str, Any]:
        """The warnings of its chain, by the word under which they are raised."""
        said = {"DROPPED": "had signed", "EPOCH": "not used again", "REWRITTEN": "rewritten"}
        warned = await self.d.warned()
        return {word: w for w in warned for word, text in said.items() if text in w.detail_en}


@pytest.fixture
def losing(shared: tuple[Office, Keys]) -> Losing:
    return Losing(*shared)


async def test_it_is_signed_on_after_a_loss_and_every_entry_is_covered(losing: Losing) -> None:
    """What the loss did not touch keeps its head; what was not signed by then, and what comes, get heads of their own."""
    await losing.tell("1", "2")
    await losing.sign()  # 1 and 2; 3 is the head itself
    await losing.tell("3", "4", "5")
    epoch = await losing.lose(4, signed=2)  # 5 and 6 are lost
    await losing.sign(f"{epoch}/3", first=3, through=4)
    await losing.sign(epoch, first=7)
    await losing.tell("6")
    await losing.sign(epoch, first=7, from_size=2)

    heads = [("", 2, "GOOD"), ("/7", 4, "GOOD"), ("/7/3", 2, "GOOD")]
    assert losing.kept() == heads
    assert losing.countersigned() == [("", 2), ("/7/3", 2), ("/7", 2), ("/7", 4)]
    assert losing.d.found() == [] and set(await losing.warned()) == {"EPOCH"}
    judged = losing.verified()
    assert judged.signed_up_to == 10 and judged.witnesses == (CITY,)
    begins = (7, "a new epoch begins: entries 5 to 6 were lost")
    named = {(f.seq, f.what) for f in judged.faults}
    assert named == {
        begins,
        *((n, "was received by the city: the epoch that entry 7 begins left it behind") for n in (5, 6)),
    }
    [on_bus] = losing.verified_on_bus()
    assert [(f.seq, f.what) for f in on_bus.faults] == [begins]
    assert (on_bus.signed_up_to, on_bus.witnesses) == (10, (CITY,))


async def test_two_losses_in_a_row(losing: Losing) -> None:
    """The second before anything of the first epoch was signed; what it left apart is signed later, and goes on being good."""
    await losing.tell("1")
    await losing.sign()
    await losing.tell("2", "3", "4")
    first = await losing.lose(4, signed=1)
    await losing.tell("5", "6")
    second = await losing.lose(7, signed=5)
    assert (first_of(first), first_of(second)) == (6, 9)
    await losing.sign(f"{first}/2", first=2, through=4)
    await losing.sign(f"{second}/6", first=6, through=7)
    await losing.sign(second, first=9)

    assert {state for _, _, state in losing.kept()} == {"GOOD"}
    assert losing.countersigned() == [("", 1), ("/6/2", 3), ("/9/6", 2), ("/9", 3)]
    judged = losing.verified()
    assert judged.signed_up_to == 11 and losing.d.found() == []
    assert {f.seq for f in judged.faults} == {5, 6, 8, 9}


async def test_history_that_was_countersigned_is_not_got_rid_of_by_an_epoch(losing: Losing) -> None:
    """A department drops an entry that the city countersigned, says that it was lost, and signs on.

    It is named by the city and by `yifa verify`, for ever; the head of before still holds for what is left.
    """
    await losing.tell("1", "2", "unwelcome", "4")
    old = await losing.sign()
    whole = list(losing.entries)
    epoch = await losing.lose(2, signed=2)
    await losing.tell("4 again")
    await losing.sign(epoch, first=6)

    warned = await losing.warned()
    assert set(warned) == {"EPOCH", "DROPPED"}
    assert "records 3 to 4" in warned["DROPPED"].detail_en
    assert all(f"{seq} " in warned["DROPPED"].detail_zh for seq in (3, 4))
    assert losing.d.case("unwelcome") in warned["DROPPED"].detail_zh
    judged = losing.verified()
    what = {(f.seq, f.what) for f in judged.faults}
    assert (6, "goes on without entries 3 to 4, which were signed") in what
    assert {3, 4} <= {seq for seq, said in what if "left it behind" in said}
    assert judged.signed_up_to == 7, "what is left is held against the old head by what the city received"
    # the head of before is kept with its signatures, and the journal as it was stands by it
    [kept] = [note for note in losing.notes() if parse(note).checkpoint.origin == losing.d.origin]
    assert kept.startswith(old)
    found = signatures_of(parse(kept), losing.d.office.running.around.directory.all)
    assert found.by_its_node and set(found.witnesses) == {CITY}
    assert judge(whole, Known({}, [kept], losing.d.office.running.around.directory.all)).faults == []


async def test_what_is_left_is_held_against_the_old_head(losing: Losing) -> None:
    """An entry before the loss was changed, and the epoch seals that: it is named though the head of before covers lost ones."""
    await losing.tell("1", "2", "3")
    await losing.sign()
    losing.change(2)
    await losing.lose(2, signed=2)

    said = {(f.seq, f.what) for f in losing.verified().faults}

    assert (2, "is not the entry that the city received") in said
    assert any(seq == 1 and "is not as it was signed" in what for seq, what in said), said
    # who has only the notes and not what was received cannot tell by the head, and says what is gone
    alone = judge(losing.entries, Known({}, losing.notes(), None))
    assert (5, "goes on without entries 3 to 3, which were signed") in {(f.seq, f.what) for f in alone.faults}


@pytest.mark.parametrize(
    "otherwise",
    [
        {"last_hash": b"?" * 32},
        {"last_seq": 1},
        {"lost_seq": 7},
        {"service": "registry"},
        {"signed_seq": 3},
        {"signed_seq": -1},
    ],
    ids=str,
)
async def test_an_epoch_that_goes_on_from_something_else_is_refused(
    losing: Losing, otherwise: dict[str, Any]
) -> None:
    """It says what it does not seal: that is a finding, and nothing is countersigned under its name."""
    await losing.tell("1", "2", "3")
    epoch = await losing.lose(2, signed=0, **otherwise)
    await losing.sign(epoch, first=4)

    assert losing.kept() == [("/4", 1, "WAITS")] and losing.countersigned() == []
    assert losing.d.found() == ["REWRITTEN"]


async def test_an_epoch_that_seals_another_history_is_refused(losing: Losing) -> None:
    """The department changed an old entry, made all hashes after it anew, and begins an epoch behind that."""
    await losing.tell("1", "2", "3")
    await losing.sign()
    losing.change(2)
    epoch = await losing.lose(2, signed=2)
    await losing.sign(epoch, first=5)

    assert losing.kept() == [("", 3, "GOOD"), ("/5", 1, "WAITS")]
    assert losing.d.found() == ["REWRITTEN"]
    warning = (await losing.warned())["REWRITTEN"]
    assert "the epoch goes on from another entry 2 than was received" in warning.detail_en


async def test_it_is_refused_also_where_both_come_at_once(losing: Losing) -> None:
    """What is sealed, and the epoch that seals another one, in one delivery: it shows when the first head is judged."""
    await losing.tell("1")
    journal, d = losing.d.journal, losing.d
    second = d.told("2")
    journal.last = b"?" * 32
    said = {"service": d.service, "last_seq": 2, "last_hash": b"?" * 32, "lost_seq": 3}
    journal.seq += 1
    begun = journal.entry(EpochBegun(**said), at(WHEN), d.node, "all")
    losing.entries.append(from_headers(begun.headers, begun.data, d.node, "", 0))
    await d.office.take(second, begun)
    await losing.sign(f"{d.origin}/4", first=4)

    assert losing.kept() == [("/4", 1, "REFUSED")] and losing.countersigned() == []
    assert losing.d.found() == ["REWRITTEN"]


async def test_no_journal_begins_anew_by_a_name_alone(losing: Losing) -> None:
    await losing.tell("1", "2")
    await losing.sign(f"{losing.d.origin}/2", first=2)

    assert losing.kept() == [("/2", 1, "WAITS")] and losing.countersigned() == []
    judged = judge(losing.entries, Known({}, [await losing.sign(f"{losing.d.origin}/2", first=2)], None))
    assert any("begins no such epoch" in f.what for f in judged.faults)


async def test_what_was_ended_is_not_signed_on(losing: Losing) -> None:
    """Under the old name, or beyond what was left apart: though it is what was received, as it was no loss then."""
    await losing.tell("1", "2", "3")
    await losing.sign(first=1, through=1)
    await losing.tell("4")
    lost = losing.entries[-1]
    epoch = await losing.lose(4, signed=1)
    losing.entries.insert(4, lost)
    await losing.sign(f"{epoch}/2", first=2, through=lost.seq)

    assert losing.kept() == [("", 1, "GOOD"), (f"/{first_of(epoch)}/2", 4, "REFUSED")]
    assert losing.d.found() == ["REWRITTEN"]
    await losing.sign(first=1, from_size=1, through=lost.seq)
    assert [state for origin, _, state in losing.kept() if not origin] == ["GOOD", "REFUSED"]
    assert {origin for origin, _ in losing.countersigned()} == {""}


BEGUN = """
import asyncio, os, signal, sys
from dataclasses import replace
from pathlib import Path
from services.kit.catching_up.epoch import begin_epoch
from services.kit.checkpoint import epoch
from services.kit.checkpoint.keeping import sign_own
from tests.kit.test_epochs import came
from tests.supervision.office import running_office

put_tree = epoch.put_tree

def killed(tx, kit, origin, *rest, **more):
    put_tree(tx, kit, origin, *rest, **more)
    os.kill(os.getpid(), signal.SIGKILL)

async def main():
    async with running_office(Path(sys.argv[1]), sign={"key": "city/sign.key", "directory": "nodes.toml"}) as office:
        await came(office)
        await sign_own(office.running)
        epoch.put_tree = killed
        [last] = office.running.entries(office.running.head()[0] - 1, 1)
        await office.running.do(lambda tx: begin_epoch(tx, "supervision", replace(last, seq=last.seq + 5), [], {}))

asyncio.run(main())
"""
"""An epoch that is begun, and a process that is killed when the first of its trees is written."""


async def came(office: Office) -> None:
    """Something happens at the office of its own accord."""
    await office.running.do(lambda tx: tx.emit(FilingExpected(), subject="heard"))


async def test_an_epoch_and_its_trees_are_begun_together_or_not_at_all(tmp_path: Path) -> None:
    """Killed with -9 between the two: there is neither. When it is begun again there are both, and the journal is signed on."""
    Keys(tmp_path).make(CITY)
    around = {**os.environ, "PYTHONPATH": ".:proto/gen"}
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-c", BEGUN, str(tmp_path), env=around, stderr=PIPE
    )
    _, said = await killed.communicate()
    assert killed.returncode == -signal.SIGKILL, said.decode()
    section = {"key": f"{CITY}/sign.key", "directory": "nodes.toml"}
    async with running_office(tmp_path, sign=section, checkpoint={"seconds": 0}) as office:
        running, tree = office.running, office.running.kit.tree
        rows = running.rows(select(tree))
        assert [(row.origin, row.through) for row in rows] == [(origin_of(CITY, CITY, "supervision"), None)]
        assert office.emitted(EpochBegun) == [] and running.head()[0] > rows[0].size

        [last] = running.entries(running.head()[0] - 1, 1)
        lost = replace(last, seq=last.seq + 5)
        await running.do(lambda tx: begin_epoch(tx, "supervision", lost, [], {}))
        await came(office)
        await sign_own(running)

        begun = lost.seq + 1
        made = [(e.origin.partition("supervision")[2], e.from_size) for e in office.emitted(CheckpointMade)]
        assert made == [("", 0), (f"/{begun}/{rows[0].size + 1}", 0), (f"/{begun}", 0)]
        notes = [row.note for row in running.rows(select(running.kit.checkpoint))]
        judged = judge(running.entries(0, 1000), Known({}, notes, running.around.directory.all))
        assert [f.seq for f in judged.faults] == [begun] and judged.signed_up_to > begun
