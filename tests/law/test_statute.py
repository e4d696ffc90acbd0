"""The clocks that ship, and the statute files that are refused."""

from dataclasses import replace

import pytest

from services.law.citation import cite, statutes
from services.law.clock import Term, catalogue, driven, named_by, resumed_by, runs, started_by, stopped_by
from services.law.event import announcers, events
from services.law.statute import read_statute, read_statutes

ENFORCEMENT = "yifa.enforcement.v1."
RUNNING = """
    PEN-03 PEN-05 PEN-06 PEN-07 PEN-08 PEN-09 PEN-10 PEN-11 PEN-14 PEN-15 PEN-16 PEN-17 PEN-18 PEN-19 PEN-23 PEN-24 PEN-25
    PEN-27 PEN-28 PEN-30 PEN-31 INS-01 INS-04 OFF-01 OFF-08 AVR-01 AVR-02 AVR-03 AVR-05 ENF-01 ENF-02 ENF-03 ENF-04 CRM-01
    CRM-02 CRM-03 CRM-04 CRM-05 CRM-06 CRM-07 CRM-08 AVR-04 AVR-06 PEN-26 PUB-10 CRD-06 CRD-07 CRD-08 CRD-09 CRD-10 CRD-11 PEN-21
    PEN-22 ENF-06 ENF-09 ENF-10 ENF-12 ENF-13 ENF-14 PUB-01 SUP-01 SUP-02 SUP-03 SUP-05 SUP-06 SUP-07 SUP-08 SUP-09 SUP-10
    SUP-11 SUP-12 ACC-01 ACC-02 LIT-05 LIT-06 LIT-07 LIT-08 LIT-09 LIT-10 REC-04 REC-05 REC-06 REC-07 REC-08 REC-09 REC-10
    REC-11 REC-12 REC-14 REC-15 REC-16 REC-17 REC-18 REC-19 REC-20 REC-21 REC-23 NRM-02 NRM-04 NRM-05 NRM-06 NRM-07 NRM-08
    NRM-09 NRM-13 LIC-01 LIC-02 LIC-03 LIC-04 LIC-05 LIC-06 LIC-07 LIC-10 PUB-02
    SUP-13 SUP-14 CMP-02 CMP-03 CMP-04 CMP-05 CMP-06 CMP-07 SGN-01 SGN-02 SGN-03
    SUP-15 SUP-16 SUP-17 NRM-19 TSK-01 TSK-02 PUB-07 PUB-08 PUB-09 ACC-04 OFF-16 MTG-01 MTG-02 RPT-01 RPT-02 SVP-01 SVP-02
"""
GOOD = """
[clock.X-01]
title_zh = "某期限"
title_en = "Some term"
law = "APL-2021:60"
starts = ["thing.happened"]
stops = ["thing.ended"]
term = [{ since = 2021-07-15, amount = 90, unit = "calendar_day" }]
"""


def test_every_clock_is_there_and_complete():
    clocks = catalogue()

    assert len(clocks) == 210
    for clock in clocks.values():
        assert clock.title_zh and clock.title_en and clock.late_zh and clock.late_en, clock.id
        assert clock.stops, clock.id
        assert cite(clock.law).text_zh


def test_the_catalogue_is_read_once_and_cannot_be_changed():
    assert catalogue() is catalogue()
    with pytest.raises(TypeError):
        catalogue()["PEN-15"] = None


def test_a_clock_that_runs_is_started_and_stopped_by_events():
    running = {c.id for c in catalogue().values() if runs(c)}

    assert running == set(RUNNING.split())
    for clock in map(catalogue().get, running):
        assert any(clock in started_by(event) for event in events()), clock.id
        assert any(clock in stopped_by(event) for event in events()), clock.id


def test_a_clock_that_nobody_can_stop_is_counted_and_not_run():
    suit, display = catalogue()["LIT-01"], catalogue()["CRD-01"]

    assert announcers().keys() >= {*suit.starts, *display.starts}
    assert not runs(suit) and suit not in started_by(ENFORCEMENT + "DecisionServed")
    assert not runs(display) and display not in started_by(ENFORCEMENT + "DecisionMade")
    assert runs(replace(suit, stops=("decision.made",)))


def test_no_event_starts_and_stops_the_same_clock():
    for event in events():
        assert set(started_by(event)).isdisjoint(stopped_by(event)), event


def test_a_wait_is_not_run_though_events_announce_its_ends():
    assert not runs(replace(catalogue()["PEN-15"], direction="min_wait"))


def test_a_clock_that_is_held_in_another_way_is_not_run():
    assert [c.id for c in catalogue().values() if driven(c) and not runs(c)] == [
        "ENF-11",
        "CRD-01",
        "CRD-03",
        "CRD-05",
        "OFF-05",
        "OFF-12",
        "OFF-09",
    ]
    assert not started_by("yifa.registry.v1.CertificateIssued") and not named_by(
        "yifa.registry.v1.CertificateRevoked"
    )


@pytest.mark.parametrize(
    ("event", "started", "stopped"),
    [
        ("ClueRegistered", "PEN-03", ""),
        ("CaseFiled", "PEN-15", "PEN-03"),
        ("ClueNotFiled", "", "PEN-03"),
        ("ReviewSubmitted", "PEN-09", ""),
        ("ReviewConcluded", "", "PEN-09"),
        ("PriorNoticeServed", "PEN-10 PEN-11", ""),
        ("StatementReceived", "", "PEN-10"),
        ("HearingRequested", "PEN-14", "PEN-11"),
        ("DefenceWaived", "", "PEN-10 PEN-11"),
        ("DecisionMade", "PEN-16 PEN-23 PEN-27 PEN-31", "PEN-15"),
        ("CaseTerminated", "PEN-25", "PEN-09 PEN-10 PEN-11 PEN-14 PEN-15"),
        ("CaseTransferred", "", "PEN-03 PEN-15"),
        ("ClueTakenBack", "", ""),
        ("CaseTakenBack", "", ""),
        ("JurisdictionDisputed", "PEN-05", ""),
        ("JurisdictionReferred", "PEN-06", "PEN-05"),
        ("TransferAcknowledged", "", "PEN-05 PEN-06"),
        ("JurisdictionSettled", "", "PEN-05 PEN-06"),
        ("ServiceAnnounced", "PEN-17 AVR-03", "PEN-16"),
        ("DecisionServed", "PEN-19 AVR-02", "PEN-16 PEN-17"),
        ("PaymentCompleted", "PEN-25", "PEN-19"),
        ("SpotDecisionMade", "PEN-16 PEN-18 PEN-23 PEN-27 PEN-31", "PEN-15"),
        ("SpotDecisionReported", "", "PEN-18"),
        ("DecisionPublished", "", "PEN-23 PEN-31"),
        ("MajorPenaltyFiled", "PEN-28", "PEN-27"),
        ("CaseClosed", "", "PEN-19 PEN-25"),
        ("HearingHeld", "AVR-01", ""),
        ("HearingRecordingHandedIn", "", "AVR-01"),
        ("ServiceRecordingHandedIn", "", "AVR-02"),
        ("NoticeRecordingHandedIn", "", "AVR-03"),
        ("FileStored", "", ""),
    ],
)
def test_events_drive_the_clocks_of_a_case(event, started, stopped):
    assert {c.id for c in started_by(ENFORCEMENT + event)} == set(started.split())
    assert {c.id for c in stopped_by(ENFORCEMENT + event)} == set(stopped.split())


def test_what_comes_back_goes_on_with_the_term_that_it_had():
    """No article gives the ninety days (APL 60), or those to check a clue, anew."""
    assert [c.id for c in resumed_by(ENFORCEMENT + "CaseTakenBack")] == ["PEN-15"]
    assert [c.id for c in resumed_by(ENFORCEMENT + "ClueTakenBack")] == ["PEN-03"]
    assert set(named_by(ENFORCEMENT + "CaseTakenBack")) == {"PEN-15"}


def test_supervision_stops_the_review_of_a_filing():
    assert [c.id for c in stopped_by("yifa.supervision.v1.FilingReviewed")] == ["PEN-28"]


def test_a_major_penalty_only_is_filed():
    assert catalogue()["PEN-27"].only_if == "major"
    assert catalogue()["PEN-19"].only_if == "fine"
    assert catalogue()["PEN-16"].only_if == ""


def test_the_clocks_that_an_event_moves_are_named():
    assert set(named_by(ENFORCEMENT + "CaseFiled")) == {"PEN-03", "PEN-15"}
    assert named_by("yifa.enforcement.v1.Unknown") == ()


def test_only_a_configurable_term_may_be_set_locally():
    local = catalogue()["PEN-27"].with_term(Term(10, "calendar_day"), "TJ-SUP")

    assert (local.term, local.law) == (Term(10, "calendar_day"), "TJ-SUP")
    with pytest.raises(ValueError, match="PEN-15: APL-2021:60 fixes this term"):
        catalogue()["PEN-15"].with_term(Term(60, "calendar_day"))


def test_statutes_that_speak_of_working_days_say_which_article():
    for statute in statutes().values():
        if statute.working_days:
            assert cite(f"{statute.code}:{statute.working_days.article}")


def change(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


TERM = '{ since = 2021-07-15, amount = 90, unit = "calendar_day" }'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (change('"calendar_day"', '"moon"'), "x.toml:2: X-01: unknown unit 'moon'"),
        (change('law = "APL-2021:60"\n', ""), "x.toml:2: X-01: no citation"),
        (change("APL-2021:60", "APL-2021:99"), "articles 1 to 86"),
        (change("APL-2021:60", "XYZ-1:9"), "unknown statute 'XYZ-1'"),
        (change(TERM, f"{TERM}, {TERM}"), "overlap"),
        (change(TERM, f"{TERM}, {TERM.replace('2021', '2020')}"), "overlap"),
        (change(TERM, ""), "no term"),
        (change('starts = ["thing.happened"]\n', ""), "nothing starts it"),
        (change('stops = ["thing.ended"]\n', ""), "nothing stops it"),
        (GOOD + 'trigger = ["thing.happened"]\n', "trigger"),
        (
            change("thing.happened", "yifa.enforcement.v1.CaseFiled"),
            "'yifa.enforcement.v1.CaseFiled' is no name",
        ),
        (change('["thing.happened"]', '["a.b", "a.b"]'), "starts says a name twice"),
        (GOOD + 'direction = "sideways"\n', "unknown direction 'sideways'"),
        (GOOD + 'layer = "village"\n', "unknown layer 'village'"),
        (GOOD + "colour = 1\n", "colour"),
        (GOOD + 'only_if = "raining"\n', "unknown condition 'raining'"),
        (change("amount = 90", "amount = 7"), r"7 days of APL-2021 are working days \(APL-2021:85\)"),
        (change('"calendar_day"', '"working_day"'), "90 days of APL-2021 are calendar days"),
        (change("amount = 90", "amount = -1"), "is negative"),
        (change('90, unit = "calendar_day"', '229, unit = "annual"'), "day is out of range for month"),
        (change('title_en = "Some term"\n', ""), "title_en"),
        (GOOD + 'extensions = [{ by = "head", unit = "moon" }]\n', "unknown unit 'moon'"),
        (GOOD + 'extensions = [{ by = "head", unit = "month", law = "NO:1" }]\n', "unknown statute 'NO'"),
        (GOOD + GOOD, "x.toml: Cannot declare"),
        ("[clock", "x.toml: "),
        ("clock = 1\n", "x.toml: a clock is written as a table"),
        (change("2021-07-15", '"2021-07-15"'), "x.toml:2: X-01: since is a day as 2021-07-15"),
        (
            change("amount = 90", "amount = 9.5"),
            "x.toml:2: X-01: a term is a whole number of calendar_day, not 9.5",
        ),
        (change("amount = 90", 'amount = "90"'), "x.toml:2: X-01: a term is a whole number"),
        (change("amount = 90, ", ""), "x.toml:2: X-01: 'amount' is missing"),
        (change('["thing.happened"]', '"thing.happened"'), "x.toml:2: X-01: starts is a list of names"),
    ],
)
def test_a_bad_statute_file_is_refused_with_file_line_and_reason(tmp_path, text, says):
    file = tmp_path / "x.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(ValueError, match=says):
        read_statute(file)


def test_a_statute_file_in_another_encoding_is_named(tmp_path):
    (tmp_path / "x.toml").write_bytes(GOOD.encode("utf-16"))

    with pytest.raises(ValueError, match=r"x\.toml: 'utf-8' codec"):
        read_statute(tmp_path / "x.toml")


def test_the_line_is_that_of_the_clock(tmp_path):
    file = tmp_path / "x.toml"
    second = GOOD.replace("X-01", "X-02").replace('"calendar_day"', '"moon"')
    file.write_text(GOOD + second, encoding="utf-8")

    with pytest.raises(ValueError, match=r"x\.toml:10: X-02: unknown unit"):
        read_statute(file)


def test_the_same_id_in_two_files_is_refused(tmp_path):
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")

    with pytest.raises(ValueError, match=r"b\.toml: X-01 is already defined"):
        read_statutes(tmp_path)


def test_an_amendment_adds_a_dated_term(tmp_path):
    later = TERM.replace("2021-07-15", "2030-01-01").replace("90", "60")
    (tmp_path / "x.toml").write_text(change(TERM, f"{TERM}, {later}"), encoding="utf-8")

    (clock,) = read_statute(tmp_path / "x.toml")

    assert [t.amount for _, t in clock.terms] == [90, 60]
    assert clock.term == Term(60, "calendar_day")
