"""How events are told to people."""

import pytest
from yifa.enforcement.v1 import case_pb2
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.law.v1 import law_pb2

from services.supervision.event.titles import TITLES, classes, line
from tests.supervision.office import lawful, new_case


def events() -> list[str]:
    return sorted(classes())


def test_every_event_has_a_title_and_every_title_an_event() -> None:
    assert set(TITLES) == set(classes())


@pytest.mark.parametrize("name", events())
def test_every_line_can_be_written(name: str) -> None:
    told = line(name, b"")

    assert told.title_zh and told.title_en and told.title_en.isascii()


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


def test_text_of_a_party_is_not_a_template() -> None:
    event = enforcement.CaseFiled(case=case_pb2.Case(party=parties.Party(name="{case.node}{0}")))

    assert line("yifa.enforcement.v1.CaseFiled", event.SerializeToString()).summary_zh == "{case.node}{0}："


@pytest.mark.parametrize("data", [b"", b"\xff\xff\xff"])
def test_unknown_or_unreadable_event_goes_by_its_name(data: bytes) -> None:
    assert line("yifa.future.v1.ThingDone", data).title_en == "ThingDone"
    assert line("yifa.enforcement.v1.CaseFiled", data).title_en == "Case filed"
