"""How events are told to people."""

from datetime import datetime

import pytest
from yifa.enforcement.v1 import case_pb2
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.law.v1 import law_pb2
from yifa.registry.v1 import events_pb2 as registry

from services.law.event import events
from services.supervision.event.line import classes, line
from tests.supervision.office import lawful, new_case


def test_every_event_of_the_contracts_can_be_told() -> None:
    assert events().keys() == classes().keys()


@pytest.mark.parametrize("name", sorted(events()))
def test_every_line_can_be_written(name: str) -> None:
    told = line(name, b"")

    assert told.title_zh and told.title_en and told.title_en.isascii()
    assert not any("\u4e00" <= c <= "\u9fff" for c in told.summary_en)


@pytest.mark.parametrize("name", sorted(events()))
def test_no_line_tells_by_its_id_what_people_are_to_read(name: str) -> None:
    said = events()[name]

    assert "_id}" not in "".join((said.title.zh, said.title.en, said.line.zh, said.line.en))


def test_line_of_a_decision() -> None:
    event = enforcement.DecisionMade(case=lawful(new_case(), fine=12_000_000))

    told = line("yifa.enforcement.v1.DecisionMade", event.SerializeToString())

    assert told.summary_zh == "示例公司C-1，罚款 ¥120,000.00"
    assert told.summary_en == "示例公司C-1, fine ¥120,000.00"


def test_officers_are_named() -> None:
    event = enforcement.OfficersAssigned(case=new_case())

    told = line("yifa.enforcement.v1.OfficersAssigned", event.SerializeToString())

    assert (told.summary_zh, told.summary_en) == ("执法人员O-1、执法人员O-2", "执法人员O-1, 执法人员O-2")


def test_fen_are_not_lost() -> None:
    case = case_pb2.Case(paid=law_pb2.Money(fen=1_000_005))
    event = enforcement.PaymentRecorded(case=case, amount=law_pb2.Money(fen=7))

    told = line("yifa.enforcement.v1.PaymentRecorded", event.SerializeToString())

    assert "¥0.07" in told.summary_zh and "¥10,000.05" in told.summary_zh


def test_a_moment_is_told_by_its_day() -> None:
    event = registry.NamePosted()
    event.end_time.FromDatetime(datetime(2026, 6, 1, 16))

    told = line("yifa.registry.v1.NamePosted", event.SerializeToString())

    assert (told.summary_zh, told.summary_en) == ("公示至2026-06-02", "posted until 2026-06-02")


def test_a_moment_beyond_the_calendar_leaves_the_title() -> None:
    event = registry.NamePosted()
    event.end_time.seconds = 2**60

    told = line("yifa.registry.v1.NamePosted", event.SerializeToString())

    assert told.title_en == "Name posted for objections" and told.summary_en == ""


def test_text_of_a_party_is_not_a_template() -> None:
    event = enforcement.CaseFiled(case=case_pb2.Case(party=parties.Party(name="{case.node}{0}")))

    assert line("yifa.enforcement.v1.CaseFiled", event.SerializeToString()).summary_zh == "{case.node}{0}："


@pytest.mark.parametrize("data", [b"", b"\xff\xff\xff"])
def test_unknown_or_unreadable_event_goes_by_its_name(data: bytes) -> None:
    assert line("yifa.future.v1.ThingDone", data).title_en == "ThingDone"
    assert line("yifa.enforcement.v1.CaseFiled", data).title_en == "Case filed"
