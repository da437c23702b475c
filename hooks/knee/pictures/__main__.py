"""Cleans a picture and saves it in its place: `python -m knee.pictures FILE`, or `make clean-picture FILE=...`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from knee.pictures.faults import PictureFault
from knee.pictures.judged import judged

_USAGE = "Name the picture: make clean-picture FILE=docs/techniques/calf-rub.svg"


def clean_picture(arguments: Sequence[str]) -> int:
    """Remove what a picture tells about its maker, and what no picture needs. Return the exit status: 1 where something is left to fix."""
    path = Path(arguments[0]) if arguments and arguments[0] else None
    if path is None or not path.is_file():
        print(f"There is no file {path}. {_USAGE}" if path else _USAGE)
        return 1
    content = path.read_bytes()
    picture = judged(content)
    if picture.cleaned is None:
        print(f"{path} was left as it is: first mend this.")
        _tell(path, picture.faults)
        return 1
    path.write_bytes(picture.cleaned)
    print(f"{path} is written anew, with nothing but what is drawn: {len(content):,} bytes became {len(picture.cleaned):,}.")
    left = judged(picture.cleaned).faults
    _tell(path, left)
    return 1 if left else 0


def _tell(path: Path, faults: Sequence[PictureFault]) -> None:
    for fault in faults:
        print(f"{path}:{fault.line}: {fault.what}\n    {fault.mend}")


if __name__ == "__main__":
    sys.exit(clean_picture(sys.argv[1:]))
