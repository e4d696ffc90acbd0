"""What Yifa is made of: licences to be handed on with, no secret in the repository, tests that the threat model names."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from services.node.up import ROOT

SUPPLY = ROOT / "infra" / "supply"
LOCKS = ("requirements.lock", "requirements-sm.lock", "requirements-dev.lock")


def run(script: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SUPPLY / script), *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_all_that_is_installed_may_be_handed_on() -> None:
    done = run("sbom.py", "--check", *LOCKS)

    assert done.returncode == 0, done.stdout


def test_the_bill_of_materials_has_every_package_with_its_hashes() -> None:
    told = json.loads(run("sbom.py", LOCKS[0]).stdout)

    named = re.findall(r"^([A-Za-z0-9_.-]+)(?:\[.*\])?==", (ROOT / LOCKS[0]).read_text(), re.M)
    assert [c["name"] for c in told["components"]] == sorted(named)
    assert all(
        c["hashes"] and c["purl"] == f"pkg:pypi/{c['name']}@{c['version']}" for c in told["components"]
    )


def test_the_repository_keeps_no_secret() -> None:
    done = run("secret_scan.py")

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "secret",
    [
        "-----BEGIN EC PRIVATE KEY-----\n" + "MHcCAQEEIA" * 5,
        "SUA" + "MXY7" * 13 + "ABC",
        "postgresql://yifa:hunter2" + "secret@db.example/registry",
    ],
)
def test_what_is_a_secret_is_seen(secret: str, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / "settings.toml").write_text(f"first\n{secret}\n")
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    look = f"import sys; sys.path.append({str(SUPPLY)!r}); import secret_scan as s, pathlib; print(s.found_in(pathlib.Path('.')))"

    said = subprocess.run(
        [sys.executable, "-c", look], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout

    assert "settings.toml:2: " in said


def test_every_test_that_the_threat_model_names_is_there() -> None:
    folder, missing = Path(), []
    for name in re.findall(
        r"`((?:tests/)?[a-z_/]*(?:test_[a-z_]+\.py|tests/[a-z]+))`", (ROOT / "SECURITY.md").read_text()
    ):
        path = Path(name) if name.startswith("tests/") else folder / name
        folder = path.parent
        if not (ROOT / path).exists():
            missing.append(name)
    assert missing == []
