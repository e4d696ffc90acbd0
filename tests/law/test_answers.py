"""yifa law: files that cannot be used, every clock explained and counted, procedures shown."""

import pytest

from services.law.clock import catalogue
from tests.law.asking import BOUND, asked, layer, told_why, yifa

CITY = '[layer]\nname = "x"\nkind = "city"\nextends = "national"\n'
PEN_27 = '["clock.PEN-27"]\nunit = "calendar_day"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"\xff\xfe", "bad.toml: 不是UTF-8编码"),
        ("layer = []\n", "bad.toml:1: [layer] needs a name"),
        ('[layer]\nname = 5\nkind = "city"\n', "bad.toml:1: [layer] needs a name"),
        ("a = 1\n" + CITY, "bad.toml:1: a: is a table"),
        (CITY + PEN_27, "bad.toml:5: clock.PEN-27: 'values' is missing"),
        (CITY + PEN_27 + 'values = ["x"]\n', "bad.toml:5: clock.PEN-27: values are a list"),
        (
            CITY + PEN_27 + 'values = [{ since = "2022-01-01", value = 9, law = "TJ-SUP" }]\n',
            "bad.toml:5: clock.PEN-27: since is a day",
        ),
        (
            CITY + PEN_27 + 'values = [{ since = 2022-01-01T00:00:00, value = 9, law = "TJ-SUP" }]\n',
            "bad.toml:5: clock.PEN-27: since is a day",
        ),
        (
            CITY + PEN_27 + 'values = [{ since = 2022-01-01, value = 9.5, law = "TJ-SUP" }]\n',
            "bad.toml:5: clock.PEN-27: a value is a whole number, not 9.5",
        ),
        (
            CITY + PEN_27 + 'values = [{ since = 2022-01-01, value = true, law = "TJ-SUP" }]\n',
            "bad.toml:5: clock.PEN-27: a value is a whole number, not True",
        ),
    ],
)
def test_a_bad_layer_file_is_named_with_line_and_reason(text, says, tmp_path):
    file = tmp_path / "bad.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())

    assert says in told_why("due", "PEN-27", "--from", "2026-03-02", "--layer", str(file))


def test_the_whole_question_at_once(tmp_path, monkeypatch):
    layer(tmp_path, "city", "city", "guangdong", 10)
    monkeypatch.chdir(tmp_path)

    told = asked(
        "due", "PEN-15", "--from", "2026-10-12", "--exclude", "2026-10-20..2026-10-25",
        "--extend", "30", "--approved", "2026-12-01", "--layer", "city.toml", "--sector", "housing",
    )  # fmt: skip

    # 90 and 30 days and the 5 left out end on Sunday, 14 February 2027.
    assert (told["due"], told["provisional"], told["void"]) == ("2027-02-15", True, [])


@pytest.mark.parametrize("clock_id", sorted(catalogue()))
def test_every_clock_is_explained_and_counted(clock_id):
    told = asked("explain", clock_id, *BOUND)
    counted = asked("due", clock_id, "--from", "2026-10-12T09:30", *BOUND)

    assert told["clock"] == counted["clock"] == clock_id
    assert told["law"]["zh"] and told["in_force"]["chain"] and (told["starts"] or told["stops"])
    assert counted["due"] >= "2026" and isinstance(counted["provisional"], bool)
    assert told["title"]["zh"] in yifa("explain", clock_id, *BOUND).stdout


def test_an_event_of_the_law_is_explained_by_its_act():
    starts = asked("explain", "ENF-02")["starts"]

    assert starts[1] == {"id": "measure.seized", "zh": "扣押、紧急扣押", "en": "Seized, Seized urgently"}


def test_a_procedure_is_shown_act_by_act():
    told = asked("procedures", "enforcement/measure")
    shown = yifa("procedures", "enforcement/measure").stdout

    assert told["run_by"] == "enforcement" and "RELEASED" in told["ends"]
    [seize] = [m for m in told["moves"] if m["act"] == "SEIZE"]
    assert (seize["from"], seize["to"], seize["law"]["code"]) == ("APPROVED", "EXECUTED", "ACL-2011:24(1)")
    assert set(seize["starts"]) == {
        "ENF-02",
        "PUB-01",
        "AVR-04",
        "REC-01",
        "REC-02",
        "REC-03",
        "LIT-01",
        "LIT-02",
        "LIT-03",
    }
    assert seize["roles"][0]["zh"] == "承办执法人员"
    assert "COERCIVE_SCOPE" in {r["reason"] for r in seize["rules"]}
    for said in ("运行 run by: enforcement", "扣押 Seize (SEIZE)", "APPROVED → EXECUTED", "▶ ENF-02"):
        assert said in shown


def test_procedures_that_services_run_are_found_with_and_without_the_service():
    whole, short = asked("procedures", "enforcement/ordinary"), asked("procedures", "ordinary")

    assert whole == short and whole["run_by"] == "enforcement"
    names = [p["procedure"] for p in asked("procedures")]
    assert {
        "serving",
        "supervision/complaint",
        "supervision/document_filing",
        "enforcement/measure",
        "supervision/filing",
        "enforcement/summary",
    } <= set(names)
    assert "enforcement/summary" in yifa("procedures").stdout
