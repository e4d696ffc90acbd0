"""Which files make up a node: its settings, and what they name."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from services.kit.settings import BadSettings, Settings

KEYS = (("nats", "nkey"), ("token", "key"), ("token", "issuers"), ("sign", "key"), ("tls", "key"))
"""Settings that name a key. All that lies beside it goes with it: the key's other half, a certificate, a link's own key."""
APART = "[seal] folder：密封密钥须另行备份（--seal-keys），the keys of what is sealed are copied apart from it (--seal-keys)"
IN_BUCKET = "[bucket]：案卷文件在对象存储中，the files of cases lie in the bucket"


def seal_folder(settings: Settings) -> Path:
    named: str = settings.section("seal").get("folder", f"seal/{settings.node}")
    return settings.path.parent / named


def named_files(settings: Settings) -> Iterator[tuple[str, Path]]:
    """What it is, and where: the settings, keys, layers of rules, and what `[backup] also` names. Raises BadSettings."""
    root = settings.path.parent
    yield "settings", settings.path
    folders = {(root / settings.section(s)[k]).parent for s, k in KEYS if k in settings.section(s)}
    for folder in sorted(folders):
        yield from (("key", file) for file in sorted(folder.iterdir()) if file.is_file())
    for name in settings.section("law").get("layers", ()):
        yield from (("layer", file) for file in _files(root / name))
    for name in _also(settings):
        if not (root / name).exists():
            raise BadSettings(f"{settings.path}: [backup] also names {name}, which is not there")
        yield from (("named", file) for file in _files(root / name))


def seal_files(settings: Settings) -> Iterator[tuple[str, Path]]:
    """The keys of what is sealed: they are kept apart from all else."""
    yield from (("seal", file) for file in _files(seal_folder(settings)))


def _also(settings: Settings) -> Iterable[Any]:
    also = settings.section("backup").get("also", ())
    if not isinstance(also, list | tuple) or not all(isinstance(each, str) for each in also):
        raise BadSettings(f"{settings.path}: [backup] also is a list of files or folders")
    return also


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from (file for file in sorted(path.rglob("*")) if file.is_file())
    elif path.exists():
        yield path


def path_from(root: Path, file: Path) -> str:
    """Where a file belongs: below the folder of the settings, or where it is if it lies elsewhere."""
    file = file.resolve()
    return str(file.relative_to(root)) if file.is_relative_to(root) else str(file)
