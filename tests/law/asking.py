"""Asking `yifa law` as a person does, and reading what it says."""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from services.cli.law.commands import app

# A market regulator of the example city: somebody whom every kind of clock binds.
BOUND = ("--layer", "example-city", "--sector", "market")


def yifa(*args: str) -> Result:
    """The commands of `yifa law` alone: all others would be read anew for each question, too."""
    return CliRunner().invoke(app, args)


def asked(*args: str) -> Any:
    """The JSON that a question is answered with."""
    result = yifa(*args, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def told_why(*args: str) -> str:
    """The one line, in both languages, with which a question is sent back."""
    result = yifa(*args)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    assert any("\u4e00" <= c <= "\u9fff" for c in line) and line.isascii() is False
    return line


def layer(folder: Path, name: str, kind: str, extends: str, days: int) -> Path:
    file = folder / f"{name}.toml"
    file.write_text(
        f'[layer]\nname = "{name}"\nkind = "{kind}"\nextends = "{extends}"\n'
        f'[statute.{name.upper()}-RULE]\ntitle_zh = "本地规定"\ntitle_en = "a rule of its own"\nshort_zh = "本地规定"\n'
        f'in_force = 2022-01-01\nlevel = "local"\n'
        f'["clock.PEN-27"]\nunit = "calendar_day"\n'
        f'values = [{{ since = 2022-01-01, value = {days}, law = "{name.upper()}-RULE" }}]\n'
    )
    return file
