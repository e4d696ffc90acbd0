"""A normative document that is not on the city's list in force is no basis (GF-2008-17 13, 15)."""

from yifa.enforcement.v1 import events_pb2 as events

from tests.enforcement.department import Department
from tests.enforcement.listed import told
from tests.enforcement.samples import DAY, HEAD, fine, stamp
from tests.enforcement.test_benchmark import item


def uses(department: Department, document_id: str) -> list[events.BasisUsesFound]:
    found = [e for e in department.running.entries(0, 10**9) if e.subject == document_id]
    return [events.BasisUsesFound.FromString(e.data) for e in found]


async def test_only_a_document_of_the_list_sets_a_benchmark_and_its_end_is_told(
    department: Department,
) -> None:
    in_force, to_come, over = (
        told(department, 701),
        told(department, 702, effect_time=stamp(department.now + DAY)),
        told(department, 703, expire_time=stamp(department.now - DAY)),
    )
    off = told(department, 704, on_list=False, off_time=stamp(department.now - DAY))
    for each in (in_force, to_come, over, off):
        await department.hear(each)

    for document in ("示环规〔2026〕799号", "《没有公布的规定》", "没有文号的文件"):
        async with department.refused("NORMDOC_NOT_USABLE", law="GF-2008-17:13;GF-2008-17:15;GBF-2022-27:10"):
            await department.do("PublishBenchmark", HEAD, benchmark=item("701-1", document=document))
    for each in (to_come, over, off):
        for document in (each.listed.number, f"《{each.listed.title}》"):
            async with department.refused("NORMDOC_NOT_USABLE"):
                await department.do("PublishBenchmark", HEAD, benchmark=item("701-1", document=document))
    cited = "《示例管理规定之701》（示环规（2026）701号）"
    await department.do("PublishBenchmark", HEAD, benchmark=item("701-1", document=cited))

    gone = told(department, 701, version=2, on_list=False, off_time=stamp(department.now))
    await department.hear(gone)
    await department.hear(in_force)  # an older word comes late, and changes nothing

    [found] = uses(department, "ND-701")
    assert (list(found.benchmark_ids), found.basis.law) == (["公布测试法:701-1"], "示例管理规定之701")
    async with department.refused("NORMDOC_NOT_USABLE"):
        await department.do("PublishBenchmark", HEAD, benchmark=item("701-2", document=cited))


async def test_a_case_cites_a_document_of_the_list_and_no_suspended_clause(department: Department) -> None:
    law = "《示例法》第三条；示环规〔2026〕711号第六条"
    unknown = await department.clue(law=law)
    async with department.refused("NORMDOC_NOT_USABLE", law="GF-2008-17:13;GF-2008-17:15"):
        await department.act("FileCase", unknown)
    await department.hear(told(department, 711))
    dossier = await department.investigating(law=law)
    await department.evidence(dossier)
    await department.report(dossier, fine(30_000))
    for rpc in ("SubmitForReview", "ConcludeReview"):
        await department.act(rpc, dossier)

    # a clause of it is stopped, so that it may not be cited there, or as a whole
    await department.hear(told(department, 711, version=2, suspended_clauses=["第五条"]))
    whole = await department.clue(law="《示例管理规定之711》")
    async with department.refused("NORMDOC_NOT_USABLE"):
        await department.act("FileCase", whole)
    another = await department.clue(law="《示例管理规定之711》第六条")
    await department.act("FileCase", another)
    stopped = await department.clue(law="《示例管理规定之711》第五条第二款")
    async with department.refused("NORMDOC_NOT_USABLE"):
        await department.act("FileCase", stopped)

    await department.hear(told(department, 711, version=3, on_list=False, off_time=stamp(department.now)))

    [*_, found] = uses(department, "ND-711")
    assert {dossier.case_id, another.case_id} <= {case.case_id for case in found.cases}
    async with department.refused("NORMDOC_NOT_USABLE") as no:
        await department.notice(dossier)
    assert no.metadata["documents"] == "示环规〔2026〕711号"


async def test_a_benchmark_of_a_document_that_went_off_measures_what_was_done_before(
    department: Department,
) -> None:
    await department.hear(told(department, 721))
    await department.benchmark(statute="列表文件法", code="721-1", document="示环规〔2026〕721号")
    before = await department.investigating(occur_time=stamp(department.now - 10 * DAY))
    await department.evidence(before)
    off = department.now - 5 * DAY
    await department.hear(told(department, 721, version=2, on_list=False, off_time=stamp(off)))
    after = await department.investigating(occur_time=stamp(department.now - 2 * DAY))
    await department.evidence(after)

    async with department.refused("NORMDOC_NOT_USABLE", law="GF-2008-17:15;GBF-2022-27:10"):
        await department.report(after, fine(30_000, benchmark_id="列表文件法:721-1"))
    await department.report(before, fine(30_000, benchmark_id="列表文件法:721-1"))
