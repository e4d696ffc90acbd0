"""The methods of a service: plain functions, collected from their modules by the names of their RPCs."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType
from typing import Any


class Methods:
    """Functions marked as write, read, act or stream, as the RPCs that they answer: `make_decision` is MakeDecision.

    Raises ValueError for two functions of one name.
    """

    def __init__(self, domain: str, *modules: ModuleType) -> None:
        self.domain = domain
        for module in modules:
            for name, function in vars(module).items():
                if hasattr(function, "kind") and function.__module__ == module.__name__:
                    self._add(rpc_of(name), function)

    def _add(self, rpc: str, function: Callable[..., Any]) -> None:
        if rpc in self.__dict__:
            raise ValueError(f"{self.domain}: {rpc} is answered twice, in {function.__module__} too")
        setattr(self, rpc, function)


def rpc_of(name: str) -> str:
    """make_decision as MakeDecision."""
    return "".join(word.capitalize() for word in name.split("_"))


def modules(service: ModuleType, *names: str) -> list[ModuleType]:
    """The modules of these names in the folders of a service's nouns, in the order of the nouns."""
    folders = [m.name for m in iter_modules(service.__path__) if m.ispkg and m.name != "migrations"]
    found = [f"{service.__name__}.{folder}.{name}" for folder in folders for name in names]
    return [import_module(name) for name in found if find_spec(name)]
