"""Plays the demonstration: a history of four months in seconds, on the nodes' simulated clock, then live cases."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from random import Random

import grpc

from services.demo import (
    accountability,
    acts,
    assessments,
    cast,
    compensations,
    complaints,
    decisions,
    documents,
    file_reviews,
    handover,
    inspections,
    levels,
    matters,
    mediations,
    outside,
    oversight,
    permits,
    plans,
    reconsiderations,
    registers,
    suggestions,
    suits,
    supervision,
)
from services.demo.folder import Desk
from services.demo.live import play_live
from services.demo.officehours import on
from services.demo.setting import Setting
from services.demo.stories import CITY_ACTS, OUTSIDE, Planned, Story, plan, stories
from services.law.calendar import SHANGHAI
from services.node.callers import Callers, reasons

__all__ = ["DAYS", "Played", "play_history", "play_live"]

log = logging.getLogger(__name__)
DAYS = 120
# How long what another node announced may be under way: an act that rests on it is tried again for so many seconds.
UNDER_WAY = 3.0
NOT_YET = (oversight.NotWaiting, handover.NotArrived)
BEGINNINGS = ("clue", "spot", OUTSIDE)
Report = Callable[[int, int, str], None]


@dataclass
class Played:
    """What was played: cases begun, acts done, refusals met that were meant to be met, and what went wrong.

    told: the refusals, each with the body that met it.
    """

    cases: int = 0
    acts: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    told: list[tuple[str, grpc.aio.AioRpcError]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class CityAct:
    """Something beside the cases on a day of the history: what the city does with a certificate, an act of an inspection."""

    at: datetime
    title: str
    do: Callable[[], Awaitable[None]]


async def play_history(
    callers: Callers,
    set_time: Callable[[datetime | None], None],
    settled: Callable[[], Awaitable[None]],
    report: Report,
    now: datetime,
    told: Sequence[Story] | None = None,
) -> Played:
    """Play the cases of the four months before `now`; the clock only moves forward and ends at the wall's.

    The same day gives the same history. `told` plays other stories than the file's. Raises AioRpcError when the scene
    cannot be set; a case that goes wrong is left where it stands, named in the result and in the log.
    """
    rng = Random(now.astimezone(SHANGHAI).date().isoformat())
    total = 0
    try:
        setting = Setting(callers, set_time, settled, now - timedelta(days=DAYS), rng)
        desks = await setting.prepare(lambda what: report(0, total, what))
        planned = plan(desks, stories() if told is None else told, now, rng)
        whole: list[Planned | CityAct] = sorted(
            [*planned, *of_the_city(callers, desks, now, rng), *beside(callers, desks, now)], key=moment
        )
        played, total = Played(), len(whole)
        for day, todays in groupby(whole, key=lambda act: moment(act).astimezone(SHANGHAI).date()):
            for at, together in groupby(todays, key=moment):
                set_time(at)
                await asyncio.gather(*(perform(callers, act, played) for act in together))
                report(sum((played.acts, played.refused.total(), len(played.problems))), total, str(day))
            await settled()
    finally:
        set_time(None)
    await settled()
    return played


def moment(act: Planned | CityAct) -> datetime:
    return act.at


def of_the_city(callers: Callers, desks: Sequence[Desk], now: datetime, rng: Random) -> list[CityAct]:
    """A suspension that ends, and in another department one that lasts."""

    def at(days_ago: int) -> datetime:
        return on(rng, (now.astimezone(SHANGHAI) - timedelta(days=days_ago)).date())

    found = []
    for desk, began, ended in zip(desks, (66, 33), (24, None), strict=False):
        number, since = desk.certificates[cast.SUSPENDED], at(began)
        found.append(
            CityAct(since, "suspend", lambda n=number, s=since: oversight.suspend(callers, n, s))  # type: ignore[misc]
        )
        if ended is not None:
            found.append(CityAct(at(ended), "restore", lambda n=number: oversight.restore(callers, n)))  # type: ignore[misc]
    return found


def beside(callers: Callers, desks: Sequence[Desk], now: datetime) -> list[CityAct]:
    """What stands beside cases and what oversight does; drawn by dice of their own, so that they change nothing in the cases."""
    day = now.astimezone(SHANGHAI).date().isoformat()
    kinds = {
        "inspections": inspections,
        "permits": permits,
        "mediations": mediations,
        "complaints": complaints,
        "documents": documents,
        "decisions": decisions,
        "file reviews": file_reviews,
        "supervision": supervision,
        "accountability": accountability,
        "reconsiderations": reconsiderations,
        "suits": suits,
        "compensations": compensations,
        "suggestions": suggestions,
        "plans": plans,
        "matters": matters,
        "levels": levels,
        "registers": registers,
        "assessments": assessments,
    }
    return [
        CityAct(*each)
        for name, kind in kinds.items()
        for each in kind.planned(callers, desks, now, Random(f"{name} {day}"))
    ]


async def perform(callers: Callers, act: Planned | CityAct, played: Played) -> None:
    """Do one act and count it. What goes wrong is noted, and ends its case, not the history."""
    if isinstance(act, Planned) and act.folder.broken:
        played.problems.append(f"{said(act)}: left out")
        return
    wanted = act.step.refused if isinstance(act, Planned) else ""
    deadline = time.monotonic() + UNDER_WAY
    while True:
        try:
            await do(callers, act)
            break
        except (grpc.aio.AioRpcError, *NOT_YET) as no:
            found, told = why(no)
            if wanted in found:
                played.refused[wanted] += 1
                if isinstance(act, Planned) and isinstance(no, grpc.aio.AioRpcError):
                    played.told.append((act.folder.desk.body_id, no))
                return
            if time.monotonic() > deadline:
                fail(act, f"{', '.join(found)}: {told}", played)
                return
        await asyncio.sleep(0.1)
    if wanted:
        fail(act, f"was not refused for {wanted}", played)
        return
    played.acts += 1
    played.cases += isinstance(act, Planned) and act.step.act in BEGINNINGS


def why(no: grpc.aio.AioRpcError | LookupError) -> tuple[tuple[str, ...], str | None]:
    """The reasons of a refusal, and its sentence."""
    if isinstance(no, grpc.aio.AioRpcError):
        return reasons(no) or (no.code().name,), no.details()
    return ("NOT_YET",), str(no)


def fail(act: Planned | CityAct, wrong: str, played: Played) -> None:
    if isinstance(act, Planned):
        act.folder.broken = True
    played.problems.append(f"{said(act)}: {wrong}")
    log.warning("%s", played.problems[-1])


def said(act: Planned | CityAct) -> str:
    """An act as a problem names it."""
    if isinstance(act, CityAct):
        return f"{act.title} at {act.at:%Y-%m-%d}"
    return f"{act.folder.story}, {act.step.act} at {act.folder.desk.node} on {act.at:%Y-%m-%d %H:%M}"


async def do(callers: Callers, act: Planned | CityAct) -> None:
    if isinstance(act, CityAct):
        await act.do()
        return
    folder, step = act.folder, act.step
    folder.at = act.at
    if step.act in CITY_ACTS:
        await oversight.review(callers, folder.case_id, step.act)
    elif step.act == OUTSIDE:
        await outside.report(callers, folder, step.flags)
    else:
        if step.act == "take-over":
            await handover.move(callers, folder)
        await acts.do(callers, folder, step.act, step.flags)
