"""Papers that were issued are set in type beside the writer, and their files kept; after a restart those that are left.

[papers] of the node's file: `templates` is the city's own folder, `fonts` are folders with fonts, `public` is the address that QR
codes lead to, and [papers.faces] names faces for title, body, hei, kai and song.
"""

import asyncio
import json
import logging
from contextlib import aclosing
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from services.enforcement.paper.file import keep_file
from services.enforcement.paper.model import CasePaper, PaperForm, PaperTemplate
from services.enforcement.paper.record import day
from services.enforcement.paper.template import hash_of, replaced, templates
from services.enforcement.paper.typesetter import Manuscript, NotSet, Typesetter
from services.kit.refusal import Busy, Full
from services.kit.service import Running
from services.kit.settings import Settings
from services.kit.tx import Tx
from services.law.moment import micros
from services.law.numbering import check_character
from services.law.paper import PAPERS

log = logging.getLogger(__name__)
WAITING = (
    select(CasePaper).where(CasePaper.ready.is_(False), CasePaper.problem == "").order_by(CasePaper.issue_time)
)  # fmt: skip
AT_ONCE = 20
PAUSE = 5.0
# Where much is written, not every commit is looked at by itself.
BREATH = 0.05


async def set_papers(running: Running) -> None:
    """For ever."""
    settings = running.settings
    async with aclosing(typesetter(settings)) as setter:
        await take_up(running, setter, own_folder(settings))
        await running.do(try_again)
        while True:
            mark = running.mark
            try:
                rows = running.rows(WAITING.with_only_columns(*CasePaper.__table__.columns).limit(AT_ONCE))
                for row in rows:
                    await set_one(running, setter, row)
            except (Busy, Full, DBAPIError) as problem:
                log.warning("%s: papers wait: %s", running.title, problem)
                rows = []
            if not rows:
                await running.changed(PAUSE, mark)
                await asyncio.sleep(BREATH)


def own_folder(settings: Settings) -> Path | None:
    """The city's own templates."""
    named = settings.section("papers").get("templates", "")
    return settings.path.parent / named if named else None


def typesetter(settings: Settings) -> Typesetter:
    section = settings.section("papers")
    folders = tuple(str(settings.path.parent / folder) for folder in section.get("fonts", ()))
    return Typesetter(folders, {role: tuple(names) for role, names in section.get("faces", {}).items()})


async def take_up(running: Running, setter: Typesetter, own: Path | None) -> None:
    """Let papers be set by the templates as they are now. One of the city's that does not set is told of and left out."""
    found, own_kinds = templates(own), replaced(own)
    shipped = templates(None) if own_kinds else found
    for kind in own_kinds:
        try:
            await setter.set(empty(kind, found[kind], running))
        except NotSet as wrong:
            log.error("%s: the template of %s is left out: %s", running.title, kind, wrong)
            found[kind] = shipped[kind]
    await running.do(partial(keep_templates, found=found))


def keep_templates(tx: Tx, found: dict[str, bytes]) -> None:
    for kind, files in found.items():
        key = hash_of(files)
        if tx.find(PaperTemplate, key) is None:
            tx.add(PaperTemplate.new(template_hash=key, files=files))
        form = tx.find(PaperForm, kind) or tx.add(PaperForm.new(kind=kind, template_hash=key))
        form.template_hash = key


def empty(kind: str, files: bytes, running: Running) -> Manuscript:
    """A paper of a record that holds nothing."""
    head = {"kind": kind, "title": PAPERS[kind].zh, "number": "", "day": day(running.now())}
    said = {
        "paper": head,
        "case_id": "",
        "case_number": "",
        "procedure": "",
        "body": {"name": "", "in_name_of": ""},
    }
    return Manuscript(json.loads(files), f"{kind}.typ", json.dumps(said).encode(), "0" * 64, "-", 0)


def try_again(tx: Tx) -> None:
    """What could not be set may be set now: a font or a template came."""
    for row in tx.query(select(CasePaper).where(CasePaper.problem != "")):
        row.problem = ""


async def set_one(running: Running, setter: Typesetter, row: Any) -> None:
    """Set a paper and keep its file, or why there is none."""
    [template] = running.rows(
        select(PaperTemplate.files).where(PaperTemplate.template_hash == row.template_hash)
    )
    at = micros(row.issue_time) // 1_000_000
    main = f"{row.kind}.typ"
    manuscript = Manuscript(
        json.loads(template.files), main, bytes(row.data), row.paper_id, link_of(running.settings, row), at
    )
    content, problem = b"", ""
    try:
        content = await setter.set(manuscript)
    except NotSet as wrong:
        problem = str(wrong) or "unknown"
        log.error("%s: paper %s: %s", running.title, row.paper_id, problem)
    await running.do(partial(settle, paper_id=row.paper_id, content=content, problem=problem))


def settle(tx: Tx, paper_id: str, content: bytes, problem: str) -> None:
    row = tx.get(CasePaper, paper_id)
    row.ready, row.problem = bool(content), problem
    if content:
        keep_file(tx, paper_id, content)


def link_of(settings: Settings, row: Any) -> str:
    """Where the QR code of a paper leads: the page that checks it. Without an address it holds number and hash alone."""
    public = str(settings.section("papers").get("public", "")).rstrip("/")
    if not public:
        return f"{row.number} {row.paper_id}".strip()
    asked = {"n": row.number, "c": check_character(row.number)} if row.number else {}
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{public}/p/{settings.node}/{row.paper_id}{query}"
