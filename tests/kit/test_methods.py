"""What a service answers is found in the folders of its nouns."""

from types import ModuleType

import pytest

from services import registry
from services.kit.methods import Methods, modules, rpc_of


def test_every_noun_of_the_registry_is_found() -> None:
    found = {module.__name__.split(".")[2] for module in modules(registry, "acts", "reads", "lists")}

    assert {"body", "certificate", "exam", "officer", "points", "power", "training"} <= found
    assert "migrations" not in found


def test_two_functions_of_one_name_are_refused() -> None:
    one, other = ModuleType("one"), ModuleType("other")
    for module in (one, other):

        def make_decision() -> None:
            """Nothing."""

        make_decision.kind, make_decision.__module__ = "write", module.__name__
        module.make_decision = make_decision

    with pytest.raises(ValueError, match="MakeDecision is answered twice"):
        Methods("test", one, other)
    assert rpc_of("make_decision") == "MakeDecision"
