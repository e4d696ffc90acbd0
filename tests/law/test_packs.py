"""The sector packs: for every clock on which they differ a dated example, worked out by hand from the articles.

All start on Monday, 2 March 2026; the next holiday is 4 to 6 April. What a rule does not number is None: nobody but the agency
itself sets it.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from services.kit.clocks.change import GROUNDS
from services.law.calendar import SHANGHAI, china
from services.law.citation import cites, statutes
from services.law.clock import Extension, catalogue, due
from services.law.layer import read_layer
from services.law.parameters import PACKS, Layers, load_layers, national, packs, shipped
from services.law.procedures import ADVANCE_REGISTRATION, every
from tests.law.lawful import built
from tests.law.lawful_cases import LAWFUL

START = date(2026, 3, 2)
HEARING = date(2026, 3, 30)
NATION = Layers(national())
SECTORS = ("market", "housing", "environment")
OF = {
    "market": ("SAMR-2022", "SAMR-HEARING-2021", "SAMR-PUBLICITY-2021"),
    "housing": ("MOHURD-2022",),
    "environment": ("ENV-2023",),
}

# clock: the last day in market regulation, housing, environment
EXAMPLES = {
    "PEN-03": ("2026-03-23", "2026-03-23", "2026-03-17"),  # 15 working days; 15 calendar days
    "PEN-05": ("2026-03-11", "2026-03-11", None),  # 7 working days
    "PEN-06": ("2026-03-11", "2026-03-11", None),
    "PEN-07": ("2026-03-11", "2026-03-11", "2026-03-11"),
    "PEN-08": ("2026-03-03", None, "2026-03-03"),  # 24 hours; no urgent way in housing
    "PEN-09": ("2026-03-16", "2026-03-16", None),  # 10 working days
    "PEN-10": ("2026-03-09", "2026-03-09", "2026-03-09"),  # 5 working days
    "PEN-11": ("2026-03-09", "2026-03-09", "2026-03-09"),
    "PEN-12": ("2026-03-19", "2026-03-19", "2026-03-19"),  # 7 working days before 30 March
    "PEN-13": ("2026-03-25", None, None),  # 3 working days before
    "PEN-14": ("2026-03-05", None, None),  # 3 working days
    "PEN-15": ("2026-06-01", "2026-06-01", "2026-06-01"),  # day 90 is Sunday, 31 May
    "PEN-16": ("2026-03-11", "2026-03-11", "2026-03-11"),
    "PEN-17": ("2026-04-01", "2026-04-01", "2026-04-01"),  # 30 days, of civil procedure where the rules are silent
    "PEN-18": ("2026-03-11", "2026-03-05", "2026-03-05"),  # 7 for the archive; 3 for the filing
    "PEN-19": ("2026-03-17", "2026-03-17", "2026-03-17"),  # 15 calendar days
    "PEN-21": ("2026-03-04", "2026-03-04", "2026-03-04"),  # 2 working days to the agency, and 2 to the bank
    "PEN-22": ("2026-03-04", "2026-03-04", "2026-03-04"),
    "PEN-23": ("2026-03-11", "2026-03-11", "2026-03-11"),
    "PEN-24": ("2026-03-05", "2026-03-05", "2026-03-05"),
    "PEN-25": ("2026-03-23", "2026-03-23", None),
    "PEN-26": ("2026-03-23", None, None),
    "PEN-31": ("2026-03-30", None, None),  # 20 working days, on the market regulators' own system
    "ENF-01": ("2026-03-03", "2026-03-03", "2026-03-03"),  # 24 hours
    "ENF-02": ("2026-04-01", "2026-04-01", "2026-04-01"),  # 30 calendar days
    "ENF-05": ("2026-03-16", "2026-03-16", "2026-03-16"),  # 10 working days
    "ENF-06": ("2026-06-02", "2026-06-02", "2026-06-02"),  # 3 months
}  # fmt: skip

# clock, sector, extensions with who grants them, last day
EXTENDED = [
    ("PEN-03", "market", [(15, "working_day", "agency_head")], "2026-04-14"),
    ("PEN-03", "housing", [(10, "working_day", "agency_head")], "2026-04-07"),
    ("PEN-03", "environment", [(15, "calendar_day", "agency_head")], "2026-04-01"),
    ("PEN-09", "market", [(8, "working_day", "agency_head")], "2026-03-26"),
    *(("ENF-02", sector, [(30, "calendar_day", "agency_head")], "2026-05-01") for sector in SECTORS),
    ("PEN-15", "market", [(30, "calendar_day", "agency_head"), (45, "calendar_day", "collective")], "2026-08-14"),
    ("PEN-15", "housing", [(30, "calendar_day", "agency_head"), (60, "calendar_day", "collective")], "2026-08-31"),
    ("PEN-15", "environment", [(30, "calendar_day", "agency_head"), (30, "calendar_day", "collective")], "2026-07-30"),
]  # fmt: skip
TOO_LONG = [
    ("PEN-03", "housing", (11, "working_day", "agency_head"), "EXTENSION_TOO_LONG"),
    ("PEN-03", "environment", (16, "calendar_day", "agency_head"), "EXTENSION_TOO_LONG"),
    ("PEN-09", "housing", (1, "working_day", "agency_head"), "EXTENSION_NOT_PROVIDED"),
    ("PEN-15", "environment", (31, "calendar_day", "agency_head"), "EXTENSION_TOO_LONG"),
]
# ground of exclusion from PEN-15: who knows it
EXCLUDED = {
    "SUSPENSION": {"market", "housing", "environment"},
    "HEARING": {"market", "housing", "environment"},
    "PUBLIC_NOTICE": {"market", "environment"},
    "TESTING": {"market", "housing", "environment"},
    "INSPECTION": {"market", "housing"},
    "QUARANTINE": {"market"},
    "APPRAISAL": {"market", "housing", "environment"},
    "IDENTIFICATION": {"market"},
    "SUPPLEMENT": set(),
    "MONITORING": {"environment"},
    "ASSESSMENT": {"environment"},
    "DETERMINATION": {"environment"},
    "SERVICE": {"environment"},
    "REFUND": {"market"},
    "CRIMINAL_REFERRAL": {"environment"},
    "OTHER": {"market", "housing"},
    "TENDER": set(),
    "AUCTION": set(),
    "EXPERT_REVIEW": set(),
}


# The same from PEN-03: the others leave nothing out.
EXCLUDED_FROM_CHECK = {"TESTING", "INSPECTION", "QUARANTINE", "APPRAISAL", "IDENTIFICATION"}


def clock_in(clock_id: str, sector: str, layers: Layers = NATION):
    return layers.clock(catalogue()[clock_id], START, sector)


@pytest.mark.parametrize("sector", SECTORS)
@pytest.mark.parametrize("clock_id", EXAMPLES)
def test_a_term_ends_as_the_sectors_own_rule_says(clock_id, sector):
    last = EXAMPLES[clock_id][SECTORS.index(sector)]
    clock = clock_in(clock_id, sector)
    if last is None:
        assert clock is None
        return

    start = HEARING if clock.direction == "before" else datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)
    found = due(clock, start, china())

    assert found.day.isoformat() == last
    for part in clock.law.split(";"):
        assert not statutes()[part.partition(":")[0]].of or any(cites(part, code) for code in OF[sector])


@pytest.mark.parametrize(("clock_id", "sector", "added", "last"), EXTENDED)
def test_extensions_are_those_of_the_sectors_rule(clock_id, sector, added, last):
    given = [Extension(amount, unit, START, by) for amount, unit, by in added]

    found = due(clock_in(clock_id, sector), START, china(), extension=given)

    assert (found.day.isoformat(), found.void) == (last, ())


@pytest.mark.parametrize(("clock_id", "sector", "added", "reason"), TOO_LONG)
def test_an_extension_that_the_sectors_rule_does_not_give_is_void(clock_id, sector, added, reason):
    amount, unit, by = added

    found = due(clock_in(clock_id, sector), START, china(), extension=Extension(amount, unit, START, by))

    assert [broken.reason for broken in found.void] == [reason]


def test_each_rule_excludes_what_it_names():
    found = {
        ground: {sector for sector in SECTORS if word in clock_in("PEN-15", sector).excluded_zh}
        for ground, word in GROUNDS.items()
    }

    assert found == EXCLUDED


def test_only_market_regulation_leaves_time_out_of_the_check_of_a_clue():
    excluded = {sector: clock_in("PEN-03", sector).excluded_zh for sector in SECTORS}

    assert {ground for ground, word in GROUNDS.items() if word in excluded["market"]} == EXCLUDED_FROM_CHECK
    assert excluded["housing"] == excluded["environment"] == ""


@pytest.mark.parametrize("sector", SECTORS)
def test_legal_review_comes_before_the_notice_where_no_rule_says_otherwise(sector):
    assert NATION.value("review.after_defence", START, sector).value == 0


@pytest.mark.parametrize(
    ("sector", "citizen", "organisation", "discussed"),
    [
        ("market", 1_000_000, 10_000_000, None),
        ("housing", 500_000, 5_000_000, None),
        ("environment", 500_000, 20_000_000, 50_000_000),
    ],
)
def test_money_limits_are_the_sectors_and_yield_to_the_place(sector, citizen, organisation, discussed):
    files = [shipped("guangdong"), shipped("example-city")]
    place = load_layers(files, "example-city")

    def value(layers: Layers, key: str) -> int:
        return layers.value(key, START, sector).value

    assert value(NATION, "hearing.fine.citizen") == citizen
    assert value(NATION, "hearing.fine.organisation") == organisation
    assert discussed is None or value(NATION, "collective.fine") == discussed
    assert value(place, "hearing.fine.citizen") == 500_000, "what the province sets prevails"
    assert value(place, "hearing.fine.organisation") == 10_000_000
    assert value(place, "collective.fine") == 10_000_000, "what the city sets prevails"


@pytest.mark.parametrize(
    ("own", "yields", "place", "counts"),
    [
        (10_000_000, "to_place", "guangdong", "guangdong"),  # as much
        (9_999_999, "to_place", "guangdong", "transport"),
        (9_999_999, "", "guangdong", "transport"),
        (10_000_001, "", "guangdong", "guangdong"),
        (10_000_001, "", "elsewhere", "transport"),  # a province that says nothing of lower amounts
        (9_999_999, "to_place", "elsewhere", "elsewhere"),
    ],
)
def test_a_ministrys_lower_amount_prevails_where_the_place_says_so(own, yields, place, counts, tmp_path):
    """粤听证办法 7(2)."""
    gives_way = f'yields = "{yields}"\n' if yields else ""
    (tmp_path / "pack.toml").write_text(
        '[layer]\nname = "transport"\nkind = "sector"\nextends = "national"\n'
        f'["hearing.fine.organisation"]\nunit = "fen"\n{gives_way}'
        f'values = [{{ since = 2022-01-01, value = {own}, law = "APL-2021:63" }}]\n'
    )
    province = read_layer(shipped("guangdong"))
    if place != "guangdong":
        number = province.parameters["hearing.fine.organisation"]
        silent = replace(number, yields="", values=(replace(number.values[-1], law="APL-2021:63"),))
        province = replace(province, name=place, parameters={number.key: silent}, clocks={})
    layers = Layers(national(), province, sector=read_layer(tmp_path))

    found = layers.value("hearing.fine.organisation", START, "transport")

    assert found.layer == counts
    assert [name for name, _, _ in found.chain][-1] == "national"


@pytest.mark.parametrize(
    ("sector", "consent", "broken"),
    [
        ("market", None, set()),
        ("environment", None, {("PREREG_NOT_APPROVED", "ENV-2023:32(2);APL-2021:56")}),
        ("environment", 1, {("PREREG_NOT_APPROVED", "ENV-2023:32(2);APL-2021:56")}),
        ("environment", 0, set()),
        ("housing", 0, {("PREREG_NOT_APPROVED", "MOHURD-2022:19(1);APL-2021:56")}),
        ("", 0, {("PREREG_NOT_APPROVED", "APL-2021:56")}),
    ],
)
def test_evidence_is_registered_before_approval_only_as_the_sectors_rules_let(sector, consent, broken):
    """`consent` is how many hours after the act the head agreed."""
    case = LAWFUL["advance_registration"]
    done = case.record.register_time
    agreed = None if consent is None else done + timedelta(hours=consent)
    facts = built(
        ADVANCE_REGISTRATION.facts,
        replace(case.record, consent_time=agreed),
        {**{k: v for k, v in case.facts.items() if k != "switch"}, "sector": sector},
    )
    facts.parameters = NATION
    [table] = ADVANCE_REGISTRATION.tables

    told = [NATION.told(each, sector) for each in table.why_not("REGISTER_URGENTLY", "", facts)]

    assert {(each.reason, each.law) for each in told} == broken


def test_a_pack_names_rules_and_acts_that_there_are():
    moves = [move for procedure in every() for table in procedure.tables for move in table.moves]
    known = {move.name for move in moves} | {rule.name for move in moves for rule in move.rules}

    for pack in packs():
        assert pack.cites.keys() <= known, pack.name
        assert pack.fields and pack.title_zh and pack.title_en


def test_no_field_belongs_to_two_packs():
    fields = [field for pack in packs() for field in pack.fields]

    assert len(set(fields)) == len(fields)


@pytest.mark.parametrize(
    ("law", "names", "cited"),
    [
        ("SAMR-2022:19(1)[1]", ("rule.first_evidence",), ("SAMR-2022:19(1)[1]", "MOHURD-2022:15(2)[1]", "ENV-2023:19[1]")),
        ("SAMR-2022:19(1)[2]", ("rule.punishable",), ("SAMR-2022:19(1)[2]", "INTERNAL", "ENV-2023:19[2]")),
        ("SAMR-2022:49(3)", ("rule.reviewer_apart",), ("SAMR-2022:49(3)", "INTERNAL", "ENV-2023:38(2)")),
        ("SAMR-2022:4", ("rule.heads_together",), ("SAMR-2022:4", "INTERNAL", "ENV-2023:6(3)")),
        ("SAMR-2022:14", ("rule.not_sent_on",), ("SAMR-2022:14", "INTERNAL", "ENV-2023:16(2)")),
        ("SAMR-2022:46;MOHURD-2022:30;ENV-2023:35", (), ("SAMR-2022:46", "MOHURD-2022:30", "ENV-2023:35")),
        ("SAMR-2022:77", ("act.CLOSE_CASE",), ("SAMR-2022:77", "MOHURD-2022:31", "ENV-2023:77")),
        ("SAMR-2022:14;APL-2021:25(2)", (), ("SAMR-2022:14;APL-2021:25(2)", "APL-2021:25(2)", "APL-2021:25(2)")),
        ("SAMR-2022:21(2)", ("rule.rights_told",), ("SAMR-2022:21(2)", "INTERNAL", "INTERNAL")),
        ("APL-2021:42(1)", (), ("APL-2021:42(1)",) * 3),
    ],
)  # fmt: skip
def test_a_refusal_cites_what_binds(law, names, cited):
    assert tuple(NATION.cited(law, sector, *names) for sector in SECTORS) == cited


def test_a_layer_that_rests_on_what_is_law_elsewhere_is_refused(tmp_path):
    file = tmp_path / "city.toml"
    file.write_text(
        '[layer]\nname = "here"\nkind = "city"\n[clock.PEN-27]\nlaw = "TJ-SUP"\n'
        'term = [{ since = 2022-01-01, amount = 10, unit = "calendar_day" }]\n'
    )

    with pytest.raises(ValueError, match="here: TJ-SUP binds only tianjin"):
        Layers(national(), city=read_layer(file))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('["hearing.fine.citizen"]\nunit = "fen"\nyields = "to_lower"\n'
         'values = [{ since = 2022-01-01, value = 1, law = "APL-2021:63" }]\n',
         "yields 'to_lower': a number of this kind of layer gives way to 'to_place'"),
        ('[clock.PEN-99]\nlaw = "APL-2021:60"\n', "PEN-99 is no clock"),
        ('[clock.PEN-16]\nlaw = "APL-2021:61"\nterm = [{ since = 2022-01-01, amount = 9, unit = "working_day" }]\n',
         "APL-2021:61.1. fixes this term"),
        ('[clock.PEN-09]\nterm = [{ since = 2022-01-01, amount = 9, unit = "working_day" }]\n', "no citation"),
        ('[clock.PEN-03]\nlaw = "ENV-2023:18"\nterm = [{ since = 2022-01-01, amount = 5, unit = "calendar_day" }]\n',
         "5 days of ENV-2023 are working days"),
        ('[clock.PEN-03]\nlaw = "ENV-2023:18"\nstarts = ["x.y"]\n', "starts is not a layer's to say"),
    ],
)  # fmt: skip
def test_a_pack_that_says_what_it_may_not_is_refused(text, says, tmp_path):
    (tmp_path / "pack.toml").write_text('[layer]\nname = "x"\nkind = "sector"\n' + text)

    with pytest.raises(ValueError, match=says):
        read_layer(tmp_path)


def test_the_shipped_packs_stand_in_folders_of_their_own_names():
    assert {folder.name for folder in PACKS.iterdir() if folder.is_dir()} == {pack.name for pack in packs()}


@pytest.mark.parametrize("sector", SECTORS)
def test_whatever_a_body_of_the_example_city_is_told_rests_on_what_binds_it(sector):
    """Every rule and act of every procedure, and every clock: national law, its sector's own, the province's, the city's."""
    files = [shipped(name) for name in ("guangdong", "example-city", "example-agency")]
    layers = load_layers(files, "example-city")
    stack = [layers.layer(name) for name in (sector, "example-city", "guangdong")]
    moves = [move for procedure in every() for table in procedure.tables for move in table.moves]
    told = {layers.cited(move.law, sector, move.name) for move in moves}
    told |= {layers.cited(rule.law, sector, rule.name) for move in moves for rule in move.rules}
    for clock in catalogue().values():
        here = layers.clock(clock, START, sector)
        if here is not None:
            told |= {here.law, here.excluded_law or here.law, *(e.law for e in here.extensions)}

    assert len(told) > 300
    codes = {part.partition(":")[0] for law in told for part in law.split(";")}
    assert {c for c in codes if statutes()[c].of and not any(layer.binds(c) for layer in stack)} == set()
