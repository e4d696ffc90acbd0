"""An early warning tried with other numbers: what it would have raised over all that is kept, how often and on whom."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import grpc
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.supervision.v1 import warning_pb2 as pb

from services.console.console import console_of, language_of
from services.console.files import refused_person
from services.console.pages import filters
from services.console.pages.errors import sentence
from services.console.render import page
from services.law.calendar import SHANGHAI
from services.law.moment import moment_of, put_moment
from services.law.parameters import Layers, Resolved
from services.supervision.warning.catalogue import Kind, kinds

SHOWN = 100
LARGEST = 10**12


@dataclass(frozen=True)
class Number:
    """A number of a warning: its key and titles, what is in force, and what is tried in its place, as it was typed."""

    key: str
    title_zh: str
    title_en: str
    unit: str
    now: Resolved | None
    tried: str


async def backtest(request: Request) -> Response:
    """The page of one warning; what it would have raised once somebody who may ask has asked."""
    console = console_of(request)
    show = console.show(language_of(request))
    rule = filters.text(request, "rule", 10)
    kind = kinds().get(rule)
    if rule and kind is None:
        raise filters.BadFilter("rule")
    numbers = numbers_of(request, console.config.law, rule, console.now()) if kind else []
    wanted = asked(request, rule, numbers)
    found, said = None, ""
    if kind and filters.flag(request, "run"):
        try:
            found = await console.supervision.backtest(wanted)
        except grpc.aio.AioRpcError as no:
            if not refused_person(no) and no.code() is not grpc.StatusCode.INVALID_ARGUMENT:
                raise
            said = sentence(no, show.language)
    return page(
        request,
        "backtest.html",
        kind=kind,
        kinds=named(show.language),
        numbers=numbers,
        f={name: filters.text(request, name, 10) for name in ("from", "until")},
        said=said,
        found=found,
        nodes=sorted(found.by_node.items(), key=lambda pair: (-pair[1], pair[0])) if found else [],
        months=months(found) if found else 0.0,
        shown=SHOWN,
    )


def named(language: str) -> list[tuple[str, str]]:
    """The warnings by their ids, each with its title."""

    def title(kind: Kind) -> str:
        return kind.title_zh if language == "zh" else kind.title_en

    numbered = [kind for kind in kinds().values() if kind.id.startswith("EW-")]
    others = [kind for kind in kinds().values() if kind not in numbered]
    return [
        *((kind.id, f"{kind.id} {title(kind)}") for kind in sorted(numbered, key=lambda k: k.id)),
        *((kind.id, title(kind)) for kind in sorted(others, key=title)),
    ]


def numbers_of(request: Request, law: Layers, rule: str, now: datetime) -> list[Number]:
    """The numbers of a warning, with those that are tried."""
    known, day = law.national.parameters, now.astimezone(SHANGHAI).date()
    return [
        Number(key, known[key].title_zh, known[key].title_en, known[key].unit, in_force(law, key, day),
               filters.text(request, key, 13))
        for key in law.keys if key.startswith(f"warning.{rule}.")
    ]  # fmt: skip


def in_force(law: Layers, key: str, day: date) -> Resolved | None:
    """The number of a day; None before the first."""
    try:
        return law.value(key, day)
    except ValueError:
        return None


def asked(request: Request, rule: str, numbers: list[Number]) -> pb.BacktestWarningRequest:
    """What is tried: the numbers that differ from those in force, and the days between which. Raises BadFilter."""
    wanted = pb.BacktestWarningRequest(rule_id=rule, page_size=SHOWN)
    for number in numbers:
        if number.tried:
            value = filters.number(request, number.key)
            if value > LARGEST:
                raise filters.BadFilter(number.key)
            if number.now is None or value != number.now.value:
                wanted.numbers[number.key] = value
    for name, days in (("from", 0), ("until", 1)):
        if text := filters.text(request, name, 10):
            put_moment(getattr(wanted, f"{name}_time"), day_of(text, name) + timedelta(days=days))
    return wanted


def day_of(text: str, name: str) -> datetime:
    """The beginning of a day in Shanghai, as a form tells it. Raises BadFilter."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=SHANGHAI)
    except ValueError:
        raise filters.BadFilter(name) from None


def months(found: pb.BacktestWarningResponse) -> float:
    """Over how many months the findings that are shown spread, one at least; 0 where not all are shown."""
    if not found.findings or len(found.findings) < found.total:
        return 0.0
    first, last = (moment_of(found.findings[n].occur_time) for n in (0, -1))
    return max(1.0, (last - first).days / 30.4)


ROUTES = [Route("/warnings/backtest", backtest)]
