"""Signed heads of a department's journal in a running city: made, countersigned, and what its own node keeps of them."""

import asyncio
import re
import subprocess
import sys
from pathlib import Path

from sqlalchemy import select
from yifa.journal.v1.events_pb2 import CheckpointMade

from services.cli.proving import prove
from services.kit.checkpoint.keeping import sign_own, witness, witnesses
from services.kit.checkpoint.origin import origin_of, signatures_of
from services.kit.checkpoint.proof import by_known_keys
from services.kit.checkpoint.proof import read as read_proof
from services.kit.directory import Directory
from services.kit.directory import read as read_directory
from services.kit.note import parse
from tests.city import City

ROOT = Path(__file__).parents[2]


async def sign_all(city: City, node: str, service: str) -> CheckpointMade:
    """Every service signs its journal, and the others countersign this one's newest head: the event that told of it."""
    members = [member for each in city.nodes.values() for member in each.services]
    for member in members:
        await sign_own(member)
    mine = city.nodes[node].running(service)
    told = [e for e in mine.entries(0, 100_000) if e.type == CheckpointMade.DESCRIPTOR.full_name]
    newest = CheckpointMade.FromString(told[-1].data)
    others = {site.id for site in city.plan.sites} - {node}

    async def countersigned() -> bool:
        for member in members:
            if witnesses(member):
                await witness(member)
        return others <= heads(city, node, service).get((newest.origin, newest.size), set())

    await city.eventually(countersigned, deadline=60)
    return newest


def heads(city: City, node: str, service: str) -> dict[tuple[str, int], set[str]]:
    """The heads that a service keeps of its own journal: under which name, over how many entries, and who countersigned."""
    mine, keys = city.nodes[node].running(service), Directory(city.plan.directory).all
    table, whole = mine.kit.checkpoint, origin_of(city.plan.city.id, node, service)
    rows = mine.rows(select(table).where(table.c.origin.startswith(whole)))
    return {(row.origin, row.size): set(signatures_of(parse(row.note), keys).witnesses) for row in rows}


async def proved_offline(city: City, node: str, *seqs: int) -> None:
    """Entries of a department's enforcement, each by its file and the keys alone; with the program in the documentation, too."""
    keys, page = read_directory(city.plan.directory), (ROOT / "docs" / "proof.md").read_text("utf-8")
    [program] = re.findall(r"```python\n(.*?)```", page, re.S)
    for seq in seqs:
        text = await prove(city.plan, f"{node}/enforcement/{seq}")
        proven = read_proof(text)
        file = city.plan.var / "proof.json"
        file.write_text(text, "utf-8")
        await asyncio.to_thread(subprocess.run, [sys.executable, "-I", "-c", program, str(file)], check=True)
        assert (proven.entry.seq, proven.faults + by_known_keys(proven, keys)) == (seq, [])
        assert {name.rpartition("/")[2] for name in proven.witnesses} >= {"city"}
