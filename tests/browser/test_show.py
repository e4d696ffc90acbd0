"""How values look, in both languages."""

from datetime import datetime, timedelta

import pytest
from yifa.law.v1 import law_pb2

from services.console import words
from services.console.show import Show, text_of_money, text_of_span, text_of_time
from services.law.calendar import SHANGHAI

CATALOGUE = words.load()
# Mid-Autumn, a Friday off. 28–30 September, 8 and 9 October are worked, and Sunday the 20th was.
NOW = datetime(2026, 9, 25, 14, 3, tzinfo=SHANGHAI)
RUNNING, MET, EXPIRED = law_pb2.CLOCK_STATE_RUNNING, law_pb2.CLOCK_STATE_MET, law_pb2.CLOCK_STATE_EXPIRED


def clock(
    clock_id: str, due: datetime, state: int = RUNNING, stop: datetime | None = None
) -> law_pb2.Deadline:
    made = law_pb2.Deadline(clock_id=clock_id, state=state)
    made.start_time.FromDatetime(NOW - timedelta(days=10))
    made.due_time.FromDatetime(due)
    if stop:
        made.stop_time.FromDatetime(stop)
    return made


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 23, 59, 59, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("deadline", "zh", "en", "look"),
    [
        (clock("PEN-15", at(10, 5)), "还剩 10 天", "10 days left", "calm"),
        (clock("PEN-16", at(10, 9)), "还剩 5 个工作日", "5 working days left", "calm"),
        (clock("PEN-16", at(9, 28)), "还剩 1 个工作日", "1 working day left", "calm"),
        (clock("PEN-15", at(9, 25)), "今天到期", "due today", "soon"),
        (clock("PEN-15", at(9, 24), EXPIRED), "逾期 1 天", "1 day over", "over"),
        (clock("PEN-16", at(9, 18), EXPIRED), "逾期 5 个工作日", "5 working days over", "over"),
        (clock("PEN-15", at(9, 24), MET, at(9, 23)), "按期完成", "done in time", "done"),
        (clock("PEN-15", at(9, 22), MET, at(9, 23)), "逾期完成", "done late", "late"),
        (clock("PEN-11", at(9, 24), EXPIRED), "已届满", "ended", "ended"),
        (clock("PEN-15", at(9, 24), law_pb2.CLOCK_STATE_SUSPENDED), "已中止", "suspended", "calm"),
    ],
    ids=lambda value: getattr(value, "clock_id", None),
)
def test_what_is_left_of_a_clock(deadline: law_pb2.Deadline, zh: str, en: str, look: str) -> None:
    shown = {language: Show(CATALOGUE, language, {}, lambda: NOW) for language in words.LANGUAGES}

    assert (shown["zh"].left(deadline), shown["en"].left(deadline)) == (zh, en)
    assert shown["zh"].urgency(deadline) == look


def test_a_clock_is_drawn_to_scale() -> None:
    show = Show(CATALOGUE, "zh", {}, lambda: NOW)

    half = show.bar(clock("PEN-15", NOW + timedelta(days=10)))
    over = show.bar(clock("PEN-15", NOW - timedelta(days=5), EXPIRED))
    done = show.bar(clock("PEN-15", NOW + timedelta(days=10), MET, NOW - timedelta(days=5)))

    assert (half.gone, half.now) == (500, None)
    assert (over.gone, over.now) == (1000, 500), "the mark shows where the term ended"
    assert (done.gone, done.look) == (250, "done")


def test_times_and_sums() -> None:
    unset = law_pb2.Deadline()

    assert text_of_time(NOW) == "2026-09-25 14:03"
    assert text_of_time(unset.due_time) == "—"
    assert text_of_money(law_pb2.Money(fen=12_000_000)) == "¥120,000.00"
    assert text_of_money(law_pb2.Money(fen=-205)) == "-¥2.05"
    assert [text_of_span(n) for n in (480, 35_000_000, 1_234_000_000)] == ["480 ns", "35 ms", "1.23 s"]
    assert text_of_span(61_000_000_000) == "61 s"
