"""The page of roles is what running nodes do: nobody is let in whom a method's declaration does not name."""

from yifa.law.v1.options_pb2 import Role

from services.lawdocs.roles import COMING, methods
from tests.attack.matrix import some, whole, wrong
from tests.city import City


async def test_the_nodes_let_in_whom_the_page_says(city: City) -> None:
    """One method of each kind of declaration in every role from everywhere; every method without a token and in one role."""
    count, found = await wrong(city, some(methods()))

    assert found == []
    assert count > 2 * len(methods())


def test_the_whole_is_every_method_in_every_role() -> None:
    asked = list(whole(methods()))

    assert {each.method.path for each in asked} == {each.path for each in methods()}
    assert {each.coming for each in asked} == {*COMING}
    assert {each.expected for each in asked} == {"admitted", "refused", "elsewhere"}
    assert sum(each.expected == "refused" for each in asked) > len(asked) // 2


def test_the_evidence_of_a_case_is_for_those_who_work_on_it() -> None:
    """Who keeps money or the roster reads no evidence, no files and no papers of cases."""
    named = {
        each.name: each.access.roles for each in methods() if each.service.startswith("yifa.enforcement.")
    }
    for name in ("ListEvidence", "ListFiles", "DownloadFile", "ListPapers", "GetPaper"):
        assert not named[name] & {
            Role.ROLE_FINANCE,
            Role.ROLE_ROSTER_CLERK,
            Role.ROLE_PUBLIC,
            Role.ROLE_SYSTEM,
        }, name
