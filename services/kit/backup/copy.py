"""A copy of nodes, made while they run: consistent across their services, and incremental."""

import os
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, MetaData, inspect, select, text

from services.kit import journal
from services.kit.backup.manifest import Database, Kept, Manifest, NodeCopy, unpacked
from services.kit.backup.moment import Held, at_one_moment
from services.kit.backup.named import APART, IN_BUCKET, named_files, path_from, seal_files, seal_folder
from services.kit.backup.store import Altered, Archive, Folder
from services.kit.disk import Disk
from services.kit.files import files_of
from services.kit.migrate import KIT_VERSIONS, VERSIONS
from services.kit.settings import Settings
from services.kit.store import kit_tables
from services.kit.time import wall

MOST_FAULTS = 20
Tell = Callable[[str], None]
KIT = kit_tables(MetaData())


@dataclass
class Made:
    """What came of it: the copy, how much of it was new, what was let go of."""

    manifest: Manifest
    new: int = 0
    new_bytes: int = 0
    dropped: list[str] = field(default_factory=list)


def copy_nodes(
    nodes: Sequence[Settings], store: Folder | Archive, tell: Tell = lambda said: None, *, keep: int = 0
) -> Made:
    """Copy nodes as they are now. With `keep`, only so many copies stay in the folder. Raises BadCopy, BadSettings."""
    urls = {(s.node, name): s.database(name) for s in nodes if s.kind != "hub" for name in s.services}
    with store.alone(), TemporaryDirectory(prefix="yifa-backup-", dir=_near(store)) as scratch:
        with at_one_moment(urls) as held:
            now = wall()
            parts = {node.node: databases(node, held, store, Path(scratch), tell) for node in nodes}
        copies = [_copy(node, store, parts[node.node], tell) for node in nodes]
        made = Made(Manifest(_name(store, now), now.isoformat(timespec="seconds"), copies))
        store.finish(made.manifest.name, made.manifest.packed())
        if keep and isinstance(store, Folder):
            made.dropped = let_go(store, keep)
    return made


def copy_seal_keys(nodes: Sequence[Settings], store: Folder | Archive) -> Made:
    """Copy the keys of what is sealed, and nothing else. Raises BadCopy."""
    with store.alone():
        now = wall()
        copies = [
            NodeCopy(
                s.node, s.kind, s.path.name, [_kept(s, store, what, file) for what, file in seal_files(s)]
            )
            for s in nodes
        ]
        made = Made(Manifest(_name(store, now), now.isoformat(timespec="seconds"), copies))
        store.finish(made.manifest.name, made.manifest.packed())
    return made


def databases(
    settings: Settings,
    held: Mapping[tuple[str, str], Held],
    store: Folder | Archive,
    scratch: Path,
    tell: Tell,
) -> list[Database]:
    """The databases of a node as of the moment, each read through: its journal has to follow from its beginning."""
    found = []
    for (node, service), its in held.items():
        if node != settings.node:
            continue
        tell(f"{node}/{service}")
        saved = scratch / f"{node}.{service}"
        its.save(saved)
        saved.chmod(0o600)
        with its.read(saved) as connection:
            facts = facts_of(connection, node, service)
        digest, size = store.put(saved, ours=True)
        saved.unlink()
        found.append(Database(service, its.form, digest, size, **facts))
    return found


def facts_of(connection: Connection, node: str, service: str) -> dict[str, Any]:
    """What a manifest says of a database."""
    [head] = connection.execute(select(KIT.head.c.seq, KIT.head.c.hash)).all()
    seq, digest = int(head.seq), bytes(head.hash)
    last = (0, journal.GENESIS)
    faults: list[str] = []
    while entries := journal.read(connection, KIT.journal, node, service, last[0]):
        _, found = journal.verify(entries, last)
        faults += (f"{fault.seq}: {fault.what}" for fault in found)
        last = entries[-1].seq, entries[-1].hash
    if last != (seq, digest):
        faults.append(f"{seq}: the journal ends with entry {last[0]}, and its head says otherwise")
    tables = inspect(connection).get_table_names()
    marked = [name for name in (KIT_VERSIONS, VERSIONS) if name in tables]
    versions = {
        name: str(connection.execute(text(f"SELECT version_num FROM {name}")).scalar_one())  # noqa: S608 - one of two constants
        for name in marked
    }
    places = connection.execute(select(KIT.position)).all()
    return {
        "revisions": versions,
        "seq": seq,
        "head": digest.hex(),
        "faults": faults[:MOST_FAULTS],
        "positions": {row.source: [row.position, row.event_id] for row in places},
    }


def _copy(settings: Settings, store: Folder | Archive, its: list[Database], tell: Tell) -> NodeCopy:
    copy = NodeCopy(settings.node, settings.kind, settings.path.name, databases=its)
    tell(f"{settings.node}: 设置与密钥 settings and keys")
    apart = seal_folder(settings).resolve()
    named = {file.resolve(): what for what, file in named_files(settings)}
    copy.files.extend(
        _kept(settings, store, what, file)
        for file, what in named.items()
        if not file.is_relative_to(apart) and file.suffix != ".new"
    )
    if any(True for _ in seal_files(settings)):
        copy.apart.append(APART)
    held = files_of(settings).held if settings.kind != "hub" else None
    if isinstance(held, Disk):
        tell(f"{settings.node}: 案卷文件 files of cases")
        evidence(settings, held, store, copy)
    elif held is not None:
        copy.apart.append(IN_BUCKET)
    return copy


def evidence(settings: Settings, held: Disk, store: Folder | Archive, copy: NodeCopy) -> None:
    """The files of cases, each by its hash; what the store has already is not read again. One that was altered is named."""
    for name in sorted(held.names()):
        file = held.place(name)
        try:
            digest, size = store.put(file, name.hex())
        except FileNotFoundError:  # swept since it was listed: no record needs it
            continue
        except Altered:
            copy.damaged.append(path_from(settings.path.parent, file))
            continue
        copy.files.append(Kept(path_from(settings.path.parent, file), "evidence", digest, size))


def _kept(settings: Settings, store: Folder | Archive, what: str, file: Path) -> Kept:
    digest, size = store.put(file)
    mode = stat.S_IMODE(os.stat(file).st_mode)
    return Kept(path_from(settings.path.parent, file), what, digest, size, mode)


def let_go(store: Folder, keep: int) -> list[str]:
    """Only the newest copies stay, and what they need."""
    names = store.names()
    gone = names[:-keep]
    for name in gone:
        store.drop(name)
    needed = objects_of(unpacked(store.manifest(name), name) for name in names[-keep:])
    store.sweep(needed)
    return gone


def objects_of(manifests: Iterable[Manifest]) -> set[str]:
    return {digest for manifest in manifests for node in manifest.nodes for digest in node.objects}


def _name(store: Folder | Archive, now: datetime) -> str:
    """The moment, and a number where two fall into one second."""
    name = f"{now:%Y%m%dT%H%M%SZ}"
    if not isinstance(store, Folder):
        return name
    known = set(store.names())
    numbered = (f"{name}-{number:02d}" for number in range(2, 100))
    return name if name not in known else next(each for each in numbered if each not in known)


def _near(store: Folder | Archive) -> Path:
    """Where databases are written out at first: the disk on which they stay."""
    return store.path if isinstance(store, Folder) else store.path.parent
