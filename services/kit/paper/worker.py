"""Sets papers in type, in a process of its own: python worker.py CONFIG, requests and answers over stdin and stdout.

Imports nothing of the services. A request is a line of JSON: {files, main, data, qr, hash, at}; `at` is in seconds. An answer
is a line of JSON, {"size": bytes} with so many bytes after it, or {"problem": text}. It ends with its input.
"""

import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import typst

STANDARDS = ["a-2a", "ua-1"]
NO_FONT = "no Chinese font is installed: install one (apt install fonts-noto-cjk) or name a folder with fonts in [papers]"


def main(config: dict[str, Any]) -> None:
    os.nice(5)
    fonts = typst.Fonts(font_paths=config["folders"])
    present = set(fonts.families())
    faces = {role: [name for name in names if name in present] for role, names in config["faces"].items()}
    out = sys.stdout.buffer
    room = Path(config["room"])
    compiler = typst.Compiler(root=str(room), font_paths=fonts)
    for line in sys.stdin.buffer:
        try:
            content = compiled(compiler, room, json.loads(line), faces)
        except (typst.TypstError, OSError) as wrong:
            out.write(json.dumps({"problem": told(wrong)}).encode() + b"\n")
        else:
            out.write(json.dumps({"size": len(content)}).encode() + b"\n" + content)
        out.flush()
    shutil.rmtree(room, ignore_errors=True)


def compiled(compiler: Any, folder: Path, asked: dict[str, Any], faces: dict[str, list[str]]) -> bytes:
    """The file. Raises TypstError, OSError without a font."""
    if not all(faces.values()):
        raise OSError(NO_FONT)
    for name, text in asked["files"].items():
        (folder / name).write_text(text, "utf-8")
    inputs = {name: asked[name] for name in ("data", "qr", "hash")} | {"faces": json.dumps(faces)}
    main = str(folder / asked["main"])
    content: bytes = compiler.compile(main, sys_inputs=inputs, timestamp=asked["at"], pdf_standards=STANDARDS)
    return content


def told(wrong: Exception) -> str:
    """What is wrong, and where in the template."""
    where = getattr(wrong, "diagnostic", "") or str(wrong)
    return re.sub(r"\S*yifa-papers-[^/]*/", "", " ".join(where.split()))[:400]


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
