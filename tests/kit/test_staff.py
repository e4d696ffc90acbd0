"""The list of who may sign in at a node, and what a node that lets anybody be anybody has to be."""

from pathlib import Path

import pytest

from services.kit.accounts.staff import Staff
from services.kit.settings import BadSettings, Settings

GOOD = '[[staff]]\nsubject = "unit-1"\nname = "某人"\nroles = ["UNIT_HEAD"]\nlogin = "u1"\n'


def settings(folder: Path, access: str, listen: str = "127.0.0.1:8620", staff: str = GOOD) -> Settings:
    (folder / "staff.toml").write_text(staff)
    file = folder / "node.toml"
    file.write_text(
        f'[node]\nid = "huanbao"\nkind = "department"\ncity = "city"\n[grpc]\nlisten = "{listen}"\n[access]\n{access}'
    )
    return Settings.load(file)


@pytest.mark.parametrize("said", ["services = true", "services = [7]", "title_zh = 2026-01-02"])
def test_what_a_nodes_file_says_is_of_its_kind(tmp_path: Path, said: str) -> None:
    file = tmp_path / "node.toml"
    file.write_text(f'[node]\nid = "huanbao"\nkind = "department"\ncity = "city"\n{said}\n')

    with pytest.raises(BadSettings, match=said.partition(" ")[0]):
        Settings.load(file)


@pytest.mark.parametrize("listen", ["0.0.0.0:8620", "[::]:8620", "10.1.2.3:8620", "yifa.example.gov.cn:8620"])
def test_personas_are_for_one_machine_only(tmp_path: Path, listen: str) -> None:
    """A node that others reach does not start with them."""
    personas = 'staff = "staff.toml"\npersonas = true\n'

    with pytest.raises(BadSettings, match="loopback"):
        Staff.of(settings(tmp_path, personas, listen))
    assert Staff.of(settings(tmp_path, personas)).personas
    assert not Staff.of(settings(tmp_path, 'staff = "staff.toml"\n', listen)).personas


@pytest.mark.parametrize(
    "wrong",
    [
        GOOD.replace("UNIT_HEAD", "NO_SUCH"),
        GOOD.replace('["UNIT_HEAD"]', "[]"),
        GOOD.replace('["UNIT_HEAD"]', '"UNIT_HEAD"'),
        GOOD.replace('"unit-1"', '" unit-1"'),
        GOOD.replace('"unit-1"', "7"),
        GOOD.replace("某人", "某\\u202e人"),
        GOOD.replace("subject", "subjekt"),
        "[[staff]",
        "",
    ],
)
def test_a_wrong_list_is_named(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(BadSettings, match=r"staff\.toml"):
        Staff.of(settings(tmp_path, 'staff = "staff.toml"\n', staff=wrong))


def test_who_is_struck_off_the_list_is_nobody_at_the_next_sign_in(tmp_path: Path) -> None:
    staff = Staff.of(settings(tmp_path, 'staff = "staff.toml"\n'))
    found = staff.who("u1")
    assert found is not None and found.roles == ("UNIT_HEAD",) and staff.who("unit-1") is None

    (tmp_path / "staff.toml").write_text("staff = []\n")

    assert staff.who("u1") is None
