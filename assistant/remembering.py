"""Remember what was made of something that is asked again.

In:  a key that says all that the result rests on, and what makes it.
Out: the result, made once while it is remembered.

Many ask the same: the questions that the window offers, those of a meeting, a page that was loaded
again. Nothing is written to disk, and the longest unused goes first.

Knows nothing of what is remembered.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_Result = TypeVar("_Result")


class Memory(Generic[_Result]):
    """Results by key; safe to use from several threads."""

    def __init__(self, size: int) -> None:
        """Remember up to `size` results."""
        self._size = size
        self._lock = threading.Lock()
        self._results: OrderedDict[Hashable, _Result] = OrderedDict()

    def recall(self, key: Hashable, make: Callable[[], _Result]) -> _Result:
        """Return the result for `key`, made by `make` when it is not remembered.

        An error is not remembered. Two that ask at once may both make it.
        """
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                return self._results[key]
        made = make()
        with self._lock:
            self._results[key] = made
            self._results.move_to_end(key)
            while len(self._results) > self._size:
                self._results.popitem(last=False)
        return made
