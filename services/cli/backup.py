"""yifa backup, yifa restore: a copy of nodes while they run, and nodes put back from one."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from services.kit.backup.copy import Made, Tell
    from services.kit.backup.manifest import NodeCopy

Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def backup(
    target: Annotated[
        Path, typer.Argument(help="A folder, to which each copy adds what is new, or FILE.tar.")
    ],
    settings: Annotated[
        list[Path] | None, typer.Option(help="Nodes' TOML files; without, all nodes of this city.")
    ] = None,
    keep: Annotated[int, typer.Option(min=0, help="Only so many copies stay in the folder; 0 is all.")] = 0,
    seal_keys: Annotated[
        bool, typer.Option("--seal-keys", help="Only the keys of what is sealed, to be kept apart.")
    ] = False,
    json_: Json = False,
) -> None:
    """Copy nodes while they run, as of one moment: databases, keys, settings, layers, files of cases; with a manifest of hashes.

    Ends with 1 where a journal or a file is not what it should be: the copy is made all the same, and names it.
    """
    from services.kit.backup.copy import copy_nodes, copy_seal_keys
    from services.kit.backup.store import store_at
    from services.kit.settings import Settings

    nodes = [Settings.load(file) for file in settings or of_this_city()]
    with progress(Console(stderr=True)) as tell:
        store = store_at(target)
        made = copy_seal_keys(nodes, store) if seal_keys else copy_nodes(nodes, store, tell, keep=keep)
    if json_:
        print(json.dumps({"dropped": made.dropped, **asdict(made.manifest)}, ensure_ascii=False, indent=2))
    else:
        show_made(Console(), made, target)
    if any(node.damaged or any(d.faults for d in node.databases) for node in made.manifest.nodes):
        raise typer.Exit(1)


def restore(
    source: Annotated[Path, typer.Argument(exists=True, help="The folder of copies, or the file.")],
    copy: Annotated[str, typer.Option(help="Which copy, as 20261130T101500Z; the newest without.")] = "",
    node: Annotated[list[str] | None, typer.Option(help="Only this node. May be repeated.")] = None,
    into: Annotated[
        Path | None, typer.Option(help="The folder of the settings; without, that of this city.")
    ] = None,
    json_: Json = False,
) -> None:
    """Put nodes back from a copy, once all of it is checked. What is there is kept beside; a node that runs is refused.

    At its next start a node asks its stream and the hub for what it wrote after the copy, and takes it in before it serves.
    """
    from services.kit.backup.manifest import BadCopy, chosen, unpacked
    from services.kit.backup.restore import restore as put_back
    from services.kit.backup.store import store_at
    from services.node.plan import plan
    from services.node.serve import service

    store = store_at(source)
    names = store.names()
    name = copy or (names[-1] if names else "")
    if name not in names:
        raise BadCopy(f"{source}：没有该备份，has no copy {name}；现有 has {', '.join(names) or '–'}")
    manifest = unpacked(store.manifest(name), f"{source} {name}")
    nodes = chosen(manifest, node or ())
    with progress(Console(stderr=True)) as tell:
        done = put_back(store, manifest, nodes, into or plan().var, service, tell)
    if json_:
        print(json.dumps([{"node": d.copy.node, "kept": d.kept} for d in done], ensure_ascii=False, indent=2))
        return
    out = Console()
    show_nodes(out, f"已恢复 restored: {name}, 截至 as of {manifest.made}", nodes)
    for each in done:
        for kept in each.kept:
            out.print(f"原数据保留于 the old is kept in {kept}", highlight=False, markup=False)
    out.print(
        "下次启动时先取回其后的记录，再对外服务 what was written later is asked for at the next start, before it serves"
    )


def of_this_city() -> list[Path]:
    """The settings of the nodes that ran here, the hub's with them."""
    from services.node.plan import plan

    wanted = plan()
    found = [wanted.settings(name) for name in (*(s.id for s in wanted.sites), "hub")]
    return [file for file in found if file.exists()] or [found[0]]


@contextmanager
def progress(out: Console) -> "Iterator[Tell]":
    """What is being done."""
    with out.status("…") as shown:
        yield shown.update


def show_made(out: Console, made: "Made", target: Path) -> None:
    manifest = made.manifest
    show_nodes(out, f"已备份 copied: {target} {manifest.name}, 截至 as of {manifest.made}", manifest.nodes)
    if made.dropped:
        out.print(f"已删除旧备份 older copies let go of: {', '.join(made.dropped)}", highlight=False)


def show_nodes(out: Console, title: str, nodes: "list[NodeCopy]") -> None:
    """Each node: its journals and where they end, its files; what is not in the copy, and what is wrong."""
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left")
    for heading in ("节点 node", "日志 journal", "条 entries", "链首 head", "文件 files", "字节 bytes"):
        table.add_column(heading, justify="right" if heading.split()[0] in ("条", "文件", "字节") else "left")
    for node in nodes:
        size = sum(each.size for each in node.parts)
        table.add_row(node.node, "", "", "", str(len(node.files)), f"{size:,}")
        for its in node.databases:
            table.add_row(
                "", its.service, str(its.seq), its.head[:8] if its.seq else "–", "", f"{its.size:,}"
            )
    out.print(table)
    for line in remarks(nodes):
        out.print(line, highlight=False, markup=False)


def remarks(nodes: "list[NodeCopy]") -> Iterator[str]:
    for node in nodes:
        yield from (f"{node.node} 未包含 not in the copy: {apart}" for apart in node.apart)
        yield from (f"{node.node} 已被改动 altered, not copied: {file}" for file in node.damaged)
        for its in node.databases:
            yield from (
                f"{node.node}/{its.service} 日志有误 the journal is broken at {f}" for f in its.faults
            )
