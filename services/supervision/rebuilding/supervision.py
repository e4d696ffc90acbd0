"""How the rows of supervision follow from the events of all departments, from what the city did of its own accord, and from the
acts of its people.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, func, or_, select

from services.kit.rebuilding import Rebuilding, Told, Work
from services.kit.tx import Tx
from services.kit.view import View
from services.supervision.deadline.firing import CERTIFICATES, DEADLINES, stop_waiting
from services.supervision.deadline.model import Clock
from services.supervision.deadline.reactions import OWN, fire_all
from services.supervision.event.model import Received, Worked, envelope
from services.supervision.file_review.model import FileReview
from services.supervision.loss.ending import GAPS
from services.supervision.normative_document.turning import DOCUMENTS_TURN, turn
from services.supervision.rebuilding.folding import fold
from services.supervision.rule_of_law_report.turning import REPORTS_TURN
from services.supervision.rule_of_law_report.turning import turn as reports_turn
from services.supervision.silence.listening import SILENCE
from services.supervision.warning import monthly
from services.supervision.warning.escalating import ESCALATING, escalate_all
from services.supervision.warning.seen import SeenMonth

RECEIVED: Any = Received.__table__  # type: ignore[attr-defined]
WORKED: Any = Worked.__table__  # type: ignore[attr-defined]


def end(connection: Connection) -> int:
    return int(connection.execute(select(func.coalesce(func.max(RECEIVED.c.position), 0))).scalar_one())


def told(connection: Connection, after: int, most: int) -> list[Told]:
    """The events as they were taken in. That they are what their departments sealed says `yifa verify`, not this."""
    wanted = select(RECEIVED).where(RECEIVED.c.position > after).order_by(RECEIVED.c.position).limit(most)
    return [
        Told(row.position, row.entry, row.receive_time, envelope(row)) for row in connection.execute(wanted)
    ]


def works(connection: Connection, after: str, most: int) -> list[Work]:
    wanted = select(WORKED).where(WORKED.c.key > after).order_by(WORKED.c.key).limit(most)
    return [
        Work(row.key, row.name, row.position, row.entry, row.at, tuple(row.keys))
        for row in connection.execute(wanted)
    ]


def judge_month(tx: Tx, work: Work) -> None:
    """A month, judged by what was known when it was."""
    tx.flush()
    [month] = work.keys
    first = tx.get(monthly.Judging, monthly.MONTHS).first == month
    view = View(tx.reader, tx.batch.around, tx.caller)
    found = monthly.found_in(SeenMonth(view, monthly.read(month), first))
    monthly.judged(tx, monthly.read(month), found)


WORKS: Mapping[str, Callable[[Tx, Work], Any]] = MappingProxyType(
    {
        DEADLINES: lambda tx, work: fire_all(tx),
        CERTIFICATES: lambda tx, work: stop_waiting(tx, list(work.keys)),
        DOCUMENTS_TURN: lambda tx, work: turn(tx),
        REPORTS_TURN: lambda tx, work: reports_turn(tx),
        ESCALATING: lambda tx, work: escalate_all(tx),
        monthly.BEGIN: lambda tx, work: monthly.begin(tx),
        monthly.FIGURES: lambda tx, work: monthly.take_figures(tx),
        monthly.BOUND: lambda tx, work: monthly.set_bound(tx, work.keys[0]),
        monthly.MONTH: judge_month,
        monthly.BACK: lambda tx, work: monthly.go_back(tx),
    }
)


def do_again(tx: Tx, work: Work) -> None:
    """What was done of its own accord, at the moment of then. What leaves no rows is not done again."""
    if (again := WORKS.get(work.name)) is not None:
        again(tx, work)


ACT = "acts of the office's own people: the request is kept nowhere, its event only tells the record"
CARRIED: Mapping[str, str] = MappingProxyType(
    {
        "worked": "when something was done of its own accord: part of what all else is built from",
        "complained": ACT,
        "number": "numbers that were given out, also of papers that no event tells of",
        "codeseries": "inspection codes that were given out",
        "draftcomment": "what anybody said of a draft, whoever it was",
        "inspectionvoice": "what an enterprise said of a visit: no event tells of it but that it was rated",
        "orderpaper": "papers that were issued, with all that they say",
        "orderpaperfile": "the bytes of papers",
        "orderpapertemplate": "the templates by which papers were set",
        "orderpaperform": "the templates by which papers are set now",
        "reportdefinition": ACT,
        "publishedreport": ACT,
        "filereviewbatch": ACT,
    }
)
_OF_OWN_MATTERS = or_(*(Clock.subject.startswith(prefix) for prefix in OWN))  # type: ignore[attr-defined]
REBUILDING = Rebuilding(
    end=end,
    told=told,
    works=works,
    work=do_again,
    fold=fold,
    carried=CARRIED,
    carried_rows={
        "filereview": (
            FileReview.state == "REVIEWING",
            "what a reviewer found is in no event before all have scored",
        ),
        "clock": (
            _OF_OWN_MATTERS,
            "clocks of the office's own matters: their acts extend and exclude time by requests",
        ),
    },
    folds=frozenset({GAPS, SILENCE, "chain"}),
)
