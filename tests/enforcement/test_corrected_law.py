"""A row of the law data was wrong: what it counted is counted anew, told, and can be listed; nothing else is touched."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import grpc
import pytest
import pytest_asyncio
from sqlalchemy import select
from yifa.enforcement.v1 import events_pb2 as events
from yifa.law.v1 import edition_pb2 as editions
from yifa.law.v1 import edition_service_pb2_grpc, law_pb2

from services.enforcement.deadline.model import Clock
from services.given import case as given
from services.kit.access import mint
from services.law.calendar import SHANGHAI
from tests.city import read_refusal
from tests.enforcement.department import Department
from tests.enforcement.samples import NODE, Dossier
from tests.layers import CITY_LAYER, layer_file

DEADLINE = editions.TOUCHED_KIND_DEADLINE
REVIEW, DEFENCE, MAJOR = "clock.PEN-09", "clock.PEN-10", "major.fine.organisation"
UNITS = {MAJOR: "fen"}


class Corrected(Department):
    """A department under a city's layer that the tests correct."""

    def __init__(self, folder: Any):
        super().__init__(folder)
        settings = folder / "node.toml"
        settings.write_text(settings.read_text().replace(f'"{CITY_LAYER}", ', '"city.example.toml", '))
        self.plain = layer_file(folder, CITY_LAYER).read_text("utf-8")

    def law(self, numbers: dict[str, int], article: str = "EX-ERS", more: str = "") -> None:
        """What the city's layer says from now on, once the node starts with it."""
        unit = {key: UNITS.get(key, "working_day") for key in numbers}
        said = [
            f'["{key}"]\nunit = "{unit[key]}"\n'
            f'values = [{{ since = 2022-01-01, value = {n}, law = "{article}" }}]\n'
            for key, n in numbers.items()
        ]
        (self.folder / "city.example.toml").write_text("\n".join([self.plain, *said, more]), "utf-8")

    async def begin(self, numbers: dict[str, int], **more: Any) -> None:
        self.law(numbers, **more)
        await self.start()

    async def again(self, numbers: dict[str, int], **more: Any) -> None:
        """The node starts again with this law, and has counted by it."""
        await self.stop()
        await self.begin(numbers, **more)
        async with asyncio.timeout(10):
            while not self.running.keeper.edition_rows()[-1].done:
                await asyncio.sleep(0.02)

    async def ask(self, method: str, **fields: Any) -> Any:
        stub = edition_service_pb2_grpc.EditionServiceStub(self.channel)
        token = mint((self.folder / "token.key").read_bytes(), "reviewer-1", NODE, ("LEGAL_REVIEWER",))
        request = getattr(editions, f"{method}Request")(service="enforcement", **fields)
        return await getattr(stub, method)(request, metadata=(("authorization", f"Bearer {token}"),))

    async def touched(self, row: str, kind: int = DEADLINE, **more: Any) -> list[editions.Touched]:
        """What a row touched, page by page."""
        found, token = [], ""
        while True:
            page = await self.ask("ListTouched", row=row, kind=kind, page_token=token, page_size=2, **more)
            found += page.touched
            if not (token := page.next_page_token):
                return found

    def moved(self) -> list[events.DeadlineMoved]:
        name = events.DeadlineMoved.DESCRIPTOR.full_name
        entries = [e for e in self.running.entries(0, 10**9) if e.type == name]
        return [events.DeadlineMoved.FromString(e.data) for e in entries]

    async def term(self, dossier: Dossier, clock_id: str) -> law_pb2.Deadline:
        return next(x for x in (await self.case(dossier.case_id)).deadlines if x.clock_id == clock_id)

    @property
    def edition(self) -> str:
        return self.running.around.edition.mark.partition(".")[0]


@pytest_asyncio.fixture(loop_scope="session")
async def office(tmp_path_factory: Any) -> AsyncIterator[Corrected]:
    department = Corrected(tmp_path_factory.mktemp("corrected"))
    department.now = on("2026-03-02")
    await department.begin({REVIEW: 20, DEFENCE: 7})
    await department.benchmark()
    yield department
    await department.stop()


def on(text: str, time: str = "09:00") -> datetime:
    return datetime.fromisoformat(f"{text} {time}").replace(tzinfo=SHANGHAI)


def local(stamp: Any) -> str:
    return stamp.ToDatetime(UTC).astimezone(SHANGHAI).date().isoformat()


def at(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).date().isoformat()


def listed(touched: list[editions.Touched]) -> list[tuple[str, str, str, str, str, bool]]:
    return [
        (t.subject_id, t.about, local(t.counted_time), local(t.due_time), local(t.lawful_time), t.told)
        for t in touched
    ]


async def test_what_a_wrong_number_counted_is_counted_anew_told_and_listed(office: Corrected) -> None:
    """A review of twenty working days from 2 March 2026 ends on the 30th; of ten, as it should have been, on the 16th."""
    reviewing, wrong = await office.reviewing(), office.edition
    before = await office.case(reviewing.case_id)

    await office.again({REVIEW: 10, DEFENCE: 7})

    [event] = office.moved()
    assert (event.deadline.clock_id, local(event.old_due_time)) == ("PEN-09", "2026-03-30")
    assert local(event.deadline.due_time) == "2026-03-16"
    assert list(event.correction.rows) == ["PEN-09", REVIEW]
    assert (event.correction.counted_by.edition, event.deadline.receipt.edition) == (wrong, office.edition)
    assert event.correction.citation.code == event.deadline.citation.code == "EX-ERS"
    assert list(event.deadline.receipt.rows) == ["PEN-09", REVIEW] and event.deadline.receipt.kernel == "1"
    assert event.case.version == before.version + 1 and await office.case(reviewing.case_id) == event.case
    assert (await office.term(reviewing, "PEN-15")).receipt.edition == wrong, (
        "what was right keeps its receipt"
    )
    found = (reviewing.case_id, "PEN-09", "2026-03-30", "2026-03-16", "2026-03-16", False)
    assert listed(await office.touched(REVIEW)) == listed(await office.touched("PEN-09")) == [found]
    assert [t.receipt.edition for t in await office.touched(REVIEW)] == [wrong]
    assert await office.touched(DEFENCE) == await office.touched("PEN-15") == []
    later = await office.reviewing()
    assert listed(await office.touched(REVIEW)) == [found], "what the right row counted is not touched"
    by_the_right_one = await office.touched(REVIEW, edition=office.edition)
    assert sorted(t.subject_id for t in by_the_right_one) == sorted([reviewing.case_id, later.case_id])


async def test_no_day_that_the_party_was_told_is_taken_by_a_correction(office: Corrected) -> None:
    """Told on 2 March that it has seven working days; it should have been five."""
    noticed = await office.noticed()
    window = local((await office.case(noticed.case_id)).notice.window_end)

    await office.again({REVIEW: 20, DEFENCE: 5})

    assert window == local((await office.case(noticed.case_id)).notice.window_end) == "2026-03-11"
    assert local((await office.term(noticed, "PEN-10")).due_time) == "2026-03-11" and not office.moved()
    found = (noticed.case_id, "PEN-10", "2026-03-11", "2026-03-11", "2026-03-09", True)
    assert listed(await office.touched(DEFENCE)) == [found]
    office.now = on("2026-03-10")
    async with office.refused("NO_DECISION_WITHOUT_NOTICE", more=True):
        await office.decide(noticed)


async def test_a_party_that_was_told_too_little_has_more(office: Corrected) -> None:
    noticed = await office.noticed()

    await office.again({REVIEW: 20, DEFENCE: 9})

    [event] = office.moved()
    assert (event.deadline.clock_id, local(event.deadline.due_time)) == ("PEN-10", "2026-03-13")
    assert local((await office.case(noticed.case_id)).notice.window_end) == "2026-03-13"


async def test_a_corrected_article_is_shown_and_moves_nothing(office: Corrected) -> None:
    reviewing = await office.reviewing()

    await office.again({REVIEW: 20, DEFENCE: 7}, article="EX-SUP")

    assert (await office.term(reviewing, "PEN-09")).citation.code == "EX-SUP"
    assert not office.moved()
    [touched] = await office.touched(REVIEW)
    assert touched.counted_time == touched.due_time == touched.lawful_time


async def test_a_corrected_reminder_is_kept_from_now_on(office: Corrected) -> None:
    """The review of twenty working days reminds at the least working days before its end: three, and then eight."""

    def remind(days: int) -> str:
        return (
            '["warning.EW-01.least"]\nunit = "working_day"\n'
            f'values = [{{ since = 2022-01-01, value = {days}, law = "EX-SUP" }}]\n'
        )

    await office.again({REVIEW: 20, DEFENCE: 7}, more=remind(3))
    reviewing = await office.reviewing()
    wanted = select(Clock.next_time).where(Clock.key == f"{reviewing.case_id}/PEN-09")
    [[before]] = office.running.rows(wanted)
    await office.again({REVIEW: 20, DEFENCE: 7}, more=remind(8))

    [[after]] = office.running.rows(wanted)
    assert (at(before), at(after)) == ("2026-03-25", "2026-03-18") and not office.moved()


async def test_the_same_law_and_what_is_only_worded_otherwise_change_nothing(office: Corrected) -> None:
    await office.noticed()
    before = office.running.rows(select(Clock.__table__)), office.running.head()
    kept = office.running.keeper.edition_rows()

    await office.again({DEFENCE: 7, REVIEW: 20}, more="# a comment")

    assert office.running.keeper.edition_rows() == kept
    assert (office.running.rows(select(Clock.__table__)), office.running.head()) == before
    reply = await office.ask("ListEditions")
    assert [(e.in_force, e.recount.seen, list(e.differing)) for e in reply.editions] == [(True, 0, [])]


async def test_a_correction_that_is_taken_back_is_counted_by_again(office: Corrected) -> None:
    reviewing, first = await office.reviewing(), office.edition
    await office.again({REVIEW: 10, DEFENCE: 7})

    await office.again({REVIEW: 20, DEFENCE: 7})

    assert office.edition == first
    assert [local(e.deadline.due_time) for e in office.moved()] == ["2026-03-16", "2026-03-30"]
    assert local((await office.term(reviewing, "PEN-09")).due_time) == "2026-03-30"
    told = (await office.ask("ListEditions")).editions
    assert [e.in_force for e in told] == [True, False]
    assert {REVIEW, "PEN-09"} <= set(told[1].differing)
    assert listed(await office.touched(REVIEW))[0][2] == "2026-03-16"


async def test_a_decision_keeps_by_which_thresholds_it_was_weighed(office: Corrected) -> None:
    """A fine of 50,000 yuan is a major penalty by the right number, and was none by the wrong one."""
    await office.again({REVIEW: 20, DEFENCE: 7, MAJOR: 10_000_000})
    decided, wrong = await decided_in_march(office), office.edition

    await office.again({REVIEW: 20, DEFENCE: 7, MAJOR: 5_000_000})

    told = (await office.case(decided.case_id)).decision
    assert (told.major, told.receipt.edition, MAJOR in told.receipt.rows) == (False, wrong, True)
    [found] = await office.touched(MAJOR, editions.TOUCHED_KIND_EVALUATION)
    assert (found.subject_id, found.about, found.receipt) == (decided.case_id, "MakeDecision", told.receipt)
    assert (
        found.outcome_en.startswith("major: was no, is yes;") and "重大处罚：原否，现是" in found.outcome_zh
    )
    for other in ("major.fine.citizen", "hearing.fine.organisation", "rule.two_officers", "PEN-09"):
        assert not await office.touched(other, editions.TOUCHED_KIND_EVALUATION), other
    await decided_in_march(office)
    assert len(await office.touched(MAJOR, editions.TOUCHED_KIND_EVALUATION)) == 1


async def decided_in_march(office: Corrected) -> Dossier:
    office.now = on("2026-03-02")
    dossier = await office.noticed(given.fine(50_000))
    office.now = on("2026-03-12")
    await office.act("MakeDecision", dossier)
    return dossier


async def test_a_row_or_an_edition_that_never_counted_here_is_refused(office: Corrected) -> None:
    for fields in ({"row": "PEN-999"}, {"row": "PEN-09", "edition": "0000"}):
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await office.touched(**fields)
        assert read_refusal(caught.value).reason == "NOT_FOUND"
