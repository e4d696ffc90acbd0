"""EW-13: what a body takes in by fines and confiscations grows beyond measure against the year before."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from services.law.procedures.penalty.amounts import yuan
from services.supervision.body.model import Body
from services.supervision.case.model import CaseView
from services.supervision.figure.model import Income
from services.supervision.warning.catalogue import RED, Finding, warning
from services.supervision.warning.seen import SeenMonth, first_of, later, month_of

INCOME, CASES = Income.__table__, CaseView.__table__
YEAR = 12


@warning(
    "EW-13", RED, law="GF-2024-5", zh="罚没收入异常增长", en="Abnormal growth of fine income", watches="month"
)
def income_grew(seen: SeenMonth) -> Iterable[Finding]:
    """What came in over some months (parameter warning.EW-13.period) is so many hundredths (.ratio) of the same months of the
    year before, or more, and so much more at least (.amount). A body of whose year before nothing is known is not compared.
    The month in which that begins is warned of.
    """
    if (numbers := seen.limits("EW-13.ratio", "EW-13.amount", "EW-13.period")) is None:
        return
    ratio, amount, months = numbers
    now, then = growths(seen, months), {} if seen.first else growths(seen.before, months)
    for body_id, growth in sorted(now.items()):
        if not growth.high(ratio, amount) or (body_id in then and then[body_id].high(ratio, amount)):
            continue
        if not growth.before and not acted_by(seen, body_id, months):
            continue
        name, (came, was) = name_of(seen, body_id), map(yuan, growth[:2])
        span = f"{later(seen.month, 1 - months):%Y-%m} – {seen.month:%Y-%m}"
        yield Finding(
            at=seen.end,
            zh=f"{name}{span}罚没入账{came}元，上年同期{was}元，同比异常增长。",
            en=f"{name} took in {came} yuan in {span} by fines and confiscations, after {was} yuan in the same months of the "
            "year before.",
            about=f"{seen.month:%Y-%m}",
            reason="INCOME_GREW",
            subject=body_id,
            node=growth.node,
        )


class Growth(NamedTuple):
    """What came in, and what did in the same months of the year before, in fen."""

    now: int
    before: int
    node: str

    def high(self, ratio: int, amount: int) -> bool:
        return self.now * 100 >= ratio * self.before and self.now - self.before >= amount


def growths(seen: SeenMonth, months: int) -> dict[str, Growth]:
    """The growth of each body that took anything in."""
    now = sums(seen, seen.since(months), seen.end)
    end = month_of(seen.end)
    before = sums(seen, first_of(later(end, -months - YEAR)), first_of(later(end, -YEAR)))
    return {body: Growth(fen, before.get(body, (0, ""))[0], node) for body, (fen, node) in now.items()}


def sums(seen: SeenMonth, since: datetime, until: datetime) -> dict[str, tuple[int, str]]:
    c = INCOME.c
    total = select(c.body_id, func.sum(c.fen).label("fen"), func.max(c.node).label("node"))
    rows = seen.look.rows(total.where(c.at >= since, c.at < until).group_by(c.body_id))
    return {row.body_id: (int(row.fen), row.node) for row in rows}


def acted_by(seen: SeenMonth, body_id: str, months: int) -> bool:
    """Whether anything is known of a body from before the months with which it is compared."""
    since = first_of(later(month_of(seen.end), -months - YEAR))
    c = CASES.c
    first = select(c.case_id).where(c.body_id == body_id, c.taken_time < since).limit(1)
    return seen.look.one(first) is not None


def name_of(seen: SeenMonth, body_id: str) -> str:
    """A body by its name, as the city's registry has it, else as its newest case has it."""
    body = seen.look.find(Body, body_id)
    if body is not None and body.name:
        return str(body.name)
    c = CASES.c
    newest = (
        select(c.body_name).where(c.body_id == body_id).order_by(c.taken_time.desc().nulls_last()).limit(1)
    )
    row = seen.look.one(newest)
    return str(row.body_name) if row is not None else body_id
