"""A department for records to be judged at: with the bodies, items and officers that they name, lawfully or not."""

from pathlib import Path
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1.penalty_pb2 import PenaltyKind
from yifa.registry.v1 import body_pb2, certificate_pb2, officer_pb2, power_pb2
from yifa.registry.v1 import events_pb2 as registry

from services.given.people import credit_code
from tests.enforcement.department import Department
from tests.enforcement.listed import YEAR, told
from tests.enforcement.samples import CITY, CLERK, NODE
from tests.law.records import (
    AREA,
    DAY,
    ELSEWHERE,
    FIELD,
    FIRST,
    OTHER_FIELD,
    PAPER,
    WORLD,
    ordinary,
    stamp,
    summary,
)

# The parameters that two sectors set, with their units: both keep reviewers and have the heads discuss what was heard, the second
# reviews after the defence.
QUALIFIED, AFTER = ("legal_review.qualified", "count", 1), ("review.after_defence", "switch", 1)
HEARD, MAJOR = ("collective.heard", "switch", 1), ("major.fine.organisation", "fen", 5_000_000)
CORRECTION = ("closing.correction", "switch", 1)
REPORTED = ("hearing.report", "switch", 1)
ANNOUNCED = (
    '[clock.PEN-13]\nlaw = "APL-2021:64[3]"\n'
    'term = [{ since = 2026-01-01, amount = 3, unit = "working_day" }]\n'
)
BOTH = (QUALIFIED, HEARD, MAJOR, CORRECTION, REPORTED)
LAYERS = {"one": BOTH, "two": (*BOTH, AFTER)}
# What each sector's pack rests on for one officer on the spot: a policy, which cannot say so, and a law, which can.
LAWS = {"one": "GBF-2018-118:6", "two": "PSL-2025:120(3)"}
LATER = FIRST + 200 * DAY
AFTER_DEFENCE = "示例行业"


def layer(name: str) -> str:
    head = f'[layer]\nname = "{name}"\nkind = "sector"\nextends = "national"\n'
    numbers = (
        f'["{key}"]\nunit = "{unit}"\nvalues = [{{ since = 2026-01-01, value = {value}, law = "APL-2021:58(1)" }}]\n'
        for key, unit, value in LAYERS[name]
    )
    names = {"bank": PAPER.bank, "bank_address": PAPER.bank_address}
    paper = "[paper]\n" + "".join(f'{name} = "{said}"\n' for name, said in names.items())
    fewest = f'["officers.spot_least"]\nunit = "count"\nvalues = [{{ since = 2026-01-01, value = 1, law = "{LAWS[name]}" }}]\n'
    return head + "".join(numbers) + fewest + ANNOUNCED + paper


async def build(folder: Path) -> Department:
    """Started, with all that the records name."""
    d = Department(folder)
    for name in LAYERS:
        (folder / f"{name}.toml").write_text(layer(name))
    fields = f'"{FIELD}" = "one"\n"{AFTER_DEFENCE}" = "two"\n'
    settings = folder / "node.toml"
    text, _, _ = settings.read_text().partition("[law]")
    text += '[law]\nlayers = ["one.toml", "two.toml"]\n'
    settings.write_text(f"{text}[law.sectors]\n{fields}")
    await d.start()
    await d.benchmark()
    await d.benchmark(benchmark_id=WORLD.benchmark_to_come, basis="《生态环境法典》第一千一百零七条")
    off = {"number": "示裁规〔2020〕9号", "title": "示例裁量规定"}
    await d.hear(told(d, 9, **off))
    await d.benchmark(benchmark_id=WORLD.benchmark_off_list, code="2-2", document=off["number"])
    await d.hear(told(d, 9, version=2, on_list=False, off_time=stamp(d.now - 5 * YEAR), **off))
    d.now = LATER
    await _bodies(d)
    await _items(d)
    await _officers(d)
    await d.do("ReportOutsideCase", CLERK, case=filed_before())
    await d.do("ReportOutsideCase", CLERK, case=penalised())
    await d.do("ReportOutsideCase", CLERK, case=on_a_form())
    return d


def filed_before() -> cases.Case:
    """An open case about the same act of the same party."""
    whole = ordinary()
    case = cases.Case(
        body_id=whole.body_id, item_id=whole.item_id, area_code=whole.area_code, violation=whole.violation,
        clue=whole.clue, file_time=whole.file_time, party=whole.party,
    )  # fmt: skip
    case.party.name = WORLD.filed
    return case


def penalised() -> cases.Case:
    """A penalty that stands."""
    case = ordinary()
    case.party.name, case.party.identity_number = "受过处罚企业", WORLD.penalised
    case.ClearField("set_aside")
    case.ClearField("withdrawal")
    return case


def on_a_form() -> cases.Case:
    """A decision on the spot of another day, on a form."""
    case = summary()
    case.party.name, case.party.identity_number = "在场企业", credit_code(0, "91")
    case.decision.document_number, case.payments[0].bank_reference = WORLD.form_used, "BANK-form"
    return case


async def _bodies(d: Department) -> None:
    w, began = WORLD, stamp(FIRST - 300 * DAY)
    mandate = {"entrusting_body_id": w.body, "from_time": began, "until_time": stamp(FIRST - 200 * DAY)}
    beside: dict[str, dict[str, Any]] = {
        "": {},
        "-ended": {"state": body_pb2.BODY_STATE_WITHDRAWN, "withdraw_time": stamp(FIRST - DAY)},
        "-young": {"publish_time": stamp(FIRST + 150 * DAY)},
        "-entrusted": {"entrustment": mandate},
    }
    made = [
        (body, which, field)
        for body, field in ((w.body, FIELD), (w.after_defence, AFTER_DEFENCE))
        for which in beside
    ]
    for n, (body, which, field) in enumerate(made):
        values: dict[str, Any] = {
            "field": field, "state": body_pb2.BODY_STATE_PUBLISHED, "publish_time": began, "kind": 1, "version": 1,
            "document_prefix": "示罚", "power_list_version": 1, "seal": PAPER.seal, "name": f"示例执法机关{n}", "node": NODE,
            "unified_social_credit_code": f"11{AREA}{n:010d}",
        }  # fmt: skip
        told = body_pb2.EnforcementBody(body_id=body + which, **(values | beside[which]))
        await d.hear(registry.BodyConfirmed(body=told))


async def _items(d: Department) -> None:
    w, city, district = WORLD, power_pb2.POWER_LEVEL_CITY, power_pb2.POWER_LEVEL_DISTRICT
    made = {
        w.item: (w.body, city),
        w.others_item: (f"{w.body}-young", city),
        w.district_item: (w.body, district),
        w.second_item: (w.after_defence, city),
    }
    for item_id, (body_id, level) in made.items():
        item = power_pb2.PowerItem(
            item_id=item_id, body_id=body_id, node=NODE, kind=power_pb2.POWER_KIND_PENALTY, level=level,
            from_time=stamp(FIRST - 300 * DAY), version=1, penalty_kinds=PenaltyKind.values()[1:],
        )  # fmt: skip
        await d.hear(registry.PowerItemChanged(item=item))


async def _officers(d: Department) -> None:
    w, review = WORLD, certificate_pb2.CERTIFICATE_KIND_LEGAL_REVIEW
    made: dict[str, dict[str, Any]] = {
        **{officer: {} for officer in w.officers},
        w.suspended: {"suspensions": [{"from_time": stamp(FIRST - DAY), "until_time": stamp(LATER)}]},
        w.other_field: {"fields": [OTHER_FIELD]},
        w.elsewhere: {"area_code": ELSEWHERE},
        w.reviewer: {"kind": review},
    }
    for person in (*made, w.uncertified, w.unqualified):
        officer = officer_pb2.Officer(officer_id=person, name=person, body_id=w.body, node=NODE, version=1)
        await d.hear(registry.OfficerRegistered(officer=officer), NODE)
    for n, (person, more) in enumerate(made.items()):
        values: dict[str, Any] = {"kind": 1, "area_code": AREA, "fields": [FIELD, AFTER_DEFENCE]} | more
        certificate = certificate_pb2.Certificate(
            certificate_number=f"4407{n:09d}", officer_id=person, officer_name=person, body_id=w.body, node=NODE,
            state=certificate_pb2.CERTIFICATE_STATE_ACTIVE, issue_time=stamp(FIRST - 200 * DAY),
            expire_time=stamp(FIRST + 1000 * DAY), version=1, **values,
        )  # fmt: skip
        await d.hear(registry.CertificateIssued(certificate=certificate), CITY)
