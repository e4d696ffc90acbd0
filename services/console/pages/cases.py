"""Cases: the list, the list as CSV, and one case."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from google.protobuf.message import Message
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.enforcement.v1.benchmark_pb2 import PenaltyEvaluation
from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.penalty_pb2 import Penalty
from yifa.law.v1 import law_pb2
from yifa.law.v1.law_pb2 import Money
from yifa.supervision.v1 import case_view_pb2

from services.console.console import Console, console_of, language_of
from services.console.pages import filters
from services.console.pages.table import PER_CALL, Page, csv_response
from services.console.render import address, page
from services.console.show import Show, short_enum, text_of_money, text_of_time
from services.law.calendar import china
from services.law.clock import catalogue, started_by, stopped_by
from services.law.procedures.penalty import table_of
from services.law.procedures.penalty.gains import untreated
from services.law.procedures.penalty.owed import owed
from services.law.procedures.penalty.stages import left_out
from services.law.process import Move

PERSON = re.compile(r"(?:O|AV)-[0-9A-Za-z-]+")
COLUMNS = (
    "cases.number", "cases.party", "cases.violation", "cases.node", "overview.department", "cases.state",
    "cases.procedure", "cases.major", "cases.fine", "cases.next_due", "clock.title", "cases.warnings",
    "cases.filed", "cases.updated", "cases.case_id",
)  # fmt: skip


def asked(request: Request, size: int, token: str) -> case_view_pb2.ListCasesRequest:
    return case_view_pb2.ListCasesRequest(
        node=filters.text(request, "node", 32),
        state=filters.enum(request, "state", "CaseState"),
        query=filters.text(request, "q"),
        only_warned=filters.flag(request, "warned"),
        page_size=size,
        page_token=token,
    )


def carried(request: case_view_pb2.ListCasesRequest) -> dict[str, Any]:
    """The filters as the address carries them."""
    state = short_enum("CaseState", request.state) if request.state else ""
    return {"node": request.node, "state": state, "q": request.query, "warned": int(request.only_warned)}


async def cases(request: Request) -> Response:
    console = console_of(request)
    wanted = asked(request, filters.PAGE, filters.text(request, "token", 400))
    found = await console.supervision.cases(wanted)
    show, chosen, seen = console.show(language_of(request)), carried(wanted), filters.number(request, "seen")
    return page(
        request,
        "cases.html",
        cases=found.cases,
        f=chosen,
        nodes=filters.departments(show),
        states=filters.choices(show, "CaseState"),
        next_due=next_due,
        csv=address("/cases.csv", **chosen),
        pages=filters.pages("/cases", chosen, seen, len(found.cases), found.total, found.next_page_token),
    )


async def cases_csv(request: Request) -> Response:
    supervision, show = console_of(request).supervision, console_of(request).show(language_of(request))

    async def ask(token: str) -> Page:
        found = await supervision.cases(asked(request, PER_CALL, token))
        return found.cases, found.next_page_token

    head = [show.t(key) for key in COLUMNS]
    return await csv_response("cases.csv", head, ask, lambda case: cells(show, case))


def cells(show: Show, case: case_view_pb2.CaseSummary) -> Iterator[object]:
    clock = catalogue().get(case.next_clock_id)
    yield from (case.case_number, case.party_name, case.violation_title, case.node, show.node(case.node))
    yield from (show.word("CaseState", case.state), show.word("Procedure", case.procedure))
    yield show.t("cases.yes" if case.major else "cases.no")
    yield text_of_money(case.fine).replace("¥", "").replace(",", "") if case.fine.fen else ""
    yield set_time(case, "next_due_time")
    yield show.pick(clock, "title") if clock else case.next_clock_id
    yield case.open_warnings
    yield set_time(case, "file_time")
    yield set_time(case, "update_time")
    yield case.case_id


def set_time(case: case_view_pb2.CaseSummary, field: str) -> str:
    return text_of_time(getattr(case, field)) if case.HasField(field) else ""


def next_due(case: case_view_pb2.CaseSummary) -> law_pb2.Deadline:
    return law_pb2.Deadline(clock_id=case.next_clock_id, due_time=case.next_due_time)


async def case(request: Request) -> Response:
    console = console_of(request)
    view = await console.supervision.case(request.path_params["case_id"])
    papers = await console.papers.of(view.case.node, view.case.case_id)
    show = console.show(language_of(request))
    evaluation = await evaluated(console, view.case)
    deadlines = sorted(view.deadlines, key=lambda d: (settled(show, d), d.due_time.ToNanoseconds()))
    return page(
        request,
        "case.html",
        people=await console.registry.names(people_in(view)),
        view=view,
        papers=papers,
        deadlines=deadlines,
        next=deadlines[0] if deadlines and not settled(show, deadlines[0]) else None,
        moved=lambda entry: moved(entry, view.deadlines),
        evaluation=evaluation,
        weighed=sorted(Counter(mark.verdict for mark in view.case.evidence_marks).items()),
        weighs=penalty_of(view.case),
        gains_left=Money(fen=untreated(penalty_of(view.case))),
        percent=percent,
        stages=(),
        missing=missing(view.case),
        owed=owed(view.case, show.now(), china()) if _moneyed(view.case) else None,
    )


def _moneyed(case: Case) -> bool:
    """Whether something may be owed, or is to be given back of a decision that was annulled."""
    return case.HasField("service") or bool(case.earlier_decisions)


def people_in(message: Message) -> Iterator[str]:
    """The ids of people anywhere in a message."""
    for field, value in message.ListFields():
        for each in value if field.is_repeated else (value,):
            if isinstance(each, Message):
                yield from people_in(each)
            elif isinstance(each, str) and PERSON.fullmatch(each):
                yield each


def missing(case: Case) -> list[Move]:
    """The acts that the procedure has before the last one told, of which a department that reports its cases told nothing."""
    if not case.HasField("origin"):
        return []
    table = table_of(case)
    return [table.named(each.act) for each in left_out(case)]


def percent(millionths: int) -> str:
    """A share of the range, in per cent with one decimal; what is beyond it is dropped."""
    return f"{millionths // 10_000}.{millionths % 10_000 // 1_000}%"


def penalty_of(case: Case) -> Penalty:
    """The penalty of a case: decided, announced or proposed, whichever came last."""
    if case.HasField("decision"):
        return case.decision.penalty
    return case.notice.penalty if case.HasField("notice") else case.proposal


async def evaluated(console: Console, case: Case) -> PenaltyEvaluation | None:
    """What the department's benchmark says of the penalty of a case; None where there is none, or its node does not answer."""
    node = next((each for each in console.nodes if each.target.id == case.node), None)
    return await node.evaluation(case.case_id) if node is not None and penalty_of(case).benchmark_id else None


def settled(show: Show, deadline: law_pb2.Deadline) -> bool:
    """Whether nothing is left to do about a clock: it was met, or a party let its time end."""
    return show.urgency(deadline) in ("done", "late", "ended")


def moved(
    entry: case_view_pb2.TimelineEntry, deadlines: Iterable[law_pb2.Deadline]
) -> Iterator[tuple[str, law_pb2.Deadline]]:
    """The clocks of the case that an event starts or stops."""
    for verb, clocks in (("starts_clock", started_by(entry.type)), ("stops_clock", stopped_by(entry.type))):
        ids = {clock.id for clock in clocks}
        yield from ((verb, deadline) for deadline in deadlines if deadline.clock_id in ids)


ROUTES = [Route("/cases", cases), Route("/cases.csv", cases_csv), Route("/cases/{case_id}", case)]
