"""yifa law due: what a lawyer types and reads."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from services.law.parameters import FOLDER
from tests.law.asking import BOUND, asked, layer, told_why, yifa

ROOT = Path(__file__).resolve().parents[2]


def test_a_hearing_window_over_national_day_is_shown_day_by_day():
    told = asked("due", "PEN-11", "--from", "2026-09-30")

    assert (told["due"], told["provisional"]) == ("2026-10-13", False)
    assert (told["clock"], told["law"]) == ("PEN-11", "APL-2021:64[1]")
    assert (told["term"]["amount"], told["term"]["unit"]) == (5, "working_day")
    days = {step["day"]: step for step in told["steps"]}
    assert [d for d, step in days.items() if step["counts"]] == [
        "2026-10-08",
        "2026-10-09",
        "2026-10-10",
        "2026-10-12",
        "2026-10-13",
    ]
    assert (days["2026-10-05"]["day_zh"], days["2026-10-05"]["day_en"]) == ("国庆节假期", "National Day")
    assert days["2026-10-10"]["day_zh"] == "调休上班日"
    assert (days["2026-10-11"]["day_zh"], days["2026-10-11"]["weekday_zh"]) == ("周末", "周日")
    assert days["2026-10-08"]["day_zh"] == ""


def test_people_read_the_same_day_by_day():
    result = yifa("due", "PEN-11", "--from", "2026-09-30")

    assert result.exit_code == 0
    for said in (
        "PEN-11 要求听证 Request for a hearing",
        "第六十四条第（一）项",
        "2026-10-05   周一 Mon      –   国庆节假期 National Day",
        "2026-10-10   周六 Sat      3   调休上班日 make-up day",
        "届满 due: 2026-10-13 周二 Tue",
    ):
        assert said in result.stdout


def test_a_year_that_is_not_proclaimed_makes_the_date_provisional():
    told = asked("due", "PEN-15", "--from", "2026-10-12")

    assert (told["due"], told["provisional"], told["unproclaimed_years"]) == ("2027-01-11", True, [2027])
    shown = yifa("due", "PEN-15", "--from", "2026-10-12").stdout
    assert "暂定：2027年" in shown and "provisional" in shown and "元旦假期" in shown


def test_excluded_time_and_an_extension_lengthen_a_term():
    plain = asked("due", "ENF-02", "--from", "2026-03-02")
    longer = asked("due", "ENF-02", "--from", "2026-03-02", "--exclude", "2026-03-10..2026-03-15")
    extended = asked(
        "due",
        "ENF-02",
        "--from",
        "2026-03-02",
        "--extend",
        "30",
        "--approved",
        "2026-04-01",
        "--by",
        "agency_head",
    )

    assert [t["due"] for t in (plain, longer, extended)] == ["2026-04-01", "2026-04-06", "2026-05-01"]
    assert [s["day"] for s in longer["steps"] if s["why"] == "EXCLUDED"] == [
        f"2026-03-{day}" for day in (11, 12, 13, 14, 15)
    ]
    assert extended["void"] == []


@pytest.mark.parametrize(
    ("options", "reason", "zh"),
    [
        (("--extend", "30", "--approved", "2026-04-02"), "EXTENSION_LATE", "已超过2026-04-01届满的期限"),
        (("--extend", "31", "--approved", "2026-03-20"), "EXTENSION_TOO_LONG", "最多可延长30日"),
        (
            ("--extend", "30", "--approved", "2026-03-20", "--by", "unit_head"),
            "EXTENSION_NOT_COMPETENT",
            "应由行政机关负责人批准，承办机构负责人无权批准",
        ),
    ],
)
def test_a_void_extension_is_named_and_adds_nothing(options, reason, zh):
    told = asked("due", "ENF-02", "--from", "2026-03-02", *options)

    [void] = told["void"]
    assert told["due"] == "2026-04-01"
    assert void["reason"] == reason and zh in void["zh"] and void["en"]
    shown = yifa("due", "ENF-02", "--from", "2026-03-02", *options).stdout.replace("\n", "")
    assert "延长无效" in shown and zh in shown


def test_two_extensions_are_matched_with_their_approvals():
    told = asked(
        "due", "PEN-15", "--from", "2026-01-05", "--sector", "market",
        "--extend", "20", "--approved", "2026-05-01", "--by", "collective",
        "--extend", "30", "--approved", "2026-04-01", "--by", "agency_head",
    )  # fmt: skip

    assert told["void"] == []
    assert told["due"] == "2026-05-25"  # 90, 30 and 20 days end on 25 May


def test_a_backward_term_says_the_last_lawful_and_the_safe_day():
    told = asked("due", "PEN-12", "--from", "2026-10-12")

    assert (told["block"], told["warn"]) == ("2026-09-24", "2026-09-23")
    shown = yifa("due", "PEN-12", "--from", "2026-10-12").stdout
    assert "最迟 at the latest: 2026-09-24" in shown and "稳妥 safe by: 2026-09-23" in shown


def test_a_wait_says_from_when_the_act_is_lawful():
    told = asked("due", "ENF-05", "--from", "2026-10-12")

    assert (told["due"], told["opens"]) == ("2026-10-26", "2026-10-27")


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-10-12T09:30", "2026-10-13T09:30:00+08:00"),
        ("2026-10-12T09:30:00+08:00", "2026-10-13T09:30:00+08:00"),
        ("2026-10-12T01:30:00Z", "2026-10-13T09:30:00+08:00"),
    ],
)
def test_hours_run_from_the_moment(start, due):
    assert asked("due", "CRM-02", "--from", start)["due"] == due


def test_a_moment_falls_on_its_day_in_shanghai():
    assert asked("due", "PEN-16", "--from", "2026-11-02T20:00:00Z")["steps"][0]["day"] == "2026-11-03"


def test_the_zone_of_the_machine_changes_nothing():
    line = [
        sys.executable,
        "-m",
        "services.cli",
        "law",
        "due",
        "CRM-02",
        "--from",
        "2026-10-12T09:30",
        "--json",
    ]
    path = os.pathsep.join((str(ROOT), str(ROOT / "proto/gen")))
    environment = {**os.environ, "TZ": "America/New_York", "PYTHONPATH": path}

    done = subprocess.run(line, env=environment, cwd=ROOT, capture_output=True, timeout=110, check=True)

    assert json.loads(done.stdout)["due"] == "2026-10-13T09:30:00+08:00"


def test_a_city_layer_sets_the_days_it_may_set(tmp_path):
    city = layer(tmp_path, "our-city", "city", "guangdong", 10)

    assert asked("due", "PEN-27", "--from", "2026-03-02", *BOUND)["due"] == "2026-03-17"
    told = asked("due", "PEN-27", "--from", "2026-03-02", "--layer", str(city))
    assert (told["due"], told["law"], told["term"]["amount"]) == ("2026-03-12", "OUR-CITY-RULE", 10)


def test_a_sector_layer_speaks_before_the_citys(tmp_path):
    city = layer(tmp_path, "our-city", "city", "national", 10)
    sector = layer(tmp_path, "water", "sector", "our-city", 5)
    line = ("due", "PEN-27", "--from", "2026-03-02", "--layer", str(city), "--layer", str(sector))

    assert asked(*line)["due"] == "2026-03-12"
    assert asked(*line, "--sector", "water")["due"] == "2026-03-09"  # the 7th is a Saturday


def test_each_sector_has_its_own_days_and_without_one_nobody_sets_them():
    line = ("due", "PEN-03", "--from", "2026-10-12")
    housing, environment = asked(*line, "--sector", "housing"), asked(*line, "--sector", "environment")

    # 13 October is the first of fifteen working days; fifteen calendar days end on Tuesday the 27th.
    assert (housing["due"], housing["law"]) == ("2026-11-02", "MOHURD-2022:15(1)")
    assert (environment["due"], environment["law"]) == ("2026-10-27", "ENV-2023:18")
    assert "--sector" in told_why(*line) and "binds its own sector or place only" in told_why(*line)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (("due", "PEN-1", "--from", "2026-10-12"), "PEN-01"),
        (("due", "pen15", "--from", "2026-10-12"), "Did you mean PEN-15"),
        (("due", "听证", "--from", "2026-10-12"), "PEN-11"),
        (("due", "[red]", "--from", "2026-10-12"), "yifa law list"),
        (("due", "PEN-15", "--from", "2026-02-30"), "'2026-02-30' is no date"),
        (("due", "PEN-15", "--from", "9999-12-31"), "outside the years"),
        (("due", "PEN-15", "--from", "2020-10-12"), "law since 2021-07-15"),
        (("due", "CRM-02", "--from", "2026-10-12"), "give --from a time of day"),
        (
            ("due", "PEN-15", "--from", "2026-10-12", "--exclude", "2026-11-05..2026-11-01"),
            "before it starts",
        ),
        (("due", "PEN-15", "--from", "2026-10-12", "--exclude", "2026-11-05"), "2026-10-20..2026-10-25"),
        (("due", "PEN-15", "--from", "2026-10-12", "--exclude", "2026-11-05..x"), "'x' is no date"),
        (
            ("due", "PEN-15", "--from", "2026-10-12", "--exclude", "2026-10-20..2026-10-20"),
            "leaves nothing out: it begins the day after 2026-10-20",
        ),
        (
            ("due", "PEN-15", "--from", "2026-10-12", "--exclude", "2026-09-20..2026-10-12"),
            "lies before the start on 2026-10-12",
        ),
        (
            ("due", "PEN-15", "--from", "2026-10-12", "--exclude", "2027-02-20..2027-03-01"),
            "lies after the term has ended (2027-01-11)",
        ),
        (
            ("due", "PEN-15", "--from", "2026-10-12", "--extend", "30", "--approved", "2026-10-11"),
            "2026-10-11 lies before the start",
        ),
        (("due", "PEN-15", "--from", "2026-10-12", "--extend", "30"), "Each --extend needs its --approved"),
        (
            ("due", "PEN-15", "--from", "2026-10-12", "--extend", "0", "--approved", "2026-11-01"),
            "not within",
        ),
        (
            ("due", "PEN-12", "--from", "2026-10-12", "--extend", "3", "--approved", "2026-10-01"),
            "counted back",
        ),
        (("due", "PEN-15", "--from", "2026-10-12", "--sector", "hausing"), "housing"),
        (("due", "PEN-15", "--from", "2026-10-12", "--layer", "nowhere.toml"), "nowhere.toml: No such file"),
        (("explain", "PEN-99"), "PEN-"),
        (("procedures", "mesure"), "Did you mean measure"),
        (("procedures", "ordinaire"), "ordinary"),
        (("procedures", " "), "See yifa law procedures"),
        (("list", "--statute", "APL-2012"), "APL-2021"),
        (("list", "--statute", "?"), "Known are APL-2021"),
    ],
)
def test_a_question_without_an_answer_is_sent_back_in_one_line(line, says):
    assert says in told_why(*line)


def test_layers_that_cannot_be_used_are_named(tmp_path):
    fixed = tmp_path / "fixed.toml"
    text = (FOLDER / "guangdong.toml").read_text().replace("guangdong", "elsewhere")
    fixed.write_text(
        text
        + '["surcharge.rate"]\nunit = "percent"\nvalues = [{ since = 2022-01-01, value = 1, law = "GD-SUP" }]\n'
    )
    rivals = [layer(tmp_path, name, "city", "national", 9) for name in ("one", "other")]
    endless = layer(tmp_path, "endless", "city", "national", 10**9)
    line = ("due", "PEN-27", "--from", "2026-03-02")

    assert "PEN-27 cannot be counted" in told_why(*line, "--layer", str(endless))
    assert "surcharge.rate is fixed by" in told_why(*line, "--layer", str(fixed))
    assert "do not stand on each other" in told_why(
        *line, "--layer", str(rivals[0]), "--layer", str(rivals[1])
    )


def test_to_ask_the_law_loads_neither_a_database_nor_a_network() -> None:
    """What a command needs is loaded when it runs: the shell's answer is there at once."""
    heavy = {"sqlalchemy", "grpc", "nats", "opentelemetry", "jinja2"}
    program = f"import sys, services.cli.__main__; print(*sorted({heavy} & set(sys.modules)))"

    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert told.stdout.split() == []
