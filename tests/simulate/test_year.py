"""A few weeks of two departments: every breach is found, nothing lawful is warned of, and what judges that can tell."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from yifa.supervision.v1 import warning_pb2 as pb

from services.node.plan import plan
from services.simulate.agenda import Agenda
from services.simulate.bureau import departments
from services.simulate.judge import judge
from services.simulate.plot import plots
from services.simulate.scene import Book, Expected
from services.simulate.taken_over import KINDS
from services.simulate.wanted import Wanted
from services.simulate.year import play
from services.supervision.warning.catalogue import kinds
from tests.cable import free_base

THEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
FEW = ("decided_too_early", "one_officer", "not_banked", "fines_as_a_target", "failed_twice")


async def test_what_is_injected_is_found_and_nothing_else(tmp_path: Path) -> None:
    city = plan(tmp_path, free_base(), departments(2), share=0.0)

    played = await play(city, Wanted(seed=3, departments=2, days=66, breaches=1, lawful=0, only=FEW))

    assert played.book.problems == [] and played.left_out == []
    assert [(e.rule_id, e.plot) for e in played.verdict.missed] == []
    assert [(w.rule_id, w.detail_en) for w in played.verdict.false] == []
    assert played.good and played.verdict.recall == played.verdict.precision == 1
    assert len(played.book.expected) == sum(played.book.near.values()) == len(FEW)


# What is played by whole departments, once in a year.
OF_DEPARTMENTS = {"EW-13", "EW-28", "SILENT"}


def test_every_warning_is_brought_about() -> None:
    assert {p.kind for p in plots()} | set(KINDS) | OF_DEPARTMENTS == set(kinds())


def expected() -> Expected:
    return Expected("EW-05", "C-1", "plot", THEN, "bm01")


def warned(raised: datetime, case_id: str = "C-1", rule_id: str = "EW-05") -> pb.Warning:
    made = pb.Warning(warning_id=f"W-{case_id}-{rule_id}", rule_id=rule_id, case_id=case_id)
    made.occur_time.FromDatetime(THEN - 9 * DAY)
    made.raise_time.FromDatetime(raised)
    return made


@pytest.mark.parametrize(
    ("warnings", "missed", "late", "false"),
    [
        ([warned(THEN + DAY)], 0, 0, 0),
        ([warned(THEN + 2 * DAY)], 0, 1, 0),
        ([], 1, 0, 0),
        ([warned(THEN, "C-2")], 1, 0, 1),
        ([warned(THEN, rule_id="EW-06")], 1, 0, 1),
        ([warned(THEN), warned(THEN, "C-2")], 0, 0, 1),
    ],
)
def test_the_judgment_tells_what_was_missed_late_and_false(
    warnings: list[pb.Warning], missed: int, late: int, false: int
) -> None:
    verdict = judge(Book(expected=[expected()]), warnings)

    found = len(verdict.missed), len(verdict.late), len(verdict.false)
    assert found == (missed, late, false) and verdict.good is (found == (0, 0, 0))


@pytest.mark.parametrize("state", [pb.WARNING_STATE_OPEN, pb.WARNING_STATE_SETTLED])
def test_what_is_put_right_is_settled(state: pb.WarningState) -> None:
    book, warning = Book(expected=[replace(expected(), settled=True)]), warned(THEN)
    warning.state = state

    assert judge(book, [warning]).good is (state == pb.WARNING_STATE_SETTLED)


@pytest.mark.parametrize("state", [pb.WARNING_STATE_OPEN, pb.WARNING_STATE_WITHDRAWN])
@pytest.mark.parametrize("late", [False, True])
def test_what_is_taken_back_is_let_be_where_a_case_was_told_late(late: bool, state: pb.WarningState) -> None:
    warning = warned(THEN)
    warning.state = state

    assert judge(Book(told_late={"C-1"} if late else set()), [warning]).good is (
        late and state == pb.WARNING_STATE_WITHDRAWN
    )


def test_words_tell_warnings_of_one_department_apart() -> None:
    said = replace(expected(), words="12")

    assert judge(Book(expected=[said]), [warned(THEN)]).missed == [said]


async def test_the_clock_goes_from_one_moment_to_the_next_and_never_back() -> None:
    agenda, seen = Agenda(THEN), []

    async def acts(*days: int) -> None:
        for day in days:
            await agenda.until(THEN + day * DAY)
            seen.append((day, agenda.now))

    async def stop(_at: datetime) -> None:
        seen.append((0, agenda.now))

    agenda.begin(acts(2, 1, 5))
    agenda.begin(acts(3, 9))
    await agenda.run(THEN + 9 * DAY, stop, stop)

    assert [day for day, _ in seen if day] == [2, 1, 3, 5]
    assert [at for _, at in seen] == sorted(at for _, at in seen)
