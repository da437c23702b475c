"""Each number of the contract, on both sides of its limit."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from photos import photo
from small_site import PAGE, TREE, Site

TEXT = (TREE / PAGE).read_text("utf-8")
PICTURE = (TREE / PAGE).with_suffix(".svg").read_text("utf-8")
STEPS = TEXT[TEXT.index("1. Sit on") : TEXT.index("## Make it")]
STEP = "Sit on a chair with 1 foot on a stool."
LEAD = "You stroke your calf from the heel up. It feels warm and slow."
ALT = "A person sits with 1 foot on a stool. Both palms hold the calf. An arrow points up."
SECOND = "- Sit on a bed.\n\n![The same person lies on a bed with the calf on a cushion.](calf-stroke-bed.{})"

Change = Callable[[Site, int], None]


def words_in_a_step(site: Site, number: int) -> None:
    site.change(STEP, " ".join(["Sit"] * number) + ".")


def steps(site: Site, number: int) -> None:
    site.change(STEPS, "".join(f"{n}. Stroke for 1 minute.\n" for n in range(1, number + 1)) + "\n")


def seconds(site: Site, number: int) -> None:
    site.change("for 1 minute", f"for {number} seconds")


def minutes(site: Site, number: int) -> None:
    site.change("for 1 minute", f"for {number} minutes")


def sentences(site: Site, number: int) -> None:
    site.change(LEAD, " ".join(["It is warm."] * number))


def alt_characters(site: Site, number: int) -> None:
    site.change(ALT, ("A person strokes the calf. " * 20)[: number - 1] + "x")


def description_characters(site: Site, number: int) -> None:
    old = TEXT.partition("description: ")[2].partition("\n")[0]
    site.change(old, "  " + ("Slow strokes up the calf. " * 20)[: number - 1] + "x  ")


def pressure(site: Site, number: int) -> None:
    site.change("pressure: 2", f"pressure: {number}")


def order(site: Site, number: int) -> None:
    site.change("order: 2", f"order: {number}")


def days_ahead(site: Site, number: int) -> None:
    site.change("reviewed: 2026-11-22", f"reviewed: 2026-11-{22 + number}")


def page_bytes(site: Site, number: int) -> None:
    site.write((site.text() + "\nRest.\n").ljust(number, "\n"))


def svg_bytes(site: Site, number: int) -> None:
    site.picture.write_text(PICTURE.replace("</svg>", "</svg>".rjust(6 + number - len(PICTURE))), "utf-8")


def png_bytes(site: Site, number: int) -> None:
    site.change("- Sit on a bed.", SECOND.format("png"))
    (site.techniques / "calf-stroke-bed.png").write_bytes(photo("png").ljust(number, b"\0"))


def webp_bytes(site: Site, number: int) -> None:
    site.change("- Sit on a bed.", SECOND.format("webp"))
    (site.techniques / "calf-stroke-bed.webp").write_bytes(photo("webp").ljust(number, b"\0"))


def quotes(site: Site, number: int) -> None:
    site.change("- Sit on a bed.", "> " * number + "Words of others.")


def bullets(site: Site, number: int) -> None:
    site.change("- Sit on a bed.", "\n".join("    " * level + f"- level {level}" for level in range(number)))


LIMITS: list[tuple[str, Change, list[int], list[int]]] = [
    # rule, what is changed, numbers that are right, numbers that are not
    ("KE001", page_bytes, [99_999, 100_000], [100_001]),
    ("KE004", quotes, [9, 10], [11]),
    ("KE004", bullets, [9, 10], [11]),
    ("KE107", description_characters, [50, 160], [49, 161]),
    ("KE108", order, [1, 1_000], [0, -1]),
    ("KE112", pressure, [1, 4], [0, 5]),
    ("KE119", days_ahead, [-1, 0, 1], [2]),
    ("KE302", sentences, [1, 3], [4]),
    ("KE304", alt_characters, [20, 250], [19, 251]),
    ("KE313", steps, [2, 8], [1, 9]),
    ("KE315", words_in_a_step, [1, 20], [21]),
    ("KE318", seconds, [1, 600], [0, 601]),
    ("KE318", minutes, [1, 10], [0, 11]),
    ("KE504", svg_bytes, [39_999, 40_000], [40_001]),
    ("KE504", png_bytes, [149_999, 150_000], [150_001]),
    ("KE504", webp_bytes, [149_999, 150_000], [150_001]),
]


@pytest.mark.parametrize(
    ("change", "number"),
    [(change, number) for _, change, right, _ in LIMITS for number in right],
    ids=lambda it: getattr(it, "__name__", it),
)
def test_a_number_within_the_limit_is_right(change: Change, number: int, site: Site) -> None:
    change(site, number)
    assert site.problems() == ""


@pytest.mark.parametrize(
    ("rule", "change", "number"),
    [(rule, change, number) for rule, change, _, wrong in LIMITS for number in wrong],
    ids=lambda it: getattr(it, "__name__", it),
)
def test_a_number_past_the_limit_is_told(rule: str, change: Change, number: int, site: Site) -> None:
    change(site, number)
    assert site.ids() == [rule]
