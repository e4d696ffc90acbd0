"""Files that people or other programs wrote: read whole, or refused with the reason in words."""

from pathlib import Path

import pytest

from services.kit import directory
from services.kit.backup.manifest import BadCopy
from services.kit.backup.store import store_at
from services.kit.issuers import Issuers
from services.kit.settings import BadSettings, Settings
from services.law.written import json_in, toml_in

NODE = '[node]\nid = "a"\nkind = "city"\ncity = "a"\ntitle_zh = "市司法局"\n'
DEEP = "[" * 200_000


def test_settings_in_another_encoding_are_refused_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(NODE, "gb18030")

    with pytest.raises(BadSettings, match=r"请另存为UTF-8.*save it as such"):
        Settings.load(tmp_path / "a.toml")


def test_what_is_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    toml, json = tmp_path / "a.toml", tmp_path / "a.json"
    toml.write_text(f"a = {DEEP}")
    json.write_text(DEEP)

    with pytest.raises(BadSettings):
        Settings.load(toml)
    with pytest.raises(BadSettings):
        directory.read(toml)
    with pytest.raises(BadSettings):
        Issuers(json)
    for read, text in ((toml_in, f"a = {DEEP}"), (json_in, DEEP)):
        with pytest.raises(ValueError, match="nested too deeply"):
            read(text)


@pytest.mark.parametrize("left", [100, 700, 1500, 3000])
def test_a_copy_that_is_cut_off_says_so(tmp_path: Path, left: int) -> None:
    (tmp_path / "part").write_bytes(b"x" * 4000)
    store = store_at(tmp_path / "a.tar")
    with store.alone():
        digest, _ = store.put(tmp_path / "part")
        store.finish("20260101T000000Z", b"{}")
    whole = (tmp_path / "a.tar").read_bytes()
    (tmp_path / "a.tar").write_bytes(whole[:left])

    with pytest.raises(BadCopy, match=r"备份.*cop"):
        again = store_at(tmp_path / "a.tar")
        again.names()
        again.open(digest)
