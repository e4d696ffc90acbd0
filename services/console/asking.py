"""In whose name a page asks: the token of whoever is signed in, and nothing where nobody is. The console has none of its own."""

from contextvars import ContextVar

TOKEN: ContextVar[str] = ContextVar("token", default="")
NODE: ContextVar[str] = ContextVar("node", default="")
"""The node that issued it."""
VISITOR: ContextVar[str] = ContextVar("visitor", default="")
"""The address of who asks for the page: nodes count by it."""
