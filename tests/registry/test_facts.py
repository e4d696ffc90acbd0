"""What a rule asks is told, or the service does not start."""

import importlib
import inspect
from functools import cached_property

import pytest

from services import registry
from services.kit.methods import modules
from services.law.procedure import whole
from services.law.rule import Facts
from services.lawdocs import code

TOLD = [
    found
    for module in modules(registry, "facts")
    for found in vars(module).values()
    if inspect.isclass(found) and issubclass(found, Facts) and found.__module__ == module.__name__
]
ASKED = [
    (told, name)
    for told in TOLD
    for name in sorted(
        {n for base in told.__mro__ for n in getattr(base, "__abstractmethods__", ()) if n in dir(told)}
    )
]


def test_every_noun_with_rules_tells_facts() -> None:
    asked = {
        found
        for noun in code.RUN["registry"]
        for found in vars(importlib.import_module(noun)).values()
        if inspect.isclass(found) and issubclass(found, Facts) and found.__module__ == noun
    }
    for law in asked:
        assert any(issubclass(told, law) for told in TOLD), law


@pytest.mark.parametrize(("told", "name"), ASKED, ids=lambda x: x if isinstance(x, str) else x.__qualname__)
def test_a_service_does_not_start_without_a_fact(told, name) -> None:
    law = next(b for b in told.__mro__ if name in getattr(b, "__abstractmethods__", ()))

    def lacking() -> type:
        return type(told.__name__, (told,), {name: law.__dict__.get(name) or getattr(law, name)})

    with pytest.raises(TypeError, match=name):
        whole(lacking())


def test_no_rule_of_the_registry_has_a_default_to_pass_on() -> None:
    """A facts class holds no value of its own: what it does not look up it has been given, or it says so."""
    for told in TOLD:
        for base in told.__mro__:
            if base.__module__.startswith("services."):
                values = [v for n, v in vars(base).items() if not n.startswith("_")]
                values = [v for v in values if not isinstance(v, cached_property)]
                assert all(map(callable, values)), base
