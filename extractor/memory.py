"""What the collector of cycles looks through: it need not while many objects are made that hold no cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_ANEW = 20_000
"""Objects made and not yet gone before a settled process looks for cycles: a few notices' worth."""


def settle() -> None:
    """Tells the collector that what is loaded now stays for good, and to look more seldom through what comes after.

    For a process of the program's own that reads notice after notice: dictionaries and patterns need not be looked
    through again, and what a notice makes holds no cycles and goes by itself.
    """
    if not gc.get_freeze_count():
        gc.collect()
        gc.freeze()
        gc.set_threshold(_ANEW)


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
