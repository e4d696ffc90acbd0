"""Nodes put back from a copy: all that it holds is checked first, what is there is kept, and it is whole or begun again."""

import shutil
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from services.kit.backup import postgres
from services.kit.backup.broken_off import beginning, restored
from services.kit.backup.manifest import BadCopy, Database, Kept, Manifest, NodeCopy
from services.kit.backup.store import READ, Archive, Folder, poured
from services.kit.disk import make_folder
from services.kit.migrate import unknown_revisions
from services.kit.rebuild.beside import is_file, path_of
from services.kit.service import Service
from services.kit.settings import Settings
from services.kit.time import wall

Tell = Callable[[str], None]
OfName = Callable[[str], Service]
MOST_NAMED = 10
TRIES, PAUSE = 20, 0.1


@dataclass
class Restored:
    """A node that was put back: its copy, and under which names the old is kept."""

    copy: NodeCopy
    kept: list[str] = field(default_factory=list)


def check_copy(store: Folder | Archive, nodes: Sequence[NodeCopy], tell: Tell) -> None:
    """Read all that a copy holds. Raises BadCopy naming what is missing or is not what the manifest says."""
    wanted = {digest: size for node in nodes for digest, size in node.objects.items()}
    wrong = []
    for number, (digest, size) in enumerate(wanted.items()):
        if number % 100 == 0:
            tell(f"检查 checked {number}/{len(wanted)}")
        counted, length = sha256(), 0
        try:
            with store.open(digest) as source:
                while chunk := source.read(READ):
                    counted.update(chunk)
                    length += len(chunk)
        except OSError:
            wrong.append(f"{digest} 缺失 is missing")
            continue
        if counted.hexdigest() != digest or length != size:
            wrong.append(f"{digest} 已被改动 was altered")
    if wrong:
        named = {each.sha256: each.path for node in nodes for each in node.files}
        named |= {each.sha256: f"{node.node}/{each.service}" for node in nodes for each in node.databases}
        said = "; ".join(f"{named[w.split(' ')[0]]}: {w}" for w in wrong[:MOST_NAMED])
        raise BadCopy(
            f"备份与清单不符，未恢复；the copy is not what its manifest says, nothing was restored: {said}"
        )


def check_versions(nodes: Sequence[NodeCopy], of_name: OfName) -> None:
    """Raises BadCopy for a database that a newer version wrote: there is no way back from it."""
    for node in nodes:
        for its in node.databases:
            service = of_name(its.service)
            if unknown := unknown_revisions(its.revisions, service.metadata, service.migrations):
                raise BadCopy(
                    f"{node.node}/{its.service}：由更新版本的软件写入，was written by a newer version: {unknown}"
                )


def restore(
    store: Folder | Archive,
    manifest: Manifest,
    nodes: Sequence[NodeCopy],
    into: Path,
    of_name: OfName,
    tell: Tell = lambda said: None,
) -> list[Restored]:
    """Put nodes back below a folder. Broken off, the same call begins it again. Raises BadCopy before it changes anything."""
    check_versions(nodes, of_name)
    check_copy(store, nodes, tell)
    into = into.absolute()
    at = {node.node: settings_of(store, node, into) for node in nodes}
    for node in nodes:
        check_unused(node, at[node.node])
    now = wall()
    return [put_back(store, manifest, node, into, at[node.node], now, tell) for node in nodes]


def settings_of(store: Folder | Archive, node: NodeCopy, into: Path) -> Settings | None:
    """What the node's settings will say where it is put; None for a copy that has none."""
    kept = next((each for each in node.files if each.what == "settings"), None)
    if kept is None:
        return None
    with TemporaryDirectory() as folder, store.open(kept.sha256) as source:
        file = Path(folder) / Path(kept.path).name
        poured(source, file)
        said = Settings.load(file)
    return Settings(
        into / kept.path,
        said.node,
        said.kind,
        said.city,
        said.title_zh,
        said.title_en,
        said.services,
        said.sections,
    )


def check_unused(node: NodeCopy, settings: Settings | None) -> None:
    """Raises BadCopy while anybody has a database open that would be replaced."""
    if settings is None:
        return
    for its in node.databases:
        url = settings.database(its.service)
        if (its.form == "sqlite") != is_file(url):
            raise BadCopy(
                f"{node.node}/{its.service}：数据库种类不同，is of another kind of database: {its.form}"
            )
        if opened_by_others(url):
            raise BadCopy(
                f"{node.node}/{its.service}：正在使用，请先停止该节点；is in use, stop the node first: {url}"
            )


def opened_by_others(url: str) -> bool:
    """Whether anybody else has it open, also after a moment: a node that was just stopped is letting go."""
    for _ in range(TRIES):
        if not open_elsewhere(url):
            return False
        time.sleep(PAUSE)
    return True


def open_elsewhere(url: str) -> bool:
    if not is_file(url):
        return postgres.in_use(url)
    if not (path := path_of(url)).exists():
        return False
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=0.1)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.OperationalError:
        return True
    except sqlite3.DatabaseError:  # damaged: that is why it is replaced
        return False
    return False


def put_back(
    store: Folder | Archive,
    manifest: Manifest,
    node: NodeCopy,
    root: Path,
    settings: Settings | None,
    now: datetime,
    tell: Tell,
) -> Restored:
    """One node. It does not start before all of it is in place."""
    done = Restored(node)
    with beginning(root, node.node, manifest.name):
        keep = Keeping(root, now)
        for its in node.files:
            tell(f"{node.node}: {its.path}")
            put_file(store, its, root, keep)
        if settings is not None:
            put_databases(store, node, settings, keep, done, tell)
        for base in node.databases:
            restored(root, node.node, base.service, base.seq, base.head, manifest.name)
    done.kept += keep.said
    return done


class Keeping:
    """Where what is replaced goes: beside, under a name that says when."""

    def __init__(self, root: Path, now: datetime) -> None:
        self.now, self.root, self.folder = now, root, root / f"before_{now:%Y%m%d_%H%M%S}"
        self.said: list[str] = []

    def aside(self, file: Path) -> None:
        """Move a file out of the way, if it is there."""
        if not file.exists():
            return
        below = file.relative_to(self.root) if file.is_relative_to(self.root) else Path(*file.parts[1:])
        to = self.folder / below
        make_folder(to.parent)
        shutil.move(file, to)  # the databases may have a disk of their own
        if not self.said:
            self.said.append(str(self.folder))


def put_databases(
    store: Folder | Archive, node: NodeCopy, settings: Settings, keep: Keeping, done: Restored, tell: Tell
) -> None:
    for its in node.databases:
        tell(f"{node.node}/{its.service}")
        url = settings.database(its.service)
        if is_file(url):
            put_database(store, its, path_of(url), keep)
        elif schema := put_schema(store, its, url, keep.now):
            done.kept.append(f"{its.service}: {schema}")


def put_file(store: Folder | Archive, its: Kept, root: Path, keep: Keeping) -> None:
    """A file in its place. One that is there as it was is left; of another the old is kept."""
    place = root / inner(its.path)
    if place.exists() and place.stat().st_size == its.size and same(place, its.sha256):
        return
    make_folder(place.parent)
    part = place.with_name(f"{place.name}.restoring")
    with store.open(its.sha256) as source:
        poured(source, part, its.mode)
    keep.aside(place)
    part.replace(place)


def inner(path: str) -> Path:
    """Where a file is put: what lay outside of the folder of the settings comes below "elsewhere", for a person to place."""
    parts = [part for part in Path(path).parts if part not in ("/", "..")]
    return Path("elsewhere", *parts) if Path(path).is_absolute() or ".." in Path(path).parts else Path(path)


def same(file: Path, digest: str) -> bool:
    with file.open("rb") as source:
        counted = sha256()
        while chunk := source.read(READ):
            counted.update(chunk)
    return counted.hexdigest() == digest


def put_database(store: Folder | Archive, its: Database, place: Path, keep: Keeping) -> None:
    make_folder(place.parent)
    part = place.with_name(f"{place.name}.restoring")
    with store.open(its.sha256) as source:
        poured(source, part)
    for more in ("-wal", "-shm", ""):
        keep.aside(place.with_name(place.name + more))
    part.replace(place)


def put_schema(store: Folder | Archive, its: Database, url: str, now: datetime) -> str:
    with TemporaryDirectory() as folder, store.open(its.sha256) as source:
        file = Path(folder) / its.service
        poured(source, file)
        return postgres.put_back(url, file, now)
