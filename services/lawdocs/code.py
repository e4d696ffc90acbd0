"""What the services hold of the law: rules, processes, findings and refusals, read from the code itself."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import services
from services.law.process import Process
from services.law.rule import Rule
from services.supervision.warning.catalogue import kinds

ROOT = Path(__file__).resolve().parents[2]
# What an act is refused for at a stage at which it is not open; a few rules give it too.
NOT_OPEN = "ACT_NOT_OPEN"


@dataclass(frozen=True)
class Held:
    """A rule where it stands: the service, the file, its name there, and the acts it is put on."""

    service: str
    path: str
    name: str
    rule: Rule
    acts: tuple[str, ...]
    methods: tuple[str, ...] = ()


# The procedures of law that a service runs, beside those in a module `process` of its own.
RUN = {
    "enforcement": tuple(
        f"services.law.procedures.{noun}"
        for noun in (
            "penalty",
            "advance_registration",
            "court_enforcement",
            "enforcement",
            "benchmark",
            "paper_issue",
            "measure",
            "mediation",
            "referral",
            "credit_repair",
            "inspection",
            "inspection_plan",
            "inspection_draw",
            "assistance",
            "permit",
            "permit_guide",
            "file_review_objection",
            "self_assessment",
            "supervision_answer",
            "visit",
        )
    ),
    "notifications": ("services.notifications.delivery.process",),
    "supervision": tuple(
        f"services.law.procedures.{noun}"
        for noun in (
            "accountability",
            "assessment",
            "compensation",
            "decision_expert",
            "document_cleanup",
            "document_filing",
            "document_request",
            "file_review",
            "file_review_batch",
            "filing",
            "important_matter",
            "inspection_voice",
            "complaint",
            "litigation",
            "legal_meeting",
            "major_decision",
            "normative_document",
            "officer_assessment",
            "outside_decision",
            "reconsideration",
            "rule_of_law_report",
            "service_promise",
            "suggestion",
            "supervision_order",
            "supervision_plan",
            "warning",
            "work_task",
            "yearly_report",
        )
    ),
    "registry": tuple(
        f"services.law.procedures.{noun}"
        for noun in (
            "body",
            "power",
            "power_transfer",
            "legal_adviser",
            "leading_group",
            "post",
            "officer",
            "training",
            "exam",
            "issuing",
            "certificate",
            "showing",
            "transfer",
            "annual_review",
            "points",
        )
    ),
}


@cache
def names() -> tuple[str, ...]:
    """The services that have processes of the law."""
    found = [m.name for m in pkgutil.iter_modules(services.__path__) if m.ispkg]
    return tuple(name for name in sorted(found) if name in RUN or (name != "law" and _has(name, "process")))


def sources(service: str) -> list[str]:
    """The files in which the processes of a service stand."""
    modules = [*RUN.get(service, ()), *((f"services.{service}.process",) if _has(service, "process") else ())]
    files = (Path(importlib.import_module(module).__file__ or "") for module in modules)
    return [str(file.relative_to(ROOT)) for file in files]


def _has(service: str, room: str) -> bool:
    folder = ROOT / "services" / service
    return (folder / f"{room}.py").exists() or (folder / room / "__init__.py").exists()


@cache
def processes() -> dict[str, tuple[Process, ...]]:
    """The processes of each service, in the order in which they are written."""
    found = {}
    for name in names():
        modules = [*RUN.get(name, ()), *((f"services.{name}.process",) if _has(name, "process") else ())]
        things = [thing for module in modules for thing in vars(importlib.import_module(module)).values()]
        found[name] = tuple(p for p in things if isinstance(p, Process))
    return found


@cache
def rules() -> tuple[Held, ...]:
    """Every rule of every service, once: those on its acts, and those beside its processes."""
    found: list[Held] = []
    for name in names():
        listed = [r for process in processes()[name] for move in process.moves for r in move.rules]
        run = [
            thing for module in RUN.get(name, ()) for thing in vars(importlib.import_module(module)).values()
        ]
        listed += [r for r in run if isinstance(r, Rule)]
        if _has(name, "rules"):
            module = importlib.import_module(f"services.{name}.rules")
            listed += [r for r in vars(module).values() if isinstance(r, Rule)]
        found += [_held(name, r) for r in {id(r): r for r in listed}.values()]
    return tuple(found)


@cache
def guarding(guard: str) -> tuple[Held, ...]:
    """The rules that hold a guard, by their own word."""
    return tuple(held for held in rules() if guard in held.rule.guard.split())


def _held(service: str, rule: Rule) -> Held:
    path = Path(inspect.getsourcefile(rule.holds) or "").resolve().relative_to(ROOT)
    moves = [m for process in processes()[service] for m in process.moves]
    its = [m for m in moves if any(r is rule for r in m.rules)]
    acts, methods = (
        tuple(dict.fromkeys(names)) for names in ((str(m.act) for m in its), (m.method for m in its))
    )
    return Held(service, str(path), rule.holds.__name__, rule, acts, methods)


@cache
def findings() -> dict[str, str]:
    """The early warnings that supervision raises, each with where it is declared."""
    return {
        name: f"{inspect.getsourcefile(kind.find) and Path(inspect.getsourcefile(kind.find) or '').relative_to(ROOT)}::"
        f"{kind.find.__name__ if kind.watches else 'MIRRORED'}"
        for name, kind in kinds().items()
    }


@cache
def keepers(event: str) -> tuple[str, ...]:
    """The services that start and stop clocks by an event: where they do, they read its contract."""
    reading = f"from {event.rpartition('.')[0]} import "
    return tuple(name for name in names() if any(reading in text for text in _observing(name)))


@cache
def _observing(service: str) -> tuple[str, ...]:
    """The files of a service that start and stop clocks."""
    observing = re.compile(r"from services\.kit\.clocks import (\([^)]*|[^\n]*)\bobserve\b|\bclocks=Clock\b")
    texts = (p.read_text("utf-8") for p in (ROOT / "services" / service).rglob("*.py"))
    return tuple(text for text in texts if observing.search(text))


@cache
def counted_by(clock_id: str) -> tuple[str, ...]:
    """The names, path::name, under which the rules of services count what is done towards a quota, or by a day of the year."""
    found = []
    for name in names():
        run = [ROOT / f"{module.replace('.', '/')}.py" for module in RUN.get(name, ())]
        for file in (*filter(Path.is_file, run), *sorted((ROOT / "services" / name).glob("rules/*.py"))):
            for node in ast.parse(file.read_text("utf-8")).body:
                match node:
                    case ast.Assign(targets=[ast.Name(id=named)], value=ast.Constant(value=text)):
                        found += [f"{file.relative_to(ROOT)}::{named}"] if text == clock_id else []
    return tuple(found)


def exists(anchor: str) -> bool:
    """Whether `path::name` names something: a definition in Python, a word in any other file."""
    path, _, name = anchor.partition("::")
    file = ROOT / path
    if not file.is_file():
        return False
    if file.suffix == ".py":
        return name in defined(file)
    return bool(re.search(rf"\b{name}\b", file.read_text("utf-8")))


@cache
def defined(file: Path) -> frozenset[str]:
    return frozenset(_defined(ast.parse(file.read_text("utf-8"))))


def _defined(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
