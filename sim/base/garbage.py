"""When does Python look for garbage?"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """In here Python does not look for garbage: for work that makes much that lives and nothing that dies.

    Otherwise the collector would go through everything there is, in a lesson some 100,000 objects, again and again.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
