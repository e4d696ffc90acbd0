"""The pages of the demonstration's cases: that they show what the records hold, of every kind of record."""

import html
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import httpx
from yifa.supervision.v1 import case_view_pb2 as pb

from services.console.pages.cases import PERSON
from services.console.show import text_of_money
from services.node.callers import Callers
from tests.browser.site import browsing, config_of, foreign_words, serving
from tests.city import City

View = pb.CaseView


def hearing(v: View) -> Iterator[str]:
    h = v.case.hearing
    yield from (
        h.host,
        *h.listeners,
        h.clerk,
        h.appointer,
        h.place,
        h.notice_receipt,
        h.announce_address,
        h.report,
    )
    yield v.case.defence.hearing_record


def corrections(v: View) -> Iterator[str]:
    for x in v.case.corrections:
        yield from (x.title_zh, x.before, x.after, x.reason, x.proof, x.proposer, x.approver, x.opinion)


def suspensions(v: View) -> Iterator[str]:
    for x in v.case.suspensions:
        yield from (x.cause, x.document, x.approver, x.resume_cause, x.resumer)


def outcomes(v: View) -> Iterator[str]:
    for o in v.case.outcomes:
        yield from (o.document, o.authority, o.document_number)
        if o.HasField("penalty"):
            yield text_of_money(o.penalty.fine)


def earlier(v: View) -> Iterator[str]:
    for was in v.case.earlier_decisions:
        yield from (was.decision.document_number, text_of_money(was.decision.penalty.fine), was.anew.document)


def remedies(v: View) -> Iterator[str]:
    for r in v.case.remedies:
        yield from (r.authority, r.document)
    for each in v.case.stays:
        yield from (each.authority, each.document, each.cause)


def collection(v: View) -> Iterator[str]:
    k = v.case.collection
    if k.HasField("collect_time"):
        yield from (text_of_money(k.amount), f"{k.receipt.series} {k.receipt.number}", k.cause, k.receiver)
        yield k.bank_reference


def payments(v: View) -> Iterator[str]:
    for p in v.case.payments:
        yield from (text_of_money(p.amount), p.bank_reference)


def instalments(v: View) -> Iterator[str]:
    for part in v.case.instalments:
        yield text_of_money(part.amount)


def archive(v: View) -> Iterator[str]:
    a = v.case.archive
    yield from (a.number, a.compiler, a.checker, a.note, *(item.title for item in a.catalogue))


def breaches(v: View) -> Iterator[str]:
    for b in v.case.breaches:
        yield from (b.reason, b.text_zh)


def told_elsewhere(v: View) -> Iterator[str]:
    if v.case.HasField("origin"):
        yield from (v.case.origin.system, v.case.origin.source_case, "未报送的环节")


def court(v: View) -> Iterator[str]:
    for e in v.court_enforcements:
        yield from (e.demand.document_number, text_of_money(e.demand.amount), e.demand.manner)
        yield from (e.application.document_number, e.application.court, *(a.document for a in e.answers))
        yield from (d.clock_id for d in e.deadlines)


def own(v: View) -> Iterator[str]:
    for e in v.enforcements:
        yield from (e.duty.what, e.demand.document_number, e.decision.document_number, e.execution.how)
        yield from (
            e.decision.substitute.performer,
            e.decision.substitute.target,
            e.plan.receipt,
            e.completion.record,
        )
        yield from (
            e.costs.document_number,
            text_of_money(e.costs.amount),
            e.costs.bill,
            *e.execution.supervisors,
        )


def repairs(v: View) -> Iterator[str]:
    for r in v.credit_repairs:
        yield from (r.applicant, *r.proofs, r.promise, r.site_number, r.document_number, r.reasons)


def measures(v: View) -> Iterator[str]:
    for m in v.measures:
        yield from (m.document_number, *(thing.name for thing in m.execution.things))


KINDS: Mapping[str, Callable[[View], Iterator[str]]] = {
    each.__name__: each
    for each in (
        hearing, corrections, suspensions, outcomes, earlier, remedies, collection, payments, instalments, archive,
        breaches, told_elsewhere, court, own, repairs, measures,
    )
}  # fmt: skip


# The lists of what runs beside cases: where the view of a case has it, and a state in which none is.
LISTS: Mapping[str, tuple[str, str]] = {
    "/court": ("court_enforcements", "LAPSED"),
    "/credit": ("credit_repairs", "REFUSED"),
    "/measures": ("measures", "FROZEN"),
}


async def views(callers: Callers, metadata: tuple[tuple[str, str], ...]) -> list[View]:
    """Every case as the city knows it."""
    stub, found = callers.supervision(), list[View]()
    listed = await stub.ListCases(pb.ListCasesRequest(page_size=500), metadata=metadata)
    for case in listed.cases:
        reply = await stub.GetCase(pb.GetCaseRequest(case_id=case.case_id), metadata=metadata)
        found.append(reply.case)
    return found


async def unshown(city: City, folder: Path, found: list[View]) -> dict[str, list[str]]:
    """What the pages do not show, by the kind of record that they are of; of each kind that there is, the first case is read."""
    lacking: dict[str, list[str]] = {}
    async with (
        serving(config_of(city, folder)) as console,
        browsing(console.url, "zh") as zh,
        browsing(console.url, "en") as en,
    ):
        for view in found:
            told = {kind: [text for text in says(view) if text] for kind, says in KINDS.items()}
            new = {kind: texts for kind, texts in told.items() if texts and kind not in lacking}
            if new:
                page, english = await read(zh, view), (await en.get(f"/cases/{view.case.case_id}")).text
                # The title of a page cannot say in which language the number of the case is.
                assert foreign_words(english, "en", (view.case.case_number,)) == []
                # people are shown by name
                said = {kind: [t for t in texts if not PERSON.fullmatch(t)] for kind, texts in new.items()}
                lacking |= {kind: [t for t in texts if t not in page] for kind, texts in said.items()}
        for path, (records, state) in LISTS.items():
            wanted = [v.case.case_number for v in found if getattr(v, records)]
            narrowed = ("", "?node=city", f"?state={state}")
            page, *none = [(await zh.get(path + narrow)).text for narrow in narrowed]
            assert wanted and not any(number in other for number in wanted for other in none)
            lacking[path] = [number for number in wanted if number not in page]
    return lacking


async def shown(city: City, folder: Path, *paths: str) -> dict[str, str]:
    """Pages, by their paths, in Chinese; what they say in English is no Chinese but the data."""
    async with (
        serving(config_of(city, folder)) as console,
        browsing(console.url, "zh") as zh,
        browsing(console.url, "en") as en,
    ):
        for path in paths:
            assert foreign_words((await en.get(path)).text, "en", ()) == []
        return {path: html.unescape((await zh.get(path)).text) for path in paths}


async def read(client: httpx.AsyncClient, view: View) -> str:
    """What a page says; no markup was taken for text."""
    page = (await client.get(f"/cases/{view.case.case_id}")).text
    assert "&lt;" not in page
    return html.unescape(page)
