"""Records: the dataclasses that the program makes by the ten thousand, frozen where it is checked and cheap where it runs.

The type checker takes :func:`record` for ``dataclasses.dataclass``, and ``frozen=True`` for what it says: whoever sets a
field of a record has an error. When the program runs, a frozen dataclass would set each of its own fields through
``object.__setattr__``, which takes two to three times as long as setting it; making values was a tenth of what a notice
costs. So no guard stands there; a record compares, hashes, orders, copies and pickles as a frozen dataclass does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    from dataclasses import dataclass

    def record(*, frozen: bool, slots: bool, eq: bool = True, order: bool = False):
        """The dataclass that stands for a frozen one; ``frozen`` and ``slots`` are said in each place and are True."""
        assert frozen and slots
        return dataclass(slots=True, eq=eq, order=order, unsafe_hash=eq)


__all__ = ["record"]
