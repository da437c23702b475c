"""What a still drawing is made of: everything else falls away or is refused."""

from __future__ import annotations


def _names_in(text: str) -> frozenset[str]:
    return frozenset(text.split())


SHAPES = _names_in("path rect circle ellipse line polyline polygon use")
HOLDERS = _names_in("svg g a switch defs symbol linearGradient radialGradient stop clipPath mask pattern marker")
"""Elements that hold others, or say how they are painted. A link stays as a group that leads nowhere."""
REFERRING = _names_in("use linearGradient radialGradient pattern")
"""Elements that ask for another part of the drawing by an attribute of their own."""

GEOMETRY = _names_in(
    """d points x y width height cx cy r rx ry x1 y1 x2 y2 fx fy fr pathLength offset transform viewBox preserveAspectRatio refX refY orient
    gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits
    markerUnits markerWidth markerHeight"""
)
"""Attributes of numbers and words that say where something stands: nothing in them can name anything."""
PAINT = _names_in(
    """fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray
    stroke-dashoffset opacity color color-interpolation display visibility overflow clip clip-path clip-rule mask mask-type marker
    marker-start marker-mid marker-end stop-color stop-opacity paint-order vector-effect shape-rendering transform-origin transform-box
    mix-blend-mode isolation font-size"""
)
"""How a shape is painted: properties that may stand in a style and as attributes of their own."""
BOXES = _names_in(
    """transform translate rotate scale x y width height cx cy r rx ry max-width max-height min-width min-height background
    background-color margin padding border position top left right bottom float zoom"""
)
"""Where things stand: properties that only a style can give."""
FUNCTIONS = _names_in(
    """rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix icc-color device-cmyk calc min max clamp matrix translate translatex
    translatey scale scalex scaley rotate skewx skewy circle ellipse inset polygon rect"""
)
"""Functions of styles that give a number, a colour or a place. Those that lead elsewhere are judged one by one (knee.pictures.style)."""
