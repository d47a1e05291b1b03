"""Making very many objects at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def many_objects() -> Iterator[None]:
    """Stops the collector of cycles while very many objects are made and no cycles: it would look at each of them again
    and again, a third of the time of reading a whole register, a sixth of that of taking files in."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
