import pytest

from tests.city import City
from tests.registry.school import School
from tests.registry.town import Town


@pytest.fixture(scope="session")
def town(city: City) -> Town:
    return Town(city)


@pytest.fixture(scope="session")
def school(city: City) -> School:
    return School(city)
