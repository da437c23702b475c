"""A technique page and an exercise page: the main picture, the safety note and the steps."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from knee.contract.headings import DO_NOT, HOW_TO, LEVELS, SAFETY_NOTE, STOP
from knee.contract.models import ExerciseMeta, Meta
from knee.contract.pace import Pace, pace_of
from knee.contract.page import Page
from knee.contract.safety_note import SafetyNote, safety_note_of
from knee.contract.sections import Step, digest_of, steps_in
from knee.contract.site_context import EXERCISES, TECHNIQUES
from knee.text.reading import Block, Picture


class TechniquePage(Page):
    """A technique page as both readers see it."""

    folder = TECHNIQUES
    model: type[Meta] | type[ExerciseMeta] = Meta
    levels = LEVELS

    @cached_property
    def step_lists(self) -> list[int]:
        """The numbered lists under "How to do it", by their ids, in order."""
        how = self.section(HOW_TO)
        items = [block for block in how.blocks if block.kind == "item" and block.inside == ("ol",)] if how else []
        return list(dict.fromkeys(item.list_id for item in items))

    @cached_property
    def steps(self) -> list[Step]:
        """The steps: the items of the first numbered list under "How to do it"."""
        how = self.section(HOW_TO)
        return list(steps_in(how.blocks, self.step_lists[0])) if how and self.step_lists else []

    @cached_property
    def safety_note(self) -> SafetyNote | None:
        """The safety note; None where one of its three headings is nowhere on the page."""
        whole, do_not, stop = (self.section(words) for words in (SAFETY_NOTE, DO_NOT, STOP))
        return safety_note_of(whole, do_not, stop) if whole and do_not and stop else None

    @cached_property
    def before_steps(self) -> list[str]:
        """What stands between the heading of the steps and the first of them, piece by piece."""
        return self._beside_steps(before=True)

    @cached_property
    def after_steps(self) -> list[str]:
        """What stands after the last step in the section of the steps, piece by piece."""
        return self._beside_steps(before=False)

    def _beside_steps(self, *, before: bool) -> list[str]:
        how = self.section(HOW_TO)
        if not how or not self.steps:
            return []
        taken = {block.place for step in self.steps for block in (step.item, *step.rest)}
        first = self.steps[0].item.place
        loose = (block for block in how.blocks if block.inside[:1] != ("ol",) and block.place not in taken and block.words)
        return [block.words for block in loose if (block.place < first) is before]

    @cached_property
    def paces(self) -> dict[int, Pace]:
        """How fast the steps that move are done, by their numbers. One without a picture of its own moves as the main picture does."""
        found = {}
        for step, following in zip(self.steps, [*self.steps[1:], None], strict=True):
            last = following.line if following else max(step.line, *(block.line for block in step.rest), 0) + 1
            own = next((picture for picture in self.pictures if step.line <= picture.line < last), None)
            shown = own or (self.main_picture if step.dose.named else None)
            if shown and (kind := self._movement_of(shown)):
                found[step.number] = pace_of(step.dose, step.words, kind)
        return found

    @cached_property
    def main_pace(self) -> Pace | None:
        """How fast the main picture moves: as the first step that does; None where it is still."""
        return next(iter(self.paces.values()), None) if self.main_picture and self._movement_of(self.main_picture) else None

    def _movement_of(self, picture: Picture) -> str:
        """Return what kind of movement a picture shows when a reader asks for it; empty where it is still."""
        known = self.judged_pictures.get(self.source.path.with_name(self.own_picture(picture) or " "))
        return known.movement if known else ""

    @property
    def each_leg(self) -> bool:
        """Whether it is done on one leg and then on the other."""
        return bool(self.front and self.front.values.get("each_leg") is True)

    @cached_property
    def seconds(self) -> int:
        """How long the steps take in seconds, for both legs where the page says so."""
        once: int = sum(step.dose.seconds for step in self.steps)
        return once * 2 if self.each_leg else once

    @cached_property
    def signed_blocks(self) -> list[Block]:
        """The blocks of the safety note and of the steps."""
        sections = [section for words in (SAFETY_NOTE, HOW_TO) if (section := self.section(words))]
        return [block for section in sections for block in (section.heading, *section.blocks)]

    @cached_property
    def digest(self) -> str:
        """A short hash of the words of the safety note and the steps."""
        return digest_of(self.signed_blocks)


class ExercisePage(TechniquePage):
    """An exercise page: all that holds for a technique holds for it. Only its folder, its front matter and its clock are its own."""

    folder = EXERCISES
    model = ExerciseMeta

    @cached_property
    def steps(self) -> list[Step]:
        """The exercises: each is a step, whose clock has time to move as well as to hold."""
        return [replace(step, is_exercise=True) for step in super().steps]
