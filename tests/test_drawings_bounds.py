"""A drawing has an end: what it unfolds to is counted before anything draws it. And a path in fewer signs is the same path."""

from __future__ import annotations

import time

import pytest

from knee.pictures.faults import Matter
from knee.pictures.judged import judged
from knee.pictures.paths import length_of, shorter
from machine_speed import slowness

CHAIN = "".join(f'<g id="g{n}">{f"<use href={chr(34)}#g{n + 1}{chr(34)}/>" * 9}</g>' for n in range(12))
RECT = '<rect width="480" height="360"'
BOMBS = {
    "copies of copies": CHAIN,
    "copies of nothing": CHAIN.replace("<use", "<g/><use"),
    "a part inside itself": '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
    "patterns of patterns": "".join(
        f'<pattern id="p{n}" width="9" height="9">{f"{RECT} fill={chr(34)}url(#p{n + 1}){chr(34)}/>" * 9}</pattern>' for n in range(9)
    )
    + f'{RECT} fill="url(#p0)"/>',
    "patterns that take the place of others": "".join(
        f'<pattern id="q{n}" href="#p{n}"/><pattern id="p{n}" width="9" height="9">' + f'{RECT} fill="url(#q{n + 1})"/>' * 9 + "</pattern>"
        for n in range(9)
    )
    + f'{RECT} fill="url(#q0)"/>',
    "a pattern that is handed down": '<pattern id="p" width="9" height="9"><circle r="3"/></pattern><g fill="url(#p)">'
    + RECT * 0
    + f"{RECT}/>" * 200
    + "</g>",
    "a pattern by a class": "<style>.a,.b{fill:url(#p)}</style><pattern id='p' width='9' height='9'><circle r='3'/></pattern>"
    + f'{RECT} class="b"/>' * 200,
    "masks of masks": "".join(f'<mask id="m{n}">{RECT} mask="url(#m{n + 1})"/></mask>' for n in range(20)) + f'{RECT} mask="url(#m0)"/>',
    "clips of clips": "".join(f'<clipPath id="c{n}" clip-path="url(#c{n + 1})">{RECT}/></clipPath>' for n in range(200))
    + f'{RECT} clip-path="url(#c0)"/>',
    "markers": '<marker id="m"><path d="M0 0h1h1h1h1h1h1h1"/><g><rect/><rect/></g></marker>'
    + f'<path marker-mid="url(#m)" d="M0 0{"h1" * 900}"/>',
    "groups that are seen through": f'<g style="opacity:.5">{RECT}/></g>' * 400,
    "groups inside one another": "<g opacity='.5'>" * 20 + f"{RECT}/>" + "</g>" * 20,
    "very short dashes": f'{RECT} stroke-dasharray="0.001"/>',
    "short dashes by a class": f"<style>.a{{stroke-dasharray:.001 .002}}</style>{RECT} class='a'/>",
    "dashes of a long path": f'<path stroke-dasharray="1" d="M0 0{"a9e9 9e9 0 019 9" * 9}"/>',
    "dashes of a path that says how long it is": '<path pathLength="1e9" stroke-dasharray="1" d="M0 0h9"/>',
    "numbers for no page": '<rect width="1e38" height="1e38" stroke="red" stroke-width="1e30"/>',
    "a long way from part to part": "".join(f'<g id="g{n}"><use href="#g{n + 1}"/></g>' for n in range(900)),
}


@pytest.mark.parametrize("inside", BOMBS.values(), ids=BOMBS)
def test_what_would_keep_a_browser_busy_is_refused_at_once(inside: str) -> None:
    started = time.process_time()
    picture = judged(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 360"><title>A</title>{inside}</svg>'.encode())
    assert [fault.matter for fault in picture.faults] == [Matter.HEAVY]
    assert picture.published is None
    assert time.process_time() - started < slowness()


@pytest.mark.parametrize(
    ("data", "made"),
    [
        ("M106 112L112 250H230M116 250L110 335", "M106 112l6 138H230m-114 0l-6 85"),
        ("M60 300L180 280L170 200ZL360 140L300 150", "M60 300l120-20-10-80zL360 140l-60 10"),
        ("M 100 100 V 109 M 10 10 Z L 20 20", "M100 100v9M10 10zL20 20"),
        ("M5 5C1 2 3 4 5 6S1 1 2 2Z", "M5 5C1 2 3 4 5 6S1 1 2 2z"),
        ("m60 300 l 120,-20", "m60 300l120-20"),
        ("M1.5 2.5 L 3 4", "M1.5 2.5L3 4"),
        ("M0 0 a1 1 0 01.5.5", "M0 0a1 1 0 01.5.5"),
        ("M10,,5 L1 1", "M10,,5 L1 1"),
        ("M,1 1", "M,1 1"),
        ("M1 1L2 1e -11", "M1 1L2 1e -11"),
        ("M1 1 L 2", "M1 1L2"),
        ("M1 1L2 2 3", "M1 1L2 2 3"),
        ("L1 1", "L1 1"),
        ("", ""),
    ],
)
def test_a_path_in_fewer_signs_ends_where_it_ended(data: str, made: str) -> None:
    assert shorter(data) == made


@pytest.mark.parametrize(
    ("data", "length"),
    [("M1 1H11V21", 30), ("m1 1h10v20z", 60), ("M0 0L3 4", 7), ("M0 0C0 9 9 9 9 0", 27), ("M0 0c0 9 9 9 9 0s1 1 2 2", 31), ("M0 0z", 0)],
)
def test_a_path_is_at_most_as_long_as_its_corners_are_apart(data: str, length: float) -> None:
    assert length_of(data) == length
