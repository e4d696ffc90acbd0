"""What comes from elsewhere is shown on the terminal and not obeyed: neither its escapes nor its markup."""

import io
import json
import sys

import pytest
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from services.cli.__main__ import main
from services.cli.screen import ORDERS, Screen, say

HOSTILE = "\x1b]0;taken\x07\x1b[2J\x9b31mred\u202egnp.exe\r"


def shown(what: object) -> str:
    out = io.StringIO()
    Screen(file=out, width=200).print(what)
    return out.getvalue()


def grid() -> Table:
    table = Table(HOSTILE, title=HOSTILE)
    table.add_row(HOSTILE, Text(HOSTILE, "red"))
    return table


@pytest.mark.parametrize(
    "what", [HOSTILE, Text(HOSTILE), grid(), Panel(HOSTILE, title=HOSTILE), ["list", HOSTILE]]
)
def test_what_a_terminal_obeys_is_written_out(what: object) -> None:
    told = shown(what)

    assert not ORDERS.search(told), repr(told)
    assert "]0;taken" in told


def test_markup_is_text() -> None:
    assert shown("[red]名单[/red] [/x] [link=http://x]").strip() == "[red]名单[/red] [/x] [link=http://x]"


def test_json_says_the_same_without_what_a_terminal_obeys(capsys: pytest.CaptureFixture[str]) -> None:
    say(json.dumps({"title": HOSTILE, "名": "中文"}, ensure_ascii=False, indent=2))

    told = capsys.readouterr().out
    assert not ORDERS.search(told) and "中文" in told
    assert json.loads(told) == {"title": HOSTILE, "名": "中文"}


@pytest.mark.parametrize(
    "words",
    [
        ("verify", "[/x]"),
        ("work", "--node", "[/x]"),
        ("import", "officers", "[/x].csv"),
        ("cert", "check", "[/x]", "--key", "[/x]"),
        ("paper", "[/x]"),
        ("law", "due", "[/x]", "--from", "2026-01-01"),
        ("token", "[/x]"),
        ("report", "[/x]", "2026"),
        ("\x1b[2J[/x]",),
    ],
)
def test_an_argument_that_looks_like_markup_ends_in_words(
    words: tuple[str, ...],
    tmp_path: object,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("YIFA_VAR", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["yifa", *words])

    with pytest.raises(SystemExit) as ended:
        main()

    told = "".join(capsys.readouterr())
    assert ended.value.code not in (0, None) and told.strip()
    assert "Traceback" not in told and "\x1b[2J" not in told
