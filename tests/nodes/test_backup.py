"""A copy of nodes that run: as of one moment, incremental, checked through; put back only where it is whole and nobody works."""

import asyncio
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from services.kit.backup.broken_off import beginning
from services.kit.backup.copy import Made, copy_nodes, copy_seal_keys
from services.kit.backup.manifest import BadCopy, Manifest, unpacked
from services.kit.backup.restore import restore
from services.kit.backup.store import Archive, Folder, store_at
from services.kit.files import files_of
from services.kit.node import Node
from services.kit.settings import Settings
from services.node.serve import service
from tests.city import City, rid
from tests.database import asked
from tests.memory import disk_beside

NODE = "huanbao"


def of(city: City, *nodes: str) -> list[Settings]:
    return [Settings.load(city.plan.settings(node)) for node in nodes or (NODE, "city", "hub")]


def hand_in(city: City, tmp_path: Path) -> Path:
    """A file of a case, as the department holds it."""
    part = tmp_path / "part"
    part.write_bytes(rid().encode() * 1000)
    part.chmod(0o600)
    held: Any = files_of(of(city, NODE)[0]).held
    digest = sha256(part.read_bytes()).digest()
    held.keep(part, digest)
    place: Path = held.place(digest)
    return place


async def made(city: City, to: Path, *nodes: str, **more: Any) -> Made:
    return await asyncio.to_thread(copy_nodes, of(city, *nodes), store_at(to), **more)


def rows(file: Path, statement: str) -> list[Any]:
    return asked(file, statement)


def objects(folder: Path) -> dict[str, os.stat_result]:
    return {file.name: file.stat() for file in (folder / "objects").glob("??/*")}


def put_back(folder: Path, into: Path, name: str = "", *nodes: str) -> Manifest:
    store = store_at(folder)
    name = name or store.names()[-1]
    manifest = unpacked(store.manifest(name), name)
    wanted = [node for node in manifest.nodes if node.node in nodes or not nodes]
    restore(store, manifest, wanted, into, service)
    return manifest


async def test_a_copy_is_of_one_moment_while_all_write(city: City, tmp_path: Path) -> None:
    """No service of the copy has heard what the other one of the copy has not said; each journal follows from its beginning."""
    await city.body()
    writing = asyncio.create_task(write_on(city))
    try:
        for _ in range(3):
            manifest = (await made(city, tmp_path / "copies")).manifest
    finally:
        writing.cancel()
    put_back(tmp_path / "copies", tmp_path / "var")

    said = {(n.node, d.service): d for n in manifest.nodes for d in n.databases}
    assert {d for d in said} == {
        *((NODE, s) for s in ("registry", "enforcement", "notifications")),
        *(("city", s) for s in ("registry", "supervision", "notifications")),
    }
    assert all(d.faults == [] for d in said.values())
    for (node, name), its in said.items():
        file = tmp_path / "var" / node / f"{name}.db"
        [(seq, head)] = rows(file, "SELECT seq, hash FROM head")
        assert (seq, head.hex()) == (its.seq, its.head)
        for key, heard in rows(file, "SELECT key, seq FROM sender"):
            sender = said.get(tuple(key.split("/")[:2]))
            assert sender is None or heard <= sender.seq, f"{node}/{name} heard {key} {heard}"


@pytest.mark.of_sqlite("files that cannot be renamed onto another disk")
async def test_databases_with_a_disk_of_their_own_are_put_back_again(city: City, tmp_path: Path) -> None:
    """What is there is kept, and cannot be set aside by renaming it."""
    var, there = tmp_path / "var", tmp_path / "var" / NODE
    with tempfile.TemporaryDirectory(dir=disk_beside(tmp_path)) as disk:
        if os.stat(disk).st_dev == os.stat(tmp_path).st_dev:
            pytest.skip("no second disk here")
        await made(city, tmp_path / "copies", NODE)
        put_back(tmp_path / "copies", var, "", NODE)
        shutil.move(there, disk)
        there.symlink_to(Path(disk) / NODE)

        put_back(tmp_path / "copies", var, "", NODE)

        assert rows(there / "registry.db", "SELECT seq FROM head")
        assert [*var.glob(f"before_*/{NODE}/registry.db")], "the old one is kept"


async def write_on(city: City) -> None:
    while True:
        await city.body()


async def test_a_second_copy_adds_what_is_new_and_old_ones_are_let_go_of(city: City, tmp_path: Path) -> None:
    evidence, copies = hand_in(city, tmp_path), tmp_path / "copies"
    first = await made(city, copies, NODE)
    before = objects(copies)
    second = await made(city, copies, NODE)

    kept = before[evidence.name]
    assert kept.st_ino == evidence.stat().st_ino, "a link, where the disk is the same"
    assert objects(copies)[evidence.name].st_mtime_ns == kept.st_mtime_ns
    assert len(objects(copies)) <= len(before) + 3, "the databases, and nothing else"
    assert first.manifest.name != second.manifest.name
    third = await made(city, copies, NODE, keep=1)
    assert third.dropped == [first.manifest.name, second.manifest.name]
    assert set(objects(copies)) == set(third.manifest.nodes[0].objects)
    assert {oct(s.st_mode & 0o077) for n, s in objects(copies).items() if n != evidence.name} == {oct(0)}


async def test_keys_settings_layers_and_evidence_come_back(city: City, tmp_path: Path) -> None:
    """In one file. What is sealed has its keys apart."""
    evidence, seal = hand_in(city, tmp_path), city.plan.keys / NODE / "seal" / rid()
    seal.mkdir(parents=True)
    (seal / "a.key").write_bytes(bytes(32))
    await made(city, tmp_path / "one.tar", NODE, "hub")
    copy_seal_keys(of(city, NODE), store_at(tmp_path / "seal"))

    put_back(tmp_path / "one.tar", tmp_path / "var")

    there, back = city.plan.var, tmp_path / "var"
    for name in (
        f"{NODE}.toml",
        "hub.toml",
        f"nats/{NODE}.conf",
        f"keys/{NODE}/leaf.conf",
        "keys/hub/admin.nk",
        "keys/ca/ca.pem",
        "keys/issuers.json",
        f"keys/{NODE}/token.key",
        str(evidence.relative_to(there)),
    ):
        assert (back / name).read_bytes() == (there / name).read_bytes(), name
        assert (back / name).stat().st_mode & 0o777 == (there / name).stat().st_mode & 0o777, name
    assert not list(back.rglob("a.key"))
    put_back(tmp_path / "seal", back)
    assert list(back.rglob("a.key"))


@pytest.fixture
async def copies(city: City, tmp_path: Path) -> Path:
    await made(city, tmp_path / "copies", NODE)
    return tmp_path / "copies"


def faults(copies: Path) -> Iterator[tuple[str, Any]]:
    """What may be wrong with a copy, and what is said of it."""
    manifest = next((copies / "copies").glob("*.json"))
    largest = max((copies / "objects").glob("??/*"), key=lambda f: f.stat().st_size)
    kept, whole = manifest.read_text(), largest.read_bytes()
    newest = max(re.findall(r'"0\d{3}"', kept))

    def altered() -> None:
        largest.write_bytes(whole[:5000] + b"!" + whole[5001:])

    def rewritten(old: str, new: str, *, hashed: bool) -> None:
        said = kept.replace(old, new)
        assert said != kept
        manifest.write_text(said)
        if hashed:
            plain = json.loads(said)
            plain.pop("sha256")
            lines = json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True).encode()
            plain["sha256"] = sha256(lines).hexdigest()
            manifest.write_text(json.dumps(plain))

    def mended() -> None:
        manifest.write_text(kept)
        largest.write_bytes(whole)

    for what, break_ in (
        ("was altered", altered),
        ("is missing", largest.unlink),
        ("the manifest was altered", lambda: rewritten('"seq": ', '"seq": 1', hashed=False)),
        ("was written by a newer version", lambda: rewritten(newest, '"9999"', hashed=True)),
        ("was made by another version", lambda: rewritten('"format": 1', '"format": 2', hashed=True)),
    ):
        break_()
        yield what, None
        mended()


async def test_what_is_not_as_its_manifest_says_is_not_put_back(copies: Path, tmp_path: Path) -> None:
    for what, _ in faults(copies):
        with pytest.raises(BadCopy) as no:
            put_back(copies, tmp_path / "var")
        assert what in str(no.value) and any("一" <= c <= "鿿" for c in str(no.value)), no.value
        assert not (tmp_path / "var").exists(), what
    put_back(copies, tmp_path / "var")


@pytest.mark.of_sqlite("which stays the same; kit/test_postgres refuses it too")
async def test_a_node_at_work_is_not_replaced(city: City, copies: Path) -> None:
    before = (city.plan.var / NODE / "enforcement.db").stat().st_ino

    with pytest.raises(BadCopy, match=r"正在使用.*is in use"):
        put_back(copies, city.plan.var)

    assert (city.plan.var / NODE / "enforcement.db").stat().st_ino == before
    await city.body()


@pytest.mark.of_sqlite("which is kept; kit/test_postgres has the schema that is")
async def test_what_is_replaced_is_kept_and_a_half_restore_does_not_start(
    city: City, copies: Path, tmp_path: Path
) -> None:
    var = tmp_path / "var"
    put_back(copies, var)
    before = (var / NODE / "registry.db").stat().st_ino
    put_back(copies, var)

    assert [f.stat().st_ino for f in var.glob(f"before_*/{NODE}/registry.db")] == [before]
    with pytest.raises(KeyboardInterrupt), beginning(var, NODE, "20260101T000000Z"):
        raise KeyboardInterrupt
    with pytest.raises(BadCopy, match=r"恢复时中断.*broken off"):
        Node(Settings.load(var / f"{NODE}.toml"), [])
    put_back(copies, var)
    assert not (var / NODE / "restoring").exists()


async def test_altered_evidence_is_named_and_not_taken_for_good(city: City, tmp_path: Path) -> None:
    evidence = hand_in(city, tmp_path)
    good = evidence.read_bytes()
    evidence.unlink()
    evidence.write_bytes(good[:-1] + b"?")
    try:
        done = await made(city, tmp_path / "copies", NODE)
    finally:
        evidence.write_bytes(good)

    assert done.manifest.nodes[0].damaged == [str(evidence.relative_to(city.plan.var))]
    assert isinstance(store_at(tmp_path / "x.tar"), Archive) and isinstance(store_at(tmp_path), Folder)
