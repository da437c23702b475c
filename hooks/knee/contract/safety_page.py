"""A page of signs and checks, such as When to seek help: what of it a clinician signs."""

from __future__ import annotations

from functools import cached_property

from knee.contract.headings import is_background
from knee.contract.models import SafetyMeta
from knee.contract.page import Page
from knee.contract.sections import Step, digest_of
from knee.text.reading import Block

TICK_BOX = "[ ] "
"""How an item begins that readers tick off."""


class SafetyPage(Page):
    """A page of signs and checks as both readers see it. It has no steps; what stands under a background heading is not signed."""

    folder = ""
    model = SafetyMeta
    signed_part = "the signs and cautions"

    @cached_property
    def signed_blocks(self) -> list[Block]:
        """The blocks that protect a reader: all from the title on, but for those under the headings of background."""
        found: list[Block] = []
        background = 0
        for block in self.blocks:
            if block.kind == "heading" and not block.inside and (not background or block.level <= background):
                background = block.level if is_background(block.text) else 0
            if not background:
                found.append(block)
        return found

    @property
    def steps(self) -> list[Step]:
        """None: nothing on it is followed step by step."""
        return []

    @property
    def seconds(self) -> int:
        """No time: nothing on it is followed step by step."""
        return 0

    @cached_property
    def digest(self) -> str:
        """A short hash of the words of its signs and cautions."""
        return digest_of(self.signed_blocks)
