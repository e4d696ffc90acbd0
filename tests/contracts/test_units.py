"""The units of systemd: what it understands, and what every process of Yifa may and may not."""

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from services.node.up import ROOT

UNITS = ROOT / "infra" / "systemd"
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "CapabilityBoundingSet": "",
    "UMask": "0077",
    "User": "yifa",
    "Restart": "on-failure",
}


def read(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(path)
    return parser


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
def test_systemd_takes_the_units_without_a_word(tmp_path: Path) -> None:
    """What it does not know it ignores and says so, and still ends with nought: any word is a fault."""
    shutil.copytree(UNITS, tmp_path / "units")
    programs = Path(sys.executable).parent
    for unit in (tmp_path / "units").glob("*.service"):
        unit.write_text(unit.read_text().replace("/opt/yifa/.venv/bin", str(programs)))
    names = [u.name.replace("@", "@huanbao") for u in sorted((tmp_path / "units").glob("*.service"))]

    told = subprocess.run(
        ["systemd-analyze", "verify", *(tmp_path / "units" / name for name in names)],
        capture_output=True,
        text=True,
        check=False,
        env={"SYSTEMD_UNIT_PATH": f"{tmp_path / 'units'}:"},
    )

    assert (told.returncode, told.stdout + told.stderr) == (0, "")
    assert len(names) == 5


def test_every_process_is_fenced_in() -> None:
    common = read(UNITS / "yifa-.service.d" / "hardening.conf")["Service"]

    assert {key: common.get(key) for key in HARDENED} == HARDENED
    for unit in UNITS.glob("*.service"):
        told = read(unit)
        assert not set(HARDENED) & set(told["Service"]), f"{unit.name} takes back what holds for all"
        assert told["Service"]["MemoryMax"], unit.name
        if "alert" not in unit.name:
            assert told["Unit"]["OnFailure"] == "yifa-alert@%n.service", unit.name
