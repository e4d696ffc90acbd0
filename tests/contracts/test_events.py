"""Every event says who may send it, by which names it is known, whom it is for, and how people are told of it."""

from pathlib import Path

import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from yifa.enforcement.v1.events_pb2 import DecisionMade
from yifa.law.v1 import options_pb2

from services.law.event import (
    NAME,
    addressee_of,
    announced_by,
    announcers,
    check_words,
    events,
    home_of,
)
from services.law.event import Addressee as To
from services.law.event import Home as By

IMAGE = Path(__file__).resolve().parents[2] / "proto/gen/yifa.binpb"
CONTRACTS = [
    f for f in FileDescriptorSet.FromString(IMAGE.read_bytes()).file if f.name.endswith("/events.proto")
]
MESSAGES = {f"{file.package}.{message.name}": message for file in CONTRACTS for message in file.message_type}


@pytest.mark.parametrize("name", MESSAGES)
def test_an_event_says_its_home_and_its_addressee(name):
    assert MESSAGES[name].options.HasExtension(options_pb2.event)
    said = MESSAGES[name].options.Extensions[options_pb2.event]

    assert said.home != By.HOME_UNSPECIFIED and said.to != To.ADDRESSEE_UNSPECIFIED
    assert (home_of(name), addressee_of(name), announced_by(name)) == (
        said.home,
        said.to,
        tuple(said.announces),
    )


@pytest.mark.parametrize("name", MESSAGES)
def test_an_announced_name_says_what_happened_to_what(name):
    said = announced_by(name)

    assert all(NAME.fullmatch(each) for each in said) and len(set(said)) == len(said)


def test_all_events_are_read():
    assert list(events()) == sorted(
        MESSAGES, key=lambda name: (name.rpartition(".")[0], list(MESSAGES).index(name))
    )


@pytest.mark.parametrize(
    "name", ["Decision.made", "decision", "decision.made.", "decision_.made", "decision.v1.made"]
)
def test_a_name_of_another_form_is_none(name):
    assert not NAME.fullmatch(name)


TITLE = {"zh": "决定", "en": "Decided"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({}, "no title in both languages"),
        ({"title": {"zh": "决定"}}, "no title in both languages"),
        ({"title": TITLE, "line": {"zh": "罚款"}}, "a line in one language only"),
        ({"title": TITLE, "line": {"zh": "{case.fine}", "en": "-"}}, "'case.fine', and there is no 'fine'"),
        ({"title": TITLE, "line": {"zh": "{case_id}", "en": "-"}}, "'case_id', and there is no 'case_id'"),
        ({"title": TITLE, "line": {"zh": "-", "en": "{case.officers.name}"}}, "there is no 'name'"),
        ({"title": TITLE, "line": {"zh": "{case.party}", "en": "-"}}, "'case.party', which cannot be read"),
        ({"title": TITLE, "line": {"zh": "{case.state}", "en": "-"}}, "'case.state', which cannot be read"),
        ({"title": {"zh": "{}", "en": "-"}}, "there is no ''"),
    ],
)
def test_words_that_cannot_be_told_are_refused(words, says):
    with pytest.raises(ValueError, match=f"DecisionMade: .*{says}"):
        check_words(DecisionMade.DESCRIPTOR, options_pb2.Event(**words))


@pytest.mark.parametrize(
    "path", ["case.officers", "case.decision.penalty.fine", "case.file_time", "case.case_number"]
)
def test_lists_money_and_moments_can_be_told(path):
    check_words(
        DecisionMade.DESCRIPTOR, options_pb2.Event(title=TITLE, line={"zh": f"{{{path}}}", "en": "-"})
    )


@pytest.mark.parametrize(
    ("event", "home", "to"),
    [
        ("yifa.enforcement.v1.DecisionMade", By.HOME_DEPARTMENT, To.ADDRESSEE_CITY),
        ("yifa.enforcement.v1.CaseTransferred", By.HOME_DEPARTMENT, To.ADDRESSEE_NODE),
        ("yifa.registry.v1.CertificateRevoked", By.HOME_CITY, To.ADDRESSEE_NODE),
        ("yifa.registry.v1.OfficerRegistered", By.HOME_ANY, To.ADDRESSEE_CITY),
        ("yifa.supervision.v1.WarningRaised", By.HOME_CITY, To.ADDRESSEE_NODE),
        ("yifa.notifications.v1.NotificationCreated", By.HOME_ANY, To.ADDRESSEE_CITY),
        ("yifa.law.v1.CalendarYearLoaded", By.HOME_CITY, To.ADDRESSEE_ALL),
    ],
)
def test_who_sends_what_to_whom(event, home, to):
    assert (home_of(event), addressee_of(event)) == (home, to)


def test_decisions_of_all_procedures_are_known_by_one_name():
    assert announcers()["decision.made"] == (
        "yifa.enforcement.v1.DecisionMade",
        "yifa.enforcement.v1.SpotDecisionMade",
    )


def test_what_is_no_event_announces_nothing():
    assert announced_by("yifa.enforcement.v1.Case") == announced_by("") == ()
    with pytest.raises(KeyError):
        home_of("yifa.enforcement.v1.Case")
