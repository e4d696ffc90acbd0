"""Whether a kept message holds a text, asked of the database itself.

A message keeps its texts as they are (UTF-8), so that one it says somewhere is found in its bytes; in which field, they do not
say. What is found so is held against what is asked for once it is read, and what is not found there is not read at all.
"""

from typing import Any

from sqlalchemy import Boolean, LargeBinary, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement


class holds(FunctionElement[bool]):
    """The condition that the bytes of a column hold a text: holds(column, text)."""

    type = Boolean()
    inherit_cache = True
    name = "holds"

    def __init__(self, column: Any, text: str) -> None:
        super().__init__(column, literal(text.encode(), LargeBinary()))


@compiles(holds)
def _sqlite(element: Any, compiler: Any, **more: Any) -> str:
    column, text = (compiler.process(each, **more) for each in element.clauses)
    return f"instr({column}, {text}) > 0"


@compiles(holds, "postgresql")
def _postgresql(element: Any, compiler: Any, **more: Any) -> str:
    column, text = (compiler.process(each, **more) for each in element.clauses)
    return f"position({text} in {column}) > 0"
