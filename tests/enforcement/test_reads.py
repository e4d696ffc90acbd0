"""Lists: filters, pages, bad tokens."""

from yifa.enforcement.v1 import case_pb2 as cases

from tests.enforcement.department import Department
from tests.enforcement.samples import HEAD


async def test_cases_are_listed_newest_first_by_officer_and_state(department: Department) -> None:
    first = await department.investigating()
    officer = first.officers[0]
    second = await department.filed()
    fresh = await department.officer(second.body_id)
    ids = [officer.officer_id, fresh.officer_id]
    await department.do("AssignOfficers", ("unit-1", "UNIT_HEAD"), case_id=second.case_id, officer_ids=ids)
    third = await department.clue()

    mine = await department.do("ListCases", HEAD, officer_id=officer.officer_id)
    none = await department.do("ListCases", HEAD, officer_id=officer.officer_id, state=cases.CASE_STATE_CLUE)
    clues = await department.do("ListCases", HEAD, state=cases.CASE_STATE_CLUE, page_size=1)

    assert [c.case_id for c in mine.cases] == [second.case_id, first.case_id]
    assert not none.cases
    assert [c.case_id for c in clues.cases] == [third.case_id]


async def test_cases_are_listed_page_by_page(department: Department) -> None:
    made = [(await department.clue()).case_id for _ in range(5)]

    found: list[str] = []
    token = ""
    while len(found) < len(made):
        page = await department.do("ListCases", HEAD, page_size=2, page_token=token)
        found += [c.case_id for c in page.cases]
        token = page.next_page_token

    assert found[:5] == made[::-1]


async def test_a_token_that_is_none_is_refused(department: Department) -> None:
    async with department.refused("BAD_PAGE_TOKEN") as told:
        await department.do("ListCases", HEAD, page_token="not-a-token")

    assert told.fields == ["page_token"]


async def test_evidence_of_an_unknown_case_is_not_found(department: Department) -> None:
    async with department.refused("NOT_FOUND"):
        await department.do("ListEvidence", HEAD, case_id="C-none")
