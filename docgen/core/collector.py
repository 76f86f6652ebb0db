# Python's cyclic garbage collector, out of the way while very many objects are made that form no cycles.
"""paused_collector."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_collector() -> Iterator[None]:
    """Let reference counting alone free what is made inside; as it was before afterwards.

    The collector walks through all objects each time their number has grown by a quarter: on a definition of many
    thousand components that takes more time than the work itself. Values of the model form no cycles.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
