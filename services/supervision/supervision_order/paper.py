"""The papers of supervision: written down as they are issued, set in type beside the writer (ASR 27–29, 31–33)."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Index
from yifa.supervision.v1 import supervision_order_pb2 as pb

from services.kit.paper.link import link_of
from services.kit.paper.row import FileRow, FormRow, PaperRow, TemplateRow
from services.kit.paper.said import Plain, canonical, day, identity, part, plain
from services.kit.paper.setting import Press
from services.kit.paper.template import Shelf
from services.kit.refusal import Busy
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.numbering import check_character
from services.supervision.row import Row


class OrderPaper(Row, PaperRow, table=True):
    """A paper that was issued of a matter. `serial`: how many papers of it came before."""

    __table_args__ = (Index("orderpaper_order", "order_id", "serial"),)

    order_id: str
    serial: int


class OrderPaperFile(Row, FileRow, table=True):
    """The file of a paper (PDF/A)."""


class OrderPaperTemplate(Row, TemplateRow, table=True):
    """A template of the papers."""


class OrderPaperForm(Row, FormRow, table=True):
    """The template that papers of a kind are set by now."""


class Kind(NamedTuple):
    """A kind of paper: its titles, the field of the record that it tells of (the last of several), and whose it is."""

    zh: str
    en: str
    tells: str
    government: bool = False


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "urging_letter": Kind("行政执法监督督办函", "Urging letter", "document"),
        "supervision_opinion": Kind("行政执法监督意见书", "Supervision opinion", "document"),
        "supervision_decision": Kind(
            "行政执法监督决定书", "Supervision decision", "document", government=True
        ),
        "supervision_circular": Kind("行政执法监督情况通报", "Circular of supervision", "circulated"),
        "person_proposal": Kind("行政执法人员处理建议书", "Proposal on an officer", "person_proposals"),
        "commission_transfer": Kind("问题线索移送函", "Transfer of a clue", "transfers"),
    }
)


def issue(tx: Tx, order: pb.SupervisionOrder, kind: str, number: str) -> None:
    """Issue a paper as the record says. Raises Busy while the templates are not read yet."""
    form = tx.find(OrderPaperForm, kind)
    if form is None:
        said = "the templates of the papers are being read; ask again", "文书模板正在载入，请稍后重试"
        raise Busy("PAPERS_NOT_READY", *said)
    serial = len(order.papers)
    data = says(tx, order, kind, number, serial)
    made = tx.add(
        OrderPaper.new(
            paper_id=identity(data, form.template_hash),
            order_id=order.order_id,
            serial=serial,
            kind=kind,
            number=number,
            issue_time=tx.now,
            issuer=tx.caller.subject,
            template_hash=form.template_hash,
            data=data,
        )
    )
    named = KINDS[kind]
    told = order.papers.add(
        paper_id=made.paper_id, kind=kind, title_zh=named.zh, title_en=named.en, number=number
    )
    put_moment(told.issue_time, tx.now)


def says(tx: Tx, order: pb.SupervisionOrder, kind: str, number: str, serial: int) -> bytes:
    """All that a paper says, as canonical JSON."""
    named, names = KINDS[kind], tx.parameters.numbering()
    head: Plain = {"kind": kind, "title": named.zh, "number": number, "day": day(tx.now), "serial": serial}
    if number:
        head["check"] = check_character(number)
    told: Any = getattr(order, named.tells)
    last = plain(told) if hasattr(told, "DESCRIPTOR") else plain(told[-1])
    return canonical(
        {
            "paper": head,
            "case_id": order.case_id,
            "case_number": order.case_number,
            "record_id": order.order_id,
            "body": {"name": names.government if named.government else names.office},
            "unit": order.body_name,
            "title": order.title,
            "findings": part(order, "findings") or {},
            "told": last,
        }
    )


PRESS = Press(
    OrderPaper,
    OrderPaperFile,
    OrderPaperTemplate,
    OrderPaperForm,
    Shelf(Path(__file__).parent / "templates", tuple(KINDS), ("paper.typ",)),
    {kind: named.zh for kind, named in KINDS.items()},
    link_of,
)
set_papers = PRESS.set_papers
