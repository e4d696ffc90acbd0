"""A report as a PDF, set in type beside the service as its papers are."""

import json
from contextlib import aclosing
from hashlib import sha256
from pathlib import Path
from typing import Any

from yifa.supervision.v1 import report_pb2 as pb

from services.kit.call import Surroundings
from services.kit.paper.said import day
from services.kit.paper.template import Shelf
from services.kit.paper.typesetter import Manuscript, Typesetter, typesetter
from services.law.moment import micros, moment_of
from services.law.yuan import figures

SHELF = Shelf(Path(__file__).parent / "templates", ("report",))


def said(report: pb.Report, office: str) -> dict[str, Any]:
    """What the paper says."""
    columns = [
        {
            "section": c.section_zh,
            "title": c.figure.title_zh,
            "part": bool(c.figure.within),
            "amount": c.figure.has_amount,
        }
        for c in report.columns
    ]
    lines = [{"title": line.title_zh, "values": [_value(v) for v in line.values]} for line in report.lines]
    return {
        "paper": {
            "kind": "report",
            "title": report.title_zh,
            "number": "",
            "day": day(moment_of(report.generate_time)),
        },
        "body": {"name": office, "in_name_of": ""},
        "law": report.citation.text_zh,
        "from": report.from_day,
        "until": report.until_day,
        "due": report.due_day,
        "note": report.note_zh,
        "left_out": report.left_out_total,
        "columns": columns,
        "lines": lines,
    }


def _value(value: pb.ReportValue) -> dict[str, Any]:
    return {"count": value.count, "amount": figures(value.amount.fen) if value.HasField("amount") else ""}


async def printed(report: pb.Report, around: Surroundings, office: str) -> bytes:
    """The file (PDF/A). Raises NotSet."""
    data = json.dumps(said(report, office), ensure_ascii=False, sort_keys=True).encode()
    files = SHELF.files(None, "report")
    mark = sha256(data).hexdigest()
    at = micros(moment_of(report.generate_time)) // 1_000_000
    async with aclosing(typesetter(around.settings) if around.settings else Typesetter()) as setter:
        return await setter.set(Manuscript(files, "report.typ", data, mark, mark, at))
