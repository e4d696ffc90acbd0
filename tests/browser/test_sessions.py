"""Sessions outlast the console: on file, encrypted under what the browser alone has, and gone at once when they end."""

import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest

from services.console.accounts import sessions
from services.console.accounts.kept import sealed, unsealed
from services.console.app import Listening
from services.console.config import ConsoleConfig
from tests.browser.site import HIDDEN, NOBODY, SESSION, browsing, config_of, serving
from tests.city import City

TAKEN_FOR = 'action="/sign-out"'
"""On every page of who is signed in."""


def rows(config: ConsoleConfig, asked: str, *values: Any) -> list[Any]:
    db = sqlite3.connect(config.sessions)
    try:
        with db:
            return db.execute(asked, values).fetchall()
    finally:
        db.close()


async def signed_in(console: Listening, who: str = "oversight-1") -> str:
    async with browsing(console.url, who=NOBODY) as client:
        return await client.sign_in(who)


async def sees(console: Listening, session_id: str) -> bool:
    """Whether a browser with this cookie sees a page that is not for everybody."""
    async with browsing(console.url, who=NOBODY) as client:
        client.cookies.set(SESSION, session_id)
        answer = await client.get("/cases")
    assert answer.status_code in (200, 303), answer.text
    return answer.status_code == 200 and TAKEN_FOR in answer.text


async def test_a_console_that_starts_again_signs_nobody_out(city: City, tmp_path: Path) -> None:
    """The page that was open goes on as well: its form still counts. Who signed out stays out."""
    config = config_of(city, tmp_path)
    async with serving(config) as console:
        mine, gone = await signed_in(console), await signed_in(console, "registrar-1")
        async with browsing(console.url, who=NOBODY) as client:
            client.cookies.set(SESSION, mine)
            form = HIDDEN.search((await client.get("/cases")).text)
            assert form is not None
            client.forget(SESSION)
            client.cookies.set(SESSION, gone)
            assert (await client.post("/sign-out")).status_code == 303
        # the node knows the token no more; and the console nobody, at once
        assert [key for (key,) in rows(config, "SELECT key FROM session")] == [sessions.key_of(mine)]
        assert not await sees(console, gone)

    async with serving(config) as console:
        assert await sees(console, mine) and not await sees(console, gone)
        async with browsing(console.url, who=NOBODY) as client:
            client.cookies.set(SESSION, mine)
            client.proof = mine, form[1]
            assert (await client.post("/sign-out")).status_code == 303
        assert not await sees(console, mine)

    async with serving(config) as console:
        assert not await sees(console, mine)


async def test_the_file_gives_nobody_a_token(city: City, tmp_path: Path) -> None:
    """It is its owner's alone, whatever the process may be let to write, and holds nothing in clear."""
    config = config_of(city, tmp_path)
    async with serving(config) as console:
        mine, other = await signed_in(console), await signed_in(console, "registrar-1")
        modes = {file.name: file.stat().st_mode & 0o077 for file in tmp_path.glob("sessions.db*")}
        kept = {key: unsealed(mine, key, box) for key, box in rows(config, "SELECT key, box FROM session")}
        [held] = [each for each in kept.values() if each is not None]

    content = config.sessions.read_bytes()  # all is in the one file, once nobody has it open
    assert len(modes) == 3 and not any(modes.values())
    assert held["subject"] == "oversight-1"
    for secret in (held["token"], held["token"].rpartition(".")[2], mine, other, "oversight-1", held["name"]):
        assert secret.encode() not in content


async def test_a_cookie_that_is_forged_or_altered_is_nobodys(city: City, tmp_path: Path) -> None:
    config = config_of(city, tmp_path)
    async with serving(config) as console:
        mine = await signed_in(console)
        [(key,)] = rows(config, "SELECT key FROM session")
        altered = [
            mine[:-1] + ("A" if mine[-1] != "A" else "B"),
            ("A" if mine[0] != "A" else "B") + mine[1:],
            mine.swapcase(),
            f"{mine}=",
            key.hex(),
            "x" * 43,
            "' OR 1=1 --",
            "A" * 4000,
        ]
        assert [each for each in altered if await sees(console, each)] == []
        assert await sees(console, mine)


async def test_what_was_altered_in_the_file_opens_for_nobody(city: City, tmp_path: Path) -> None:
    """One's own session cannot be made another's by whoever may write there."""
    config = config_of(city, tmp_path)
    async with serving(config) as console:
        mine, head = await signed_in(console), await signed_in(console, "oversight-head-1")
        (one, box), (two, better) = rows(config, "SELECT key, box FROM session")
        for content in (better, box[:-1] + bytes([box[-1] ^ 1]), box[:5], b""):
            rows(config, "UPDATE session SET box = ? WHERE key = ?", content, one)
            rows(config, "UPDATE session SET box = ? WHERE key = ?", content[::-1], two)
            assert not await sees(console, mine) and not await sees(console, head)


async def test_a_session_ends_on_file_with_its_token_and_after_an_hour_of_nothing(
    city: City, tmp_path: Path
) -> None:
    config = config_of(city, tmp_path)
    async with serving(config) as console:
        idle, late = await signed_in(console), await signed_in(console, "registrar-1")
    key = sessions.key_of(late)
    [(box,)] = rows(config, "SELECT box FROM session WHERE key = ?", key)
    held = unsealed(late, key, box)
    assert held is not None
    over = sealed(late, key, held | {"expires": time.time() - 1})
    rows(config, "UPDATE session SET box = ? WHERE key = ?", over, key)
    long_ago = time.time() - sessions.IDLE - 1
    rows(config, "UPDATE session SET seen = ? WHERE key = ?", long_ago, sessions.key_of(idle))

    async with serving(config) as console:
        assert not await sees(console, idle) and not await sees(console, late)
        assert rows(config, "SELECT key FROM session") == []


async def test_there_are_no_more_sessions_than_may_be(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "MOST", 2)
    config = config_of(city, tmp_path)
    async with serving(config) as console:
        first, second, third = [await signed_in(console) for _ in range(3)]

        assert [await sees(console, each) for each in (first, second, third)] == [False, True, True]
        assert rows(config, "SELECT count(*) FROM session") == [(2,)]


async def test_without_a_file_that_can_be_used_people_sign_in_all_the_same(
    city: City, tmp_path: Path
) -> None:
    """One that is damaged is set aside; where none can be written, sessions are in memory, and end as they do elsewhere."""
    damaged, nowhere = config_of(city, tmp_path), config_of(city, tmp_path, sessions=tmp_path / "no" / "s.db")
    damaged.sessions.write_bytes(b"no database " * 1000)
    (tmp_path / "no").write_text("a file where a folder should be")
    for config in (damaged, nowhere):
        async with serving(config) as console:
            mine = await signed_in(console)
            assert await sees(console, mine)
            async with browsing(console.url, who=NOBODY) as client:
                client.cookies.set(SESSION, mine)
                await client.post("/sign-out")
            assert not await sees(console, mine)

    assert damaged.sessions.with_name("sessions.db.damaged").exists()
