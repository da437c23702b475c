"""Protects what moves in a drawing: made from the names of its parts and out of numbers alone, and never onto the stripes."""

from __future__ import annotations

import re
from math import cos, hypot, radians, sin
from pathlib import Path

import pytest

from knee.pictures.corners import corners_of, evenly
from knee.pictures.faults import Matter
from knee.pictures.judged import Judged, judged
from knee.pictures.part_names import KINDS
from knee.pictures.stripes import hull
from knee.pictures.tree import Element
from small_site import TESTS

DOCS = TESTS.parent / "docs"
DRAWINGS = sorted([*(DOCS / "techniques").glob("*.svg"), *(DOCS / "exercises").glob("*.svg")])
ONTO_STRIPES = sorted(TESTS.glob("bad/KE515-*/techniques/*.svg"))
HAND = '<g id="hand"><path d="M-20 -20H20V20H-20Z" fill="red"/></g>'


def drawn(inside: str) -> Judged:
    return judged(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 360"><title>A</title><path d="M0 0h9v9"/>{inside}</svg>'.encode()
    )


def tracks(picture: Judged) -> list[tuple[str, list[float]]]:
    """Give what the page is told of each part that moves: the kind, and the numbers."""
    told = [way.split(",") for way in re.findall(r'data-way="([^"]*)"', picture.inside)]
    return [(kind, [float(number) for number in numbers]) for kind, *numbers in told]


def way(kind: str, line: str = "M100 100H180") -> str:
    return f'<path id="way-{kind}" d="{line}" fill="none" stroke="red"/>'


# What is published


def test_the_page_gets_numbers_and_the_file_keeps_the_names() -> None:
    picture = drawn(way("stroke") + HAND)
    assert picture.faults == ()
    assert picture.movement == "stroke"
    assert re.findall(r' id="[^"]*"', picture.inside) == []
    assert tracks(picture) == [("stroke", [0, 0, 80, 0])]
    assert re.findall(r' id="([^"]*)"', picture.file) == ["way-stroke", "hand"]
    assert judged(picture.file.encode()).inside == picture.inside, "who starts from our drawing has its movement"


def test_what_a_stranger_writes_of_movement_is_never_published() -> None:
    picture = drawn(f'<g data-way="bend,0,0,9999" data-round="1">{way("stroke")}{HAND}</g>')
    assert tracks(picture) == [("stroke", [0, 0, 80, 0])]
    assert "9999" not in picture.file
    assert "data-round" not in picture.inside


def test_other_names_are_not_published() -> None:
    assert "id=" not in drawn('<g id="hand-of-anna"/><g id="handy"/><g id="way"/><g id="no-press-12"/>').file


def test_a_drawing_that_names_no_way_stays_still() -> None:
    picture = drawn(HAND)
    assert (picture.faults, picture.movement, tracks(picture)) == ((), "", [])


def test_a_way_that_is_not_painted_stays_out_of_the_page() -> None:
    unseen = drawn(way("stroke").replace(' stroke="red"', "") + HAND)
    assert unseen.inside.count("<path") == drawn(way("stroke") + HAND).inside.count("<path") - 1
    assert tracks(unseen) == [("stroke", [0, 0, 80, 0])]


# Where a hand goes


@pytest.mark.parametrize("kind", KINDS[:-1])
def test_every_kind_of_way_moves_a_hand(kind: str) -> None:
    picture = drawn(way(kind) + HAND)
    assert picture.movement == kind
    assert tracks(picture)[0][0] == kind


def test_a_hand_that_goes_both_ways_is_drawn_somewhere_on_its_way() -> None:
    between = HAND.replace('id="hand"', 'id="hand" transform="translate(130 90)"')
    assert tracks(drawn(way("to-and-fro") + between)) == [("to-and-fro", [-30, 0, 50, 0])]


def test_a_circle_begins_where_the_hand_is_and_ends_there() -> None:
    round_about = way("circle", "M200 100A50 50 0 1 1 100 100A50 50 0 1 1 200 100")
    ((_, numbers),) = tracks(drawn(round_about + HAND.replace('"hand"', '"hand" transform="translate(100 100)"')))
    assert numbers[:2] == numbers[-2:] == [0, 0]
    assert max(map(abs, numbers[::2])) == 100


def test_a_way_in_a_group_that_is_moved_and_a_hand_in_another_fit_together() -> None:
    grown = f'<g transform="translate(9 9) scale(2)">{way("stroke", "M0 0H40")}</g>'
    turned = f'<g transform="rotate(90) scale(.5)">{HAND}</g>'
    assert tracks(drawn(grown + turned)) == [("stroke", [0, 0, 0, -160])]


def test_a_second_hand_has_its_own_way_or_shares_the_first() -> None:
    second = HAND.replace('"hand"', '"hand-2"')
    own = way("squeeze").replace("way-squeeze", "way-squeeze-2").replace("H180", "H60")
    assert [numbers for _, numbers in tracks(drawn(way("squeeze") + own + HAND + second))] == [[0, 0, 80, 0], [0, 0, -40, 0]]
    assert [numbers for _, numbers in tracks(drawn(way("tap") + HAND + second))] == [[0, 0, 80, 0]] * 2


# How a limb bends

LOWER = '<g id="lower"><path d="M200 100L200 200"/><g id="carried"><circle cx="200" cy="200" r="9"/></g></g>'
LEG = f'<g id="limb"><path d="M100 100L200 100"/>{LOWER}</g>'


def turned(point: tuple[float, float], joint: tuple[float, float], angle: float) -> tuple[float, float]:
    x, y = point[0] - joint[0], point[1] - joint[1]
    return joint[0] + x * cos(radians(angle)) - y * sin(radians(angle)), joint[1] + x * sin(radians(angle)) + y * cos(radians(angle))


def test_a_limb_of_1_part_turns_round_its_joint() -> None:
    lifted = drawn(way("bend", "M200 100A100 100 0 0 0 100 0") + '<g id="limb"><path d="M100 100L200 100" stroke="red"/></g>')
    assert tracks(lifted) == [("bend", [100, 100, 0, -90])]


def test_a_limb_of_2_parts_keeps_its_length_and_its_end_goes_along_the_way() -> None:
    picture = drawn(way("bend", "M200 200L140 180") + LEG)
    assert picture.faults == ()
    (_, upper), (_, lower), (_, carried) = tracks(picture)
    assert upper[:2] == [100, 100]
    assert lower[:2] == [200, 100]
    assert upper[2] == lower[2] == carried[2] == 0, "it is drawn where its way starts"
    end = turned(turned((200, 200), (200, 100), lower[-1]), (100, 100), upper[-1])
    assert hypot(end[0] - 140, end[1] - 180) < 1.5
    for above, below, kept in zip(upper[2:], lower[2:], carried[2:], strict=True):
        assert abs(above + below + kept) <= 1, "what is carried stays upright"


# What a shape is followed along


@pytest.mark.parametrize(
    ("data", "end", "far"),
    [
        ("M0 0H10V10h-10z", (0, 0), (10, 10)),
        ("M10 10l10 0 0 10", (20, 20), (20, 20)),
        ("M0 0C0 40 40 40 40 0", (40, 0), (40, 30)),
        ("M0 0Q20 40 40 0T80 0", (80, 0), (80, 20)),
        ("M0 0A20 20 0 0 0 40 0", (40, 0), (40, 20)),
        ("M0 0a20 20 0 0040 0", (40, 0), (40, 20)),
    ],
)
def test_lines_curves_and_arcs_are_followed(data: str, end: tuple[float, float], far: tuple[float, float]) -> None:
    (line,) = corners_of(Element("path", {"d": data}))
    assert line[-1] == pytest.approx(end)
    assert (max(x for x, _ in line), max(y for _, y in line)) == pytest.approx(far, abs=0.7)


def test_a_line_is_parted_evenly() -> None:
    assert evenly([(0, 0), (10, 0), (10, 10)], 4) == [(0, 0), (5, 0), (10, 0), (10, 5), (10, 10)]


def test_a_band_round_points_has_only_the_outer_ones() -> None:
    assert sorted(hull([(0, 0), (4, 0), (4, 4), (0, 4), (2, 2), (2, 0)])) == [(0, 0), (0, 4), (4, 0), (4, 4)]


# Off the stripes


@pytest.mark.parametrize("path", ONTO_STRIPES, ids=lambda path: path.parts[-3])
def test_a_hand_that_comes_onto_the_stripes_is_told(path: Path) -> None:
    (fault,) = judged(path.read_bytes()).faults
    assert fault.matter is Matter.STRIPES


def test_at_least_10_bad_drawings_prove_it() -> None:
    assert len(ONTO_STRIPES) >= 10


ENDS = re.compile(r"let the way (?:begin at (-?\d+) (-?\d+))?(?: and )?(?:end at (-?\d+) (-?\d+))?:")


@pytest.mark.parametrize("path", ONTO_STRIPES, ids=lambda path: path.parts[-3])
def test_a_way_that_is_ended_where_its_author_is_told_passes(path: Path) -> None:
    text = path.read_text("utf-8")
    (fault,) = judged(text.encode()).faults
    found = ENDS.match(fault.mend)
    if not found:
        assert fault.mend.startswith(("move the hand", "make the circle smaller"))
        return
    old = re.search(r'd="M([-\d]+) ([-\d]+)[^"]*"', text.splitlines()[fault.line - 1])
    assert old
    begin = " ".join(found.group(1, 2) if found[1] else old.group(1, 2))
    assert judged(text.replace(old[0], f'd="M{begin}L{found[3]} {found[4]}"').encode()).faults == ()


def test_a_hand_that_passes_beside_the_stripes_is_left_in_peace() -> None:
    beside = '<g id="no-press"><rect x="90" y="125" width="100" height="30"/></g>'
    hand = HAND.replace('"hand"', '"hand" transform="translate(100 100)"')
    assert drawn(beside + way("stroke") + hand).faults == ()
    assert [fault.matter for fault in drawn(beside.replace("125", "119") + way("stroke") + hand).faults] == [Matter.STRIPES]


def test_a_forearm_may_pass_over_them() -> None:
    over = '<g id="no-press"><circle cx="130" cy="40" r="10"/></g>'
    arm = HAND.replace("<path", '<path d="M0 0V-90" fill="none" stroke="red" stroke-width="20"/><path')
    assert drawn(over + way("stroke") + arm.replace('"hand"', '"hand" transform="translate(100 100)"')).faults == ()


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_our_own_hands_keep_off_the_stripes(path: Path) -> None:
    assert judged(path.read_bytes()).faults == ()


# Whatever is sent


@pytest.mark.parametrize(
    "inside",
    [
        '<g transform="scale(0)">' + HAND + "</g>" + way("stroke"),
        '<g transform="scale(999999)">' * 60 + HAND + way("stroke") + "</g>" * 60,
        way("stroke", "M100 100") + HAND,
        way("stroke", "M1 1A1") + HAND,
        way("stroke", "bogus") + HAND,
        way("bend") + '<g id="limb"/>',
        way("bend") + '<g id="limb"><g id="lower"/></g>',
        way("bend") + '<g id="limb"><path d="M1 1H9"/></g><g id="lower"><path d="M1 1H9"/></g>',
        way("stroke") + '<g id="hand"><use href="#none"/></g>',
        way("circle", "M100 100H101") + HAND,
        HAND + '<g id="no-press"><path d="M0 0"/></g>' + way("tap"),
    ],
)
def test_odd_drawings_are_told_or_left_still_and_never_stop_the_check(inside: str) -> None:
    picture = drawn(inside)
    assert all(fault.what and fault.mend for fault in picture.faults)
    assert "nan" not in picture.inside
    assert "inf" not in picture.inside


def test_a_limb_never_turns_the_long_way_round() -> None:
    for path in DRAWINGS:
        for kind, numbers in tracks(judged(path.read_bytes())):
            if kind == "bend":
                assert all(abs(angle) < 120 for angle in numbers[2:]), path.name


def test_angles_are_those_of_the_screen() -> None:
    """Down is positive, as in svg: a leg that is lifted turns by less than 0."""
    ((_, (_, _, start, end)),) = tracks(judged((DOCS / "exercises" / "knee-exercises-raise.svg").read_bytes()))
    assert start > end == 0
