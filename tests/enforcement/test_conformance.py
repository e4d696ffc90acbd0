"""`yifa conformance`: which parts of the standard a department's own system meets, by what it reported."""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

from google.protobuf import json_format
from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.enforcement.v1.referral_pb2 import REFERRAL_PAPER_APPRAISALS

from services.kit.access import mint
from tests.enforcement.department import Department
from tests.enforcement.outside_world import LATER
from tests.enforcement.records_told import besides, inspecting
from tests.enforcement.samples import DAY, NODE, START
from tests.enforcement.stages_told import in_time, named, new_record, stages_of, without, years_back


async def conformance(d: Department, *more: str) -> tuple[int, str]:
    d.now = LATER
    token = mint((d.folder / "token.key").read_bytes(), "cases-system", NODE, ("SYSTEM",))
    command = [sys.executable, "-m", "services.cli", "conformance", "--target", str(d.target)]
    command += ["--ca", str(d.folder / "ca" / "ca.pem")]
    run = await asyncio.create_subprocess_exec(
        *command, *more, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": ".:proto/gen", "YIFA_TOKEN": token, "COLUMNS": "140"},
    )  # fmt: skip
    out, _ = await run.communicate()
    return run.returncode or 0, out.decode()


def written(folder: Path, stages: list[pb.OutsideStage]) -> str:
    file = folder / "sample.jsonl"
    lines = (json_format.MessageToJson(stage, indent=None, ensure_ascii=False) for stage in stages)
    file.write_text("\n".join(lines), "utf-8")
    return str(file)


def whole(stages: list[pb.OutsideStage]) -> list[pb.OutsideStage]:
    """The same with every field that the standard asks for."""
    for stage in stages:
        stage.actor = stage.actor or "clerk-9"
        stage.document_number = stage.document_number or f"示罚〔2026〕{stage.stage_id}号"
    named(stages, "register_clue").register_clue.source = 2
    named(stages, "submit_report").submit_report.report = "调查终结报告"
    named(stages, "conclude_review").conclude_review.opinion = "同意"
    named(stages, "serve_decision").serve_decision.method = 1
    named(stages, "close_case").close_case.report = "结案报告"
    return stages


async def judged(
    d: Department, folder: Path, stages: list[pb.OutsideStage], *more: str
) -> tuple[int, dict[str, Any]]:
    code, out = await conformance(d, "--sample", written(folder, stages), "--json", *more)
    return code, {part["part"]: part for part in json.loads(out)}


async def test_a_case_told_whole_meets_the_standard(world: Department, tmp_path: Path) -> None:
    code, parts = await judged(world, tmp_path, whole(in_time(new_record("ordinary"))), "--within", "99999")

    assert {part["grade"] for part in parts.values()} == {"met"}, parts
    assert code == 0


async def test_what_comes_from_the_archive_is_not_late(world: Department, tmp_path: Path) -> None:
    _, parts = await judged(world, tmp_path, years_back(in_time(new_record("ordinary")), 2))

    assert parts["time"]["grade"] == "none" and parts["stages"]["grade"] == "met"


async def test_each_lack_is_told_of_its_part_and_case(world: Department, tmp_path: Path) -> None:
    stages = whole(in_time(new_record("ordinary")))
    stages = without(stages, "serve_prior_notice", "publish_decision")
    named(stages, "make_decision").document_number = ""
    named(stages, "record_evidence").record_evidence.sha256 = b""
    named(stages, "submit_report").submit_report.report = ""
    named(stages, "assign_officers").assign_officers.officer_ids[0] = "O-nobody"

    code, parts = await judged(world, tmp_path, stages)

    lacking = {name: part["grade"] for name, part in parts.items()}
    assert lacking == {
        "stages": "not", "fields": "partly", "time": "not", "order": "not", "people": "partly", "numbers": "partly",
        "evidence": "partly", "public": "not", "lawful": "not",
    }  # fmt: skip
    for part in parts.values():
        assert all(one["zh"] and one["en"] and one["case"] == stages[0].source_case for one in part["lacks"])
    assert "送达告知书" in parts["stages"]["lacks"][0]["zh"]
    assert code == 1


async def test_inspections_measures_and_referrals_are_looked_at_too(
    department: Department, tmp_path: Path
) -> None:
    here, visit = await besides(department), await inspecting(department)
    await visit.asked()
    stages = [
        *here.measure(here.teller("措1")),
        *here.referral(here.teller("移1", START + 40 * DAY)),
        *await visit.rest("CheckIn", "FindNothing"),
    ]
    stages = [s for s in stages if s.WhichOneof("act") != "approve_measure"]
    named(stages, "execute_measure").document_number = ""
    named(stages, "send_referral").send_referral.papers.append(REFERRAL_PAPER_APPRAISALS)

    _, parts = await judged(department, tmp_path, stages)

    lacks = {name: {one["case"]: one["zh"] for one in part["lacks"]} for name, part in parts.items()}
    measure, inspection = f"{here.source_case} 措1", visit.teller.source_case
    assert lacks["stages"] == {measure: "缺少环节：批准强制措施", inspection: "缺少环节：制作现场检查笔录"}
    assert lacks["order"].keys() == {measure, inspection} and lacks["public"].keys() == {inspection}
    assert (
        "“实施强制措施”没有文号" in lacks["numbers"].values()
        and "MEASURE_NOT_APPROVED" in lacks["lawful"][measure]
    )
    assert lacks["lawful"].keys() == {measure, inspection} and parts["people"]["grade"] == "met"


async def test_the_table_is_in_either_language(world: Department, tmp_path: Path) -> None:
    sample = written(tmp_path, without(stages_of(new_record("ordinary")), "publish_decision"))

    _, chinese = await conformance(world, "--sample", sample)
    _, english = await conformance(world, "--sample", sample, "--lang", "en")

    assert "决定和检查结果公开" in chinese and "未达到" in chinese and "处罚决定没有公开" in chinese
    assert (
        "Decisions and results public" in english
        and "not met" in english
        and "the decision is not public" in english
    )


async def test_a_sample_that_is_refused_is_named(world: Department, tmp_path: Path) -> None:
    stages = in_time(new_record("ordinary"))
    stages[0].act_time.seconds = int(LATER.timestamp()) + 100
    code, out = await conformance(world, "--sample", written(tmp_path, stages))
    assert code == 2 and "ACT_IN_FUTURE" in out and stages[0].source_case in out

    (tmp_path / "bad.jsonl").write_text('{"system": 1', "utf-8")
    code, out = await conformance(world, "--sample", str(tmp_path / "bad.jsonl"))
    assert code == 2 and "is no stage" in out
