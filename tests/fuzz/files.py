"""Every reader of files from outside, with files that were damaged or made otherwise: read right, or refused in words.

A list of which the truth is known is written in each format, and something in it is made otherwise. Each line that is then
read says just what was written, or is reported with what is wrong; a damaged workbook is refused, or reads as it was.
"""

import io
import json
import shutil
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image

from services.cli.lists.exchange import read_columns as read_exchange
from services.cli.lists.penalties import read_columns
from services.cli.points import read_table as read_points
from services.cli.proving import proven_json
from services.console.thumbnail import thumbnail
from services.kit import directory
from services.kit.backup.manifest import Manifest, NodeCopy, unpacked
from services.kit.backup.store import store_at
from services.kit.checkpoint import proof
from services.kit.checkpoint.proof import BadProof
from services.kit.issuers import Issuers
from services.kit.settings import BadSettings, Settings
from services.node.failure import Failure
from services.registry.photo.picture import NoPhoto, cleaned
from tests.fuzz.damage import Found, Wrong, change, in_words, otherwise
from tests.fuzz.lists import Lists

DEEP = 200_000
"""So many brackets within each other."""


class Files(Lists):
    """Makes files and has them read."""

    def __init__(self, seed: int) -> None:
        self.rng, self.found = Random(seed), Found()
        self.folder = Path(tempfile.mkdtemp(prefix="files-"))
        lists = [self.workbook, self.ods, self.text, self.damaged, self.old, self.table]
        self.ways = [
            *lists,
            self.workbook,
            self.text,
            self.damaged,
            self.toml,
            self.toml,
            self.json,
            self.picture,
            self.archive,
        ]

    def run(self, files: int) -> Found:
        began = time.monotonic()
        try:
            for _ in range(files):
                self.one(self.rng.choice(self.ways))
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
        self.found.seconds += time.monotonic() - began
        return self.found

    def one(self, way: Callable[[], str]) -> None:
        self.found.files += 1
        try:
            said = way()
        except Exception as wrong:
            at = traceback.extract_tb(wrong.__traceback__)
            ours = [f for f in at if "/services/" in f.filename]
            where = (
                f"{ours[-1].filename.rpartition('/services/')[2]}:{ours[-1].lineno}"
                if ours and not isinstance(wrong, Wrong)
                else ""
            )
            self.found.fault(
                f"{way.__name__}: {where} {type(wrong).__name__} {str(wrong)[:160]}",
                traceback.format_exc()[-2500:],
            )
            return
        self.found.codes[f"{way.__name__} {said}"] += 1

    # Settings, keys, proofs ---------------------------------------------------------------------------

    def toml(self) -> str:
        rng, file = self.rng, self.folder / "x.toml"
        text, read, refusals = rng.choice(self.tomls())
        data = text.encode()
        way = rng.randrange(6)
        if way == 0:
            data = text.encode("gb18030", "replace") + "节点".encode("gb18030")
        elif way == 1:
            data = b"a = " + b"[" * DEEP
        elif way == 2:
            data = otherwise(rng, text).encode()
        elif way < 5:
            data = self.hurt(data)
        file.write_bytes(data)
        try:
            read(file)
        except refusals:
            return "refused"
        return "read"

    def tomls(self) -> list[tuple[str, Callable[[Path], Any], Any]]:
        key = directory.key_id_of(bytes(32))
        node = '[node]\nid = "a"\nkind = "city"\ncity = "a"\ntitle_zh = "甲"\nservices = ["registry"]\n[clock]\nfile = "clock"\n'
        keys = f'[[key]]\nnode = "a"\nid = "{key}"\npublic_key = "{"A" * 43}="\n' + HOLDS
        columns = '[[column]]\ntitle = "甲"\nvalue = "乙"\n'
        points = 'document = "x"\nsince = 2026-01-01\n[[cause]]\ncode = "1"\nname = "x"\npoints = 3\n'
        return [
            (node, Settings.load, BadSettings),
            (keys, directory.read, (BadSettings, OSError)),
            (columns, read_columns, Failure),
            (columns, read_exchange, Failure),
            (points, read_points, Failure),
        ]

    def json(self) -> str:
        rng, file = self.rng, self.folder / "x.json"
        which = rng.randrange(3)
        if which == 0:
            was = Manifest("20260101T000000Z", "x", [NodeCopy("a", "city", "a.toml")]).packed()
            data = self.json_otherwise(was)
            try:
                if unpacked(data, "x").packed() != was:
                    raise Wrong("a manifest that was altered is taken")
            except BadSettings as no:
                in_words(str(no))
                return "refused"
            return "read"
        if which == 1:
            data = self.json_otherwise(ISSUERS)
            file.write_bytes(data)
            try:
                Issuers(file)
            except BadSettings:
                return "refused"
            return "read"
        data = self.json_otherwise(PROOF)
        try:
            proven = proof.read(data.decode("utf-8", "replace"))
            proven_json(proven, known=False)
        except BadProof:
            return "refused"
        if not proven.faults:
            raise Wrong("a proof without signatures is good")
        return "read"

    def json_otherwise(self, data: bytes) -> bytes:
        rng = self.rng
        way = rng.randrange(5)
        if way == 0:
            return b'{"keys": ' + b"[" * DEEP
        if way < 3:
            return self.hurt(data)
        said = json.loads(data)
        for _ in range(rng.choice((1, 1, 2))):
            change(rng, said)
        text = proof.text_of(said) if rng.random() < 0.7 else json.dumps(said)
        return text.encode("utf-8", "replace")

    def picture(self) -> str:
        rng, out = self.rng, io.BytesIO()
        kind = rng.choice(("JPEG", "PNG", "GIF", "BMP", "WEBP"))
        modes = ("RGB", "L") if kind == "JPEG" else ("RGB", "L", "P")
        Image.new(rng.choice(modes), (rng.choice((99, 120, 300)), rng.choice((120, 2001)))).save(out, kind)
        data = self.hurt(out.getvalue()) if rng.random() < 0.8 else out.getvalue()
        if thumb := thumbnail(data):
            Image.open(io.BytesIO(thumb)).load()
        try:
            made, picture = cleaned(data)
        except NoPhoto as no:
            in_words(f"{no.zh} {no.en}")
            return "refused"
        if Image.open(io.BytesIO(picture)).format not in made.upper().replace("/", " "):
            raise Wrong("a photo is not of its kind")
        return "read"

    def archive(self) -> str:
        """A copy of nodes in one file."""
        file, part = self.folder / "c.tar", self.folder / "part"
        file.unlink(missing_ok=True)
        part.write_bytes(self.rng.randbytes(3000))
        store = store_at(file)
        with store.alone():
            digest, _ = store.put(part)
            store.finish("20260101T000000Z", Manifest("20260101T000000Z", "x", []).packed())
        file.write_bytes(self.hurt(file.read_bytes()))
        try:
            store = store_at(file)
            for name in store.names():
                unpacked(store.manifest(name), "x")
            with store.open(digest) as data:
                if data.read() != part.read_bytes():
                    return "read otherwise, which its hash tells"
        except BadSettings as no:
            in_words(str(no))
            return "refused"
        except FileNotFoundError:
            return "refused as lacking a part"
        return "read"


HOLDS = "from = 2026-01-01T00:00:00Z\nthrough = { registry = 3 }\n"
ISSUERS = json.dumps(
    {
        "keys": [{"kty": "OKP", "kid": "a.x", "node": "a", "x": "A" * 43, "until": 1.0}],
        "revoked": {"keys": [], "tokens": {"a": 1.0}, "people": {"a/b": 2.0}},
    }
).encode()
PROOF = proof.text_of(
    {
        "format": proof.FORMAT, "journal": "yifa/city/a/registry",
        "entry": {"seq": 1, "event_id": "E", "type": "t", "addressee": "all", "count": 1, "subject": "s", "at": 10**15,
                  "actor": "a",
                  "request_id": "r", "trace": "", "data": "AAAA", "prev_hash": "00" * 32},
        "index": 0, "path": [], "checkpoint": f"yifa/city/a/registry\n1\n{'A' * 43}=\n\n— yifa/city/a/registry {'A' * 90}==\n",
        "keys": [],
    }
).encode()  # fmt: skip
