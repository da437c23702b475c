"""What the surroundings of the core can do. A browser runs the same core with less: there, the pull request does the rest.

Nothing else in the core asks where it runs.
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

HAS_PROCESSES = sys.platform not in ("emscripten", "wasi") and find_spec("_multiprocessing") is not None
"""Whether work can be done in processes of their own, which can be stopped. In a browser, the page stops the whole worker."""
CAN_DRAW = find_spec("PIL") is not None
"""Whether a photo can be opened, and a drawing be drawn, to look at its dots. The programs that do it have no build for a browser."""
LEFT_TO_THE_PULL_REQUEST = (
    *(() if HAS_PROCESSES else ("whether a long page keeps the site's reader busy",)),
    *(() if CAN_DRAW else ("what is in a photo (png, webp)", "whether there is something to see in a drawing")),
)
"""What cannot be told here, in words."""


def cores() -> int:
    """Return how many processes can work at the same time: the cores that this one may use; 1 where no other can be started."""
    if not HAS_PROCESSES:
        return 1
    if hasattr(os, "process_cpu_count"):  # Python 3.13
        return os.process_cpu_count() or 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
