"""The list of all that lies in the file of a party (当事人案卷目录), as a workbook or as a PDF."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1 import party_file_pb2 as pb

from services.kit.paper.said import day
from services.kit.paper.template import Shelf
from services.kit.paper.typesetter import Manuscript, Typesetter, typesetter
from services.kit.view import Feed
from services.law.calendar import SHANGHAI
from services.law.moment import micros, moment_of
from services.law.procedures.public_text import PARTIES

SHELF = Shelf(Path(__file__).parent / "templates", ("party_contents",))
TITLE = "当事人案卷目录"
TITLES = ("卷次", "件次", "类别", "题名", "文号、编号", "日期", "卷别", "SHA-256", "办理机关", "档号")
VOLUMES = {
    pb.PARTY_VOLUME_KIND_CASE: "行政处罚案件",
    pb.PARTY_VOLUME_KIND_INSPECTION: "行政检查",
    pb.PARTY_VOLUME_KIND_VISIT: "非检查入企活动",
    pb.PARTY_VOLUME_KIND_PERMIT: "行政许可",
    pb.PARTY_VOLUME_KIND_PAST_PENALTY: "以往处罚",
}
ITEMS = {
    pb.PARTY_ITEM_KIND_RECORD: "办理记录",
    pb.PARTY_ITEM_KIND_PAPER: "文书",
    pb.PARTY_ITEM_KIND_EVIDENCE: "证据",
    pb.PARTY_ITEM_KIND_FILE: "文件",
    pb.PARTY_ITEM_KIND_CORRECTION: "责令改正",
    pb.PARTY_ITEM_KIND_MEASURE: "强制措施",
    pb.PARTY_ITEM_KIND_ENFORCEMENT: "强制执行",
    pb.PARTY_ITEM_KIND_REGISTRATION: "先行登记保存",
    pb.PARTY_ITEM_KIND_REFERRAL: "涉罪移送",
    pb.PARTY_ITEM_KIND_COURT: "申请法院执行",
    pb.PARTY_ITEM_KIND_PAYMENT: "缴款",
    pb.PARTY_ITEM_KIND_CREDIT_REPAIR: "信用修复",
    pb.PARTY_ITEM_KIND_ARCHIVED: "已归档材料",
}
PIECE = 64 * 1024
PAGE = 50
Pages = Callable[[int, str], Any]


class Piece(NamedTuple):
    """A piece of a list; its name comes with the first."""

    name: str = ""
    data: bytes = b""


async def written(pages: Pages, feed: Feed, *, xlsx: bool) -> AsyncIterator[Piece]:
    """The list in pieces. `pages(size, token)` reads one page of the file. Raises NotSet."""
    file, volumes = await asyncio.to_thread(_all, pages)
    if xlsx:
        content = await asyncio.to_thread(workbook, file, volumes)
    else:
        content = await printed(said(file, volumes, feed), feed)
    yield Piece(name=f"{TITLE} {file.name}.{'xlsx' if xlsx else 'pdf'}".replace("/", "_"))
    for at in range(0, len(content), PIECE):
        yield Piece(data=content[at : at + PIECE])


def _all(pages: Pages) -> tuple[pb.PartyFile, list[pb.PartyVolume]]:
    """The whole file, page after page."""
    found = pages(PAGE, "")
    file, volumes = found.file, list(found.volumes)
    while found.next_page_token:
        found = pages(PAGE, found.next_page_token)
        volumes += found.volumes
    return file, volumes


def _day(at: Timestamp) -> str:
    return f"{moment_of(at).astimezone(SHANGHAI):%Y-%m-%d}" if at.seconds else ""


def _lines(volumes: list[pb.PartyVolume]) -> Iterator[tuple[str, ...]]:
    """A line for each volume, and one for each thing in it."""
    for v in volumes:
        kind, began = VOLUMES.get(v.kind, ""), _day(v.begin_time)
        yield str(v.position), "", kind, v.title, v.number, began, "", "", v.body_name, v.archive_number
        for each in v.items:
            amount = f"（{each.amount.fen / 100:.2f}元）" if each.HasField("amount") else ""
            yield (
                str(v.position),
                str(each.position),
                ITEMS.get(each.kind, ""),
                each.title + amount,
                each.number,
                _day(each.time),
                "副卷" if each.side else "",
                each.sha256.hex(),
                "",
                "",
            )


def workbook(file: pb.PartyFile, volumes: list[pb.PartyVolume]) -> bytes:
    """One sheet: who it is, then volume by volume what lies there."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        plain = {"valign": "vcenter", "border": 1, "text_wrap": True, "num_format": "@"}
        text, head = (
            book.add_format(plain),
            book.add_format({**plain, "bold": True, "align": "center", "bg_color": "#eeeeee"}),
        )
        sheet = book.add_worksheet("目录")
        sheet.write_string(0, 0, TITLE, book.add_format({"bold": True, "font_size": 16}))
        sheet.write_string(1, 0, "　".join(filter(None, (file.name, file.number, f"共{file.volumes}卷"))))
        for n, title in enumerate(TITLES):
            sheet.write_string(2, n, title, head)
        for n, width in enumerate((6, 6, 14, 40, 26, 12, 8, 30, 24, 20)):
            sheet.set_column(n, n, width)
        sheet.freeze_panes(3, 0)
        for n, line in enumerate(_lines(volumes), 3):
            for column, value in enumerate(line):
                sheet.write_string(n, column, value, text)
    return out.getvalue()


def said(file: pb.PartyFile, volumes: list[pb.PartyVolume], feed: Feed) -> dict[str, Any]:
    """What the paper says."""
    return {
        "paper": {"kind": "party_contents", "title": TITLE, "number": "", "day": day(feed.now)},
        "body": {"name": "", "in_name_of": ""},
        "party": {
            "name": file.name,
            "kind": PARTIES.get(file.kind, ""),
            "number": file.number,
            "former": "、".join(file.former_names),
            "volumes": file.volumes,
        },
        "volumes": [_volume(v) for v in volumes],
        "at": micros(feed.now) // 1_000_000,
    }


def _volume(v: pb.PartyVolume) -> dict[str, Any]:
    return {
        "position": v.position,
        "kind": VOLUMES.get(v.kind, ""),
        "title": v.title,
        "number": v.number,
        "body": v.body_name,
        "name": v.party_name,
        "begin": _day(v.begin_time),
        "end": _day(v.end_time),
        "archive": v.archive_number,
        "pages": v.pages,
        "kept": _day(v.kept_until),
        "items": [
            {
                "position": i.position,
                "kind": ITEMS.get(i.kind, ""),
                "title": i.title,
                "number": i.number,
                "day": _day(i.time),
                "side": "副卷" if i.side else "",
                "digest": i.sha256.hex()[:16],
            }
            for i in v.items
        ],
    }


async def printed(told: dict[str, Any], feed: Feed) -> bytes:
    """The file (PDF/A). Raises NotSet."""
    data = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
    mark, settings = sha256(data).hexdigest(), feed.around.settings
    async with aclosing(typesetter(settings) if settings else Typesetter()) as setter:
        files = SHELF.files(None, "party_contents")
        return await setter.set(Manuscript(files, "party_contents.typ", data, mark, mark, told["at"]))
