"""Papers that were issued are set in type beside the writer, and their files kept; after a restart those that are left.

[papers] of the node's file: `templates` is the city's own folder, `fonts` are folders with fonts, `public` is the address that QR
codes lead to, and [papers.faces] names faces for title, body, hei, kai and song.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from services.kit.paper.row import FileRow, FormRow, PaperRow, TemplateRow
from services.kit.paper.said import day
from services.kit.paper.template import Shelf, hash_of
from services.kit.paper.typesetter import Manuscript, NotSet, Typesetter, typesetter
from services.kit.refusal import Busy, Full
from services.kit.service import Running
from services.kit.settings import Settings
from services.kit.tx import Tx
from services.law.moment import micros

log = logging.getLogger(__name__)
AT_ONCE = 20
PAUSE = 5.0
# Where much is written, not every commit is looked at by itself.
BREATH = 0.05


@dataclass(frozen=True)
class Press:
    """How the papers of a service are set: its tables, its templates, what each kind is called, and where the QR code of a paper
    leads, by the settings and the row.
    """

    paper: type[PaperRow]
    file: type[FileRow]
    template: type[TemplateRow]
    form: type[FormRow]
    shelf: Shelf
    titles: Mapping[str, str]
    link: Callable[[Settings, Any], str]

    async def set_papers(self, running: Running) -> None:
        """For ever."""
        settings, table = running.settings, self.paper.__table__  # type: ignore[attr-defined]
        waiting = select(table).where(table.c.ready.is_(False), table.c.problem == "")
        async with aclosing(typesetter(settings)) as setter:
            await self.take_up(running, setter, own_folder(settings))
            await running.do(self.try_again)
            while True:
                mark = running.mark
                try:
                    rows = running.rows(waiting.order_by(table.c.issue_time).limit(AT_ONCE))
                    for row in rows:
                        await self.set_one(running, setter, row)
                except (Busy, Full, DBAPIError) as problem:
                    log.warning("%s: papers wait: %s", running.title, problem)
                    rows = []
                if not rows:
                    await running.changed(PAUSE, mark)
                    await asyncio.sleep(BREATH)

    async def take_up(self, running: Running, setter: Typesetter, own: Path | None) -> None:
        """Let papers be set by the templates as they are now. One of the city's that does not set is told of and left out."""
        found, own_kinds = self.shelf.templates(own), self.shelf.replaced(own)
        shipped = self.shelf.templates(None) if own_kinds else found
        for kind in own_kinds:
            try:
                await setter.set(self.empty(kind, found[kind], running))
            except NotSet as wrong:
                log.error("%s: the template of %s is left out: %s", running.title, kind, wrong)
                found[kind] = shipped[kind]
        await running.do(partial(self.keep_templates, found=found))

    def keep_templates(self, tx: Tx, found: dict[str, bytes]) -> None:
        for kind, files in found.items():
            key = hash_of(files)
            if tx.find(self.template, key) is None:
                tx.add(self.template.new(template_hash=key, files=files))
            form = tx.find(self.form, kind) or tx.add(self.form.new(kind=kind, template_hash=key))
            form.template_hash = key

    def empty(self, kind: str, files: bytes, running: Running) -> Manuscript:
        """A paper of a record that holds nothing."""
        head = {"kind": kind, "title": self.titles[kind], "number": "", "day": day(running.now())}
        said = {
            "paper": head,
            "case_id": "",
            "case_number": "",
            "procedure": "",
            "body": {"name": "", "in_name_of": ""},
        }
        return Manuscript(json.loads(files), f"{kind}.typ", json.dumps(said).encode(), "0" * 64, "-", 0)

    def try_again(self, tx: Tx) -> None:
        """What could not be set may be set now: a font or a template came."""
        table = self.paper.__table__  # type: ignore[attr-defined]
        troubled: list[PaperRow] = tx.query(select(self.paper).where(table.c.problem != ""))
        for row in troubled:
            row.problem = ""

    async def set_one(self, running: Running, setter: Typesetter, row: Any) -> None:
        """Set a paper and keep its file, or why there is none."""
        files: Any = self.template.__table__  # type: ignore[attr-defined]
        [template] = running.rows(select(files.c.files).where(files.c.template_hash == row.template_hash))
        at = micros(row.issue_time) // 1_000_000
        main = f"{row.kind}.typ"
        link = self.link(running.settings, row)
        manuscript = Manuscript(json.loads(template.files), main, bytes(row.data), row.paper_id, link, at)
        content, problem = b"", ""
        try:
            content = await setter.set(manuscript)
        except NotSet as wrong:
            problem = str(wrong) or "unknown"
            log.error("%s: paper %s: %s", running.title, row.paper_id, problem)
        await running.do(partial(self.settle, paper_id=row.paper_id, content=content, problem=problem))

    def settle(self, tx: Tx, paper_id: str, content: bytes, problem: str) -> None:
        """Keep the file beside the record, by the hash of the paper; one that is kept already stays."""
        row = tx.get(self.paper, paper_id)
        row.ready, row.problem = bool(content), problem
        if content and tx.find(self.file, paper_id) is None:
            tx.add(self.file.new(paper_id=paper_id, content=content))


def own_folder(settings: Settings) -> Path | None:
    """The city's own templates."""
    named = settings.section("papers").get("templates", "")
    return settings.path.parent / named if named else None
