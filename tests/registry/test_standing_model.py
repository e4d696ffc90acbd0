"""What speaks against an act, against a model that replays thousands of random histories one tick at a time."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import configure_mappers

from services.kit.store import micros
from services.registry.certificate.model import Certificate, held
from services.registry.certificate.standing import Interval, ended
from services.registry.measure.model import Measure, Suspension
from services.registry.measure.record import CANCELLATION, ENDINGS, OVERTURNED, REVOCATION, VOIDING, recompute
from services.registry.officer.model import Officer, holder
from services.registry.standing.objections import Asked, judge

# The rows answer only after this, which a running service does at its start.
configure_mappers()

START = datetime(2026, 1, 1, tzinfo=UTC)
TICKS = 20
FIELDS = ("生态环境", "水务")
AREAS = {"440700": "4407", "440703": "440703", "440000": "44"}


def tick(n: int) -> datetime:
    return START + n * timedelta(microseconds=1)


def number_of(at: datetime) -> int:
    return (at - START) // timedelta(microseconds=1)


@dataclass
class Card:
    """A certificate, twice: as the rows that the registry keeps, and as what was decided about it."""

    row: Certificate
    suspensions: list[Suspension] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    lost: int | None = None
    spans: list[list[int | None]] = field(default_factory=list)
    ends: list[tuple[int, str]] = field(default_factory=list)

    def stood(self, at: int) -> set[str]:
        """The walk: every decision in turn, the earliest end holding."""
        if at < number_of(self.row.issue_time):
            return {"NOT_ISSUED"}
        ends = [(number_of(self.row.term_time), "EXPIRED")]
        ends += [(self.lost, "LOST")] if self.lost is not None else []
        over = [(end, n, code) for n, (end, code) in enumerate([*ends, *self.ends]) if end <= at]
        if over:
            return {min(over)[2]}
        running = [s for s in self.spans if s[0] <= at and (s[1] is None or at < s[1])]
        return {"SUSPENDED"} if running else set()


@dataclass
class History:
    """An officer and some certificates after some decisions, which may fall on the same tick."""

    officer: Officer
    cards: list[Card]
    body: tuple[Interval, ...]
    posts: list[tuple[str, int, int | None]]


def a_history(rnd: Random) -> History:
    joined = rnd.randint(0, 4)
    officer = Officer.new(
        officer_id="O-1", name="示例人员", body_id="B-1", node="huanbao", unit="", post="",
        staff_kind=rnd.choice((1, 1, 1, 2)), register_time=tick(joined),
    )  # fmt: skip
    posts = [["B-1", joined, None]]
    cards = [a_card(rnd, n) for n in range(rnd.randint(0, 3))]
    now = joined
    for _ in range(rnd.randint(0, 9)):
        now = min(TICKS, now + rnd.choice((0, 0, 1, 2, 3)))
        what = rnd.choice(("move", "leave", "card", "card", "card", "card", "card"))
        if what == "move" and now > posts[-1][1]:
            move(officer, posts, now, "B-2" if officer.body_id == "B-1" else "B-1")
        elif what == "leave" and officer.leave_time is None and rnd.random() < 0.3:
            officer.leave_time = tick(now)
        elif what == "card" and cards:
            decide(rnd, rnd.choice(cards), now)
    begun = rnd.randint(0, 4)
    body = (Interval(tick(begun), rnd.choice((None, None, tick(rnd.randint(begun, TICKS))))),)
    return History(officer, cards, body, [tuple(p) for p in posts])


def a_card(rnd: Random, n: int) -> Card:
    issued, term = rnd.randint(0, 6), rnd.randint(8, TICKS + 4)
    row = Certificate.new(
        certificate_number=f"N{n}", officer_id="O-1", officer_name="", body_id="B-1", body_name="", node="huanbao",
        kind=rnd.choice((1, 1, 1, 2)), fields=tuple(rnd.sample(FIELDS, rnd.randint(1, 2))),
        area_code=rnd.choice(list(AREAS)), acts=rnd.choice(((), (), (1,), (1, 5))),
        issue_time=tick(issued), expire_time=tick(term), term_time=tick(term),
    )  # fmt: skip
    return Card(row)


def move(officer: Officer, posts: list[list], now: int, to: str) -> None:
    officer.former = (
        *officer.former,
        {
            "body_id": officer.body_id,
            "node": "",
            "from": micros(tick(posts[-1][1])),
            "until": micros(tick(now)),
        },
    )
    officer.body_id = to
    posts[-1][2] = now
    posts.append([to, now, None])


def decide(rnd: Random, card: Card, now: int) -> None:
    """One decision about a certificate, on the rows as the registry does it and in the list of the walk."""
    what = rnd.choice(("suspend", "suspend", "restore", "end", "lose", "overturn"))
    if what == "suspend":
        begin = max(0, now + rnd.randint(-4, 6))
        n = len(card.suspensions) + 1
        card.suspensions.append(
            Suspension.new(
                suspension_id=str(n),
                certificate_number="",
                ordinal=n,
                from_time=tick(begin),
                cause="",
                law="",
            )
        )
        card.spans.append([begin, None])
    elif what == "restore":
        for s, span in zip(card.suspensions, card.spans, strict=True):
            if s.until_time is None:
                s.until_time = ended(Interval(s.from_time), tick(now)).until_time
                span[1] = max(now, span[0])
    elif what == "lose" and card.lost is None:
        card.row.loss_time = max(card.row.issue_time, tick(now - rnd.randint(0, 2)))
        card.lost = number_of(card.row.loss_time)
    elif what == "end":
        kind = rnd.choice((REVOCATION, CANCELLATION, VOIDING))
        at = now - rnd.randint(0, 8) if kind == VOIDING else now
        card.measures.append(
            Measure.new(
                measure_id=f"N/m{len(card.measures) + 1}", certificate_number="", kind=kind, from_time=tick(at),
                decide_time=tick(now), cause="", law="", remedy_zh="", remedy_en="", remedy_due_time=tick(now),
            )
        )  # fmt: skip
        card.ends.append((at, ENDINGS[kind]))
    elif what == "overturn" and card.measures and rnd.random() < 0.5:
        at = rnd.randrange(len(card.measures))
        card.measures.pop(at).appeal = OVERTURNED
        card.ends.pop(at)
    recompute(card.row, card.measures)


def expected(history: History, asked: Asked) -> set[tuple[str, str]]:
    """What the walk finds against an act: codes and certificate numbers."""
    at, found = number_of(asked.at), set()
    officer = history.officer
    if officer.staff_kind != 1:
        found.add(("NOT_ELIGIBLE_STAFF", ""))
    if officer.leave_time is not None and at >= number_of(officer.leave_time):
        found.add(("OFFICER_LEFT", ""))
    there = [b for b, since, until in history.posts if since <= at and (until is None or at < until)]
    assert len(there) == (at >= history.posts[0][1]), "at every moment one post, without a gap or an overlap"
    if not there:
        found.add(("NOT_ON_ROSTER", ""))
    elif asked.body_id and asked.body_id != there[0]:
        found.add(("NOT_OF_BODY", ""))
    [span] = history.body
    if asked.body_id and not (
        span.from_time <= asked.at and (span.until_time is None or asked.at < span.until_time)
    ):
        found.add(("SUBJECT_NOT_QUALIFIED", ""))
    each = [against(card, asked, at) for card in history.cards]
    if not each:
        found.add(("NO_CERTIFICATE", ""))
    return found if set() in each else found.union(*each)


def against(card: Card, asked: Asked, at: int) -> set[tuple[str, str]]:
    row, codes = card.row, card.stood(at)
    if row.kind != {11: 2, 12: 3}.get(asked.act, 1):
        codes |= {"WRONG_KIND"}
    if asked.field and asked.field not in row.fields:
        codes |= {"OUT_OF_FIELD"}
    if asked.area_code and not asked.area_code.startswith(AREAS[row.area_code]):
        codes |= {"OUT_OF_AREA"}
    if asked.act and row.acts and asked.act not in row.acts:
        codes |= {"ACT_NOT_COVERED"}
    return {(code, row.certificate_number) for code in codes}


def an_act(rnd: Random, at: int) -> Asked:
    return Asked(
        tick(at),
        rnd.choice((0, 1, 5, 11)),
        rnd.choice(("", *FIELDS)),
        rnd.choice(("", "440703", "440704", "440100", "110101")),
        rnd.choice(("", "B-1", "B-2")),
    )


def answers_agree(rnd: Random) -> int:
    """Ask about ticks before, during and after the history; how many acts were open."""
    history, opened = a_history(rnd), 0
    known = [held(card.row, card.suspensions) for card in history.cards]
    for at in rnd.sample(range(-1, TICKS + 3), 9):
        asked = an_act(rnd, at)
        body = history.body if asked.body_id else None
        verdict = judge(asked, holder(history.officer), body, known)
        found = {(o.code, o.number) for o in verdict.objections}
        assert found == expected(history, asked), (asked, verdict)
        assert verdict.may == (not found)
        if verdict.may:
            opened += 1
            lasts_as_long_as_it_says(history, asked, verdict)
    return opened


def lasts_as_long_as_it_says(history: History, asked: Asked, verdict) -> None:
    """Under the certificate named nothing speaks against the act until the moment named, and something does then."""
    [card] = [c for c in history.cards if c.row.certificate_number == verdict.certificate.number]
    alone = History(history.officer, [card], history.body, history.posts)
    until = number_of(verdict.until_time)
    for at in range(number_of(asked.at), min(until, TICKS + 30)):
        assert not expected(alone, Asked(tick(at), asked.act, asked.field, asked.area_code, asked.body_id))
    then = Asked(tick(until), asked.act, asked.field, asked.area_code, asked.body_id)
    assert expected(alone, then), (asked, verdict)


@pytest.mark.parametrize("block", range(2))
def test_standing_in_thousands_of_histories(block: int):
    opened = sum(answers_agree(Random(1000 * block + n)) for n in range(1000))

    assert opened > 200, "the histories would show nothing if no act was ever open"


@settings(max_examples=80, deadline=None)
@given(st.randoms(use_true_random=False))
def test_standing_in_a_history_that_shrinks(rnd: Random):
    answers_agree(rnd)


def test_an_officer_whom_nobody_knows():
    verdict = judge(Asked(tick(0), body_id="B-9"), None, None, [])

    assert [o.code for o in verdict.objections] == ["OFFICER_UNKNOWN", "SUBJECT_NOT_QUALIFIED"]
