"""Which area lies in which (GB/T 2260), and where a body was set up (GB 32100)."""

import pytest

from services.law.areas import area_of, covers, tier


@pytest.mark.parametrize(
    ("area", "place", "inside"),
    [
        ("440703", "440703", True),
        ("440703", "440704", False),
        ("440703", "440700", False),
        ("440700", "440703", True),
        ("440700", "440700", True),
        ("440700", "440603", False),
        ("440000", "440703", True),
        ("440000", "450100", False),
        ("100000", "440703", True),
        ("", "440703", True),
        ("440703", "", True),
    ],
)
def test_an_area_covers_what_lies_in_it(area: str, place: str, inside: bool) -> None:
    assert covers(area, place) is inside


@pytest.mark.parametrize(
    ("area", "level"),
    [
        ("100000", "nation"),
        ("440000", "province"),
        ("440700", "city"),
        ("440703", "county"),
        ("440781", "county"),
        ("", ""),
    ],
)
def test_a_code_tells_the_level(area: str, level: str) -> None:
    assert tier(area) == level


def test_the_credit_code_of_an_agency_tells_its_area() -> None:
    assert area_of("11440703MB2C00001X") == "440703"
    assert area_of("") == area_of("11AB0703") == ""
