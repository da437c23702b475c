"""Drawings in the shapes that drawing programs write: for tests that hold what the site makes of them against what was sent."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

WIDTH, HEIGHT = 480, 360
SVG = 'xmlns="http://www.w3.org/2000/svg"'
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
TITLE = "<title>A palm on the thigh</title>"
COLOURS = ("#1f5f5b", "#CF6030", "#8fb3ad", "rgb(18,48,46)", "teal", "#b9a88c", "rgba(31, 95, 91, .6)", "hsl(20 60% 50%)", "#abc")


class Hand:
    """Draws shapes by chance, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def number(self, low: float = 0, high: float = WIDTH) -> str:
        """Give a number as programs write them: whole, with many places, without a leading zero, with an exponent."""
        value = self.random.uniform(low, high)
        return self.random.choice((f"{value:.0f}", f"{value:.3f}", f"{value:.6f}", f"{value:.2f}".replace("0.", ".", 1), f"{value:e}"))

    def colour(self) -> str:
        """Give a colour."""
        return self.random.choice(COLOURS)

    def path(self) -> str:
        """Give the data of a path, packed or spread, absolute or relative, with everything that a path can hold."""
        n, pick = self.number, self.random.choice
        steps = [f"M{n()},{n(0, HEIGHT)}"]
        for _ in range(self.random.randint(2, 9)):
            steps.append(
                pick(
                    (
                        f"L{n()} {n(0, HEIGHT)}",
                        f"l{n(-60, 60)},{n(-60, 60)} {n(-60, 60)} {n(-60, 60)}",
                        f"h{n(-90, 90)}V{n(0, HEIGHT)}",
                        f"c{n(-60, 60)} {n(-60, 60)},{n(-60, 60)} {n(-60, 60)}\n\t{n(-60, 60)} {n(-60, 60)}",
                        f"S{n()} {n(0, HEIGHT)} {n()} {n(0, HEIGHT)}",
                        f"q{n(-60, 60)} {n(-60, 60)} {n(-60, 60)} {n(-60, 60)}t{n(-40, 40)} {n(-40, 40)}",
                        f"a{n(9, 60)} {n(9, 60)} {n(0, 90)} {pick('01')} {pick('01')} {n(-60, 60)} {n(-60, 60)}",
                        f"a25 25 0 {pick('01')}{pick('01')}{self.random.randint(10, 60)}.5.5",
                        f"z l{n(-60, 60)} {n(-60, 60)}",
                        f"Zm{n(-60, 60)} {n(-60, 60)} 20-10-10 30",
                        "m3 3h0",
                    )
                )
            )
        return "".join(steps) + pick(("", "z", "Z "))

    def shape(self, paint: str) -> str:
        """Give a shape with some paint: attributes."""
        n = self.number
        return self.random.choice(
            (
                f'<path {paint} d="{self.path()}"/>',
                f'<path d="{self.path()}"\n  {paint} />',
                f'<rect x="{n(0, 300)}" y="{n(0, 200)}" width="{n(20, 200)}" height="{n(20, 200)}" rx="{n(0, 20)}" {paint}/>',
                f'<circle cx="{n()}" cy="{n(0, HEIGHT)}" r="{n(5, 90)}" {paint}></circle>',
                f'<ellipse cx="{n()}" cy="{n(0, HEIGHT)}" rx="{n(5, 90)}" ry="{n(5, 90)}" {paint}/>',
                f'<line x1="{n()}" y1="{n(0, HEIGHT)}" x2="{n()}" y2="{n(0, HEIGHT)}" {paint}/>',
                f'<polygon points="{" ".join(f"{n()},{n(0, HEIGHT)}" for _ in range(4))}" {paint}/>',
                f'<polyline points="{" ".join(f"{n()} {n(0, HEIGHT)}" for _ in range(4))}" {paint}/>',
            )
        )

    def shapes(self, paint: Callable[[], str]) -> str:
        """Give some shapes."""
        return "\n".join(self.shape(paint()) for _ in range(self.random.randint(2, 6)))


def _stroke(hand: Hand, *, css: bool = False) -> str:
    """Give how a shape is painted, as attributes or as a style."""
    given = {
        "fill": hand.random.choice(("none", hand.colour(), hand.colour())),
        "stroke": hand.random.choice(("none", hand.colour(), "currentColor")),
        "stroke-width": hand.random.choice(("1", "2.5px", ".5mm", "12")),
        "stroke-linecap": hand.random.choice(("butt", "round", "square")),
        "stroke-linejoin": hand.random.choice(("miter", "round", "bevel")),
        "stroke-miterlimit": "4",
        "stroke-dasharray": hand.random.choice(("none", "12, 6", "4 2 1", "0.1 9")),
        "fill-opacity": hand.random.choice(("1", ".5")),
        "fill-rule": hand.random.choice(("evenodd", "nonzero")),
    }
    kept = [(name, value) for name, value in given.items() if hand.random.random() < 0.7]
    return ";".join(f"{name}:{value}" for name, value in kept) if css else " ".join(f'{name}="{value}"' for name, value in kept)


def inkscape(hand: Hand) -> str:
    """As Inkscape's own svg: layers, styles, a named view, rights, gradients that lead on to others, a marker."""

    def paint() -> str:
        fill = hand.random.choice(
            ("fill:url(#radialGradient9)", "fill:url(#linearGradient4)", "marker-end:url(#TriangleOutL)", "opacity:0.8")
        )
        return f'style="{_stroke(hand, css=True)};{fill};-inkscape-stroke:none;paint-order:stroke fill markers" inkscape:label="a"'

    return f"""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->
<svg width="127mm" height="95.25mm" viewBox="0 0 {WIDTH} {HEIGHT}" version="1.1" id="svg5" inkscape:version="1.3 (0e150ed6c4, 2023-07-21)"
 sodipodi:docname="drawing.svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" {XLINK}
 xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" {SVG} xmlns:svg="http://www.w3.org/2000/svg"
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:cc="http://creativecommons.org/ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">
 <sodipodi:namedview id="namedview7" pagecolor="#ffffff" inkscape:zoom="0.7"><inkscape:grid type="xygrid" id="grid1"/></sodipodi:namedview>
 <title id="title1">A palm</title>
 <defs id="defs2">
  <linearGradient inkscape:collect="always" id="linearGradient3"><stop style="stop-color:#cf6030;stop-opacity:1" offset="0" id="stop1"/>
   <stop style="stop-color:#1f5f5b;stop-opacity:0.2" offset="1" id="stop2"/></linearGradient>
  <linearGradient xlink:href="#linearGradient3" id="linearGradient4" x1="0" y1="0" x2="400" y2="9" gradientUnits="userSpaceOnUse"/>
  <radialGradient xlink:href="#linearGradient4" id="radialGradient9" cx="200" cy="150" r="150" gradientTransform="matrix(1,0,0,.6,0,{hand.number(0, 80)})"/>
  <inkscape:path-effect effect="spiro" id="path-effect1"/>
  <marker style="overflow:visible" id="TriangleOutL" refX="0.0" refY="0.0" orient="auto" inkscape:stockid="TriangleOutL">
   <path transform="scale(0.8)" style="fill-rule:evenodd;fill:context-stroke;stroke:#000000;stroke-width:1pt" d="M 5.77,0.0 L -2.88,5.0 L -2.88,-5.0 z"/></marker>
 </defs>
 <metadata id="metadata5"><rdf:RDF><cc:Work rdf:about=""><dc:format>image/svg+xml</dc:format>
  <cc:license rdf:resource="http://creativecommons.org/licenses/by/4.0/"/></cc:Work></rdf:RDF></metadata>
 <g inkscape:label="Layer 1" inkscape:groupmode="layer" id="layer1" transform="translate({hand.number(-20, 20)},{hand.number(-20, 20)})" style="display:inline">
 {hand.shapes(paint)}
 <use x="0" y="0" xlink:href="#layer2" id="use1" transform="rotate(12.5) scale(.5)"/></g>
 <g id="layer2" inkscape:groupmode="layer">{hand.shape(paint())}</g>
</svg>"""


def prefixed(hand: Hand) -> str:
    """As programs that write svg's names with a prefix."""
    text = hand.shapes(lambda: _stroke(hand)).replace("</circle", "</svg:circle")
    for name in ("path", "rect", "circle", "ellipse", "line", "polygon", "polyline"):
        text = text.replace(f"<{name} ", f"<svg:{name} ")
    head = f'<svg:svg xmlns:svg="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"><svg:title>A palm</svg:title>'
    return f"{head}<svg:g>{text}</svg:g></svg:svg>"


def illustrator(hand: Hand) -> str:
    """As Illustrator: classes, a `switch` of its own, clips made of `use`, attributes of other programs."""
    rules = "".join(f"\t.st{number}{{{_stroke(hand, css=True)};enable-background:new    ;}}\n" for number in range(4))
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: Adobe Illustrator 27.1.1, SVG Export Plug-In . SVG Version: 6.00 Build 0)  -->
<svg version="1.1" id="Layer_1" xmlns:x="http://ns.adobe.com/Extensibility/1.0/" xmlns:i="http://ns.adobe.com/AdobeIllustrator/10.0/" {SVG} {XLINK}
\t x="0px" y="0px" viewBox="0 0 {WIDTH} {HEIGHT}" style="enable-background:new 0 0 {WIDTH} {HEIGHT};" xml:space="preserve">
<title>A palm</title><style type="text/css">
{rules}\t.st4{{clip-path:url(#SVGID_2_);}}
\t.st5{{font-family:'MyriadPro-Regular';}}
</style>
<metadata><sfw xmlns="http://ns.adobe.com/SaveForWeb/1.0/"><slices></slices><sliceSourceBounds height="9" width="9"></sliceSourceBounds></sfw></metadata>
<switch><foreignObject requiredExtensions="http://ns.adobe.com/AdobeIllustrator/10.0/" x="0" y="0" width="1" height="1"></foreignObject>
<g i:extraneous="self"><g><defs><rect id="SVGID_1_" x="20" y="20" width="{hand.number(200, 400)}" height="300"/></defs>
<clipPath id="SVGID_2_"><use xlink:href="#SVGID_1_"  style="overflow:visible;"/></clipPath>
<g class="st4">{hand.shapes(lambda: f'class="st{hand.random.randrange(6)}"')}</g></g>
{hand.shapes(lambda: f'class="st{hand.random.randrange(4)} st{hand.random.randrange(4)}"')}</g></switch>
</svg>"""


def figma(hand: Hand) -> str:
    """As Figma: a clip of the frame, gradients, masks, blends and wide colours."""

    def paint() -> str:
        return hand.random.choice(
            (
                'fill="url(#paint0_linear_1_2)"',
                f'fill="{hand.colour()}" style="fill:color(display-p3 0.8118 0.3765 0.1882);fill-opacity:1;"',
                f'fill="var(--fill-0, {hand.colour()})"',
                f'fill="{hand.colour()}" style="mix-blend-mode:multiply"',
                'stroke="#1F5F5B" stroke-width="12" stroke-linecap="round"',
            )
        )

    return f"""<svg width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" fill="none" {SVG}>{TITLE}
<g clip-path="url(#clip0_1_2)"><rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>
{hand.shapes(paint)}
<mask id="mask0_1_2" style="mask-type:{hand.random.choice(("alpha", "luminance"))}" maskUnits="userSpaceOnUse" x="60" y="40" width="300" height="260">
<circle cx="200" cy="170" r="{hand.number(40, 120)}" fill="#D9D9D9"/></mask>
<g mask="url(#mask0_1_2)" data-figma-skip-parse="true">{hand.shapes(paint)}</g></g>
<defs><linearGradient id="paint0_linear_1_2" x1="100" y1="0" x2="300" y2="{hand.number(100, 300)}" gradientUnits="userSpaceOnUse">
<stop stop-color="#CF6030" style="stop-color:#CF6030;stop-color:color(display-p3 0.8118 0.3765 0.1882);stop-opacity:1;"/>
<stop offset="1" stop-color="#1F5F5B" stop-opacity="0.3"/></linearGradient>
<clipPath id="clip0_1_2"><rect width="{WIDTH}" height="{HEIGHT}" fill="white"/></clipPath></defs>
</svg>"""


def canva(hand: Hand) -> str:
    """As Canva: many clips by path, and numbers with six places."""
    clips = "".join(
        f'<clipPath id="{code}"><path d="M {hand.number(0, 90)} {hand.number(0, 90)} L 400 20 L 420 330 L 30 340 Z M 0 0 " clip-rule="nonzero"/></clipPath>'
        for code in ("a1b2c3", "1f00d5e001")
    )
    groups = "".join(
        f'<g clip-path="url(#{code})">{hand.shape(f"fill={chr(34)}#cf6030{chr(34)} fill-opacity={chr(34)}1{chr(34)} fill-rule={chr(34)}nonzero{chr(34)}")}</g>'
        for code in ("a1b2c3", "1f00d5e001", "a1b2c3")
    )
    return f"""<svg {SVG} {XLINK} width="640" zoomAndPan="magnify" viewBox="0 0 {WIDTH} 359.999987" height="480"
 preserveAspectRatio="xMidYMid meet" version="1.0">{TITLE}<defs>{clips}</defs>
{groups}<path stroke-linecap="round" transform="matrix(0.75, 0.000000000000000004, 0, 0.75, 33.5, 9.25)" fill="none" stroke-linejoin="miter"
 d="{hand.path()}" stroke="#14504c" stroke-width="8" stroke-opacity="1" stroke-miterlimit="4"/></svg>"""


def powerpoint(hand: Hand) -> str:
    """As PowerPoint's "Save as Picture", with the viewBox that the site asks for."""
    transform = f"matrix(1 0 0 {hand.random.choice(('1', '-1'))} {hand.number(0, 90)} {hand.number(90, 300)})"
    return f"""<svg width="1280" height="720" viewBox="0 0 1280 720" {SVG} {XLINK} overflow="hidden">{TITLE}
<defs><clipPath id="clip0"><rect x="0" y="0" width="1280" height="720"/></clipPath></defs><g clip-path="url(#clip0)">
<rect x="0" y="0" width="1280" height="720" fill="#FFFFFF"/>{hand.shapes(lambda: _stroke(hand))}
<path d="{hand.path()}" stroke="#2F528F" stroke-width="24" stroke-linejoin="round" stroke-miterlimit="10" fill="none" fill-rule="evenodd"
 transform="{transform}"/></g></svg>"""


def drawio(hand: Hand) -> str:
    """As draw.io without labels: the diagram in an attribute, colours for light and dark, a ground."""
    background = hand.random.choice(("rgb(255, 255, 255)", "transparent", "light-dark(#faf4e8, #121212)"))

    def paint() -> str:
        dark = "fill: light-dark(#ffffff, var(--ge-dark-color, #121212)); stroke: light-dark(rgb(0, 0, 0), rgb(255, 255, 255));"
        return hand.random.choice(
            (f'fill="#ffffff" stroke="#000000" pointer-events="all" style="{dark}"', f'{_stroke(hand)} pointer-events="none"')
        )

    faq = "https://www.drawio.com/doc/faq/svg-export-text-problems"
    return f"""<svg {SVG} {XLINK} version="1.1" width="481px" height="361px" viewBox="-0.5 -0.5 481 361"
 content="&lt;mxfile host=&quot;app.diagrams.net&quot; scale=&quot;1&quot;&gt;&lt;diagram id=&quot;x&quot;&gt;jZJNb4MwDIZ&lt;/diagram&gt;&lt;/mxfile&gt;"
 style="background: {background}; background-color: {background}; color-scheme: light dark;">{TITLE}
<defs><style xmlns="http://www.w3.org/2000/svg">@media (prefers-color-scheme: dark) {{ :root {{ --ge-dark-color: red; }} }}</style></defs>
<g><g data-cell-id="0"><g data-cell-id="1"><g transform="translate(0.5,0.5)">{hand.shapes(paint)}</g></g></g></g>
<switch><g requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility"/><a transform="translate(0,-5)" xlink:href="{faq}" target="_blank">
<text text-anchor="middle" font-size="10px" x="50%" y="100%">Text is not SVG - cannot display</text></a></switch></svg>"""


def excalidraw(hand: Hand) -> str:
    """As Excalidraw without words: rough lines, an empty mask, a font for nothing."""
    lines = "".join(f'<path d="{hand.path()}" stroke="#1e1e1e" stroke-width="2" fill="none"></path>' for _ in range(5))
    return f"""<svg version="1.1" {SVG} viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">{TITLE}<!-- svg-source:excalidraw --><metadata></metadata>
<defs><style class="style-fonts">@font-face {{ font-family: Excalifont; src: url(data:font/woff2;base64,d09GMg==); }}</style></defs>
<rect x="0" y="0" width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"></rect>
<g stroke-linecap="round" transform="translate({hand.number(0, 60)} {hand.number(0, 60)}) rotate({hand.number(0, 90)} 100 50)">{lines}</g><mask></mask>
<g mask="url(#mask-1)" stroke-linecap="round">{lines}</g><mask id="mask-1"><rect x="0" y="0" width="400" height="300" fill="#fff"></rect>
<rect x="100" y="100" width="90" height="40" fill="#000" opacity="1"></rect></mask></svg>"""


def affinity(hand: Hand) -> str:
    """As Affinity Designer without its DOCTYPE: matrices, styles, percent."""
    return f"""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<svg width="100%" height="100%" viewBox="0 0 {WIDTH} {HEIGHT}" version="1.1" {SVG} {XLINK} xml:space="preserve" xmlns:serif="http://www.serif.com/"
 style="fill-rule:evenodd;clip-rule:evenodd;stroke-linejoin:round;stroke-miterlimit:2;">{TITLE}
<g id="Artboard1" transform="matrix(0.914286,0,0,{hand.number(0.7, 1)},4,0)" serif:id="Artboard 1"><rect x="0" y="0" width="{WIDTH}" height="{HEIGHT}" style="fill:none;"/>
<clipPath id="_clip1"><circle cx="240" cy="180" r="{hand.number(90, 170)}"/></clipPath><g clip-path="url(#_clip1)">
{hand.shapes(lambda: f'style="{_stroke(hand, css=True)};fill:url(#_Linear2)"')}</g>{hand.shapes(lambda: f'style="{_stroke(hand, css=True)}"')}</g>
<defs><linearGradient id="_Linear2" x1="0" y1="0" x2="1" y2="0" gradientUnits="userSpaceOnUse" gradientTransform="matrix(200,60,-60,200,90,90)">
<stop offset="0" style="stop-color:rgb(207,96,48);stop-opacity:1"/><stop offset="1" style="stop-color:white;stop-opacity:1"/></linearGradient></defs></svg>"""


def potrace(hand: Hand) -> str:
    """As potrace without its DOCTYPE: one path, upside down."""
    return f"""<?xml version="1.0" standalone="no"?>
<svg version="1.0" {SVG} width="{WIDTH}.000000pt" height="{HEIGHT}.000000pt" viewBox="0 0 {WIDTH}.000000 {HEIGHT}.000000" preserveAspectRatio="xMidYMid meet">
{TITLE}<metadata>
Created by potrace 1.16, written by Peter Selinger 2001-2019
</metadata><g transform="translate(0.000000,{HEIGHT}.000000) scale(0.100000,-0.100000)" fill="#000000" stroke="none">
<path d="M937 1040 c-175 -44 -270 -215 -218 -393 19 -66 94 -147 163 -178
110 -48 252 -22 337 62 115 114 114 312 0 428 -67 68 -192 103 -282 81z"/><path d="{hand.path()}" transform="scale(9)"/></g></svg>"""


def corel(hand: Hand) -> str:
    """As CorelDRAW: styles in CDATA, inches, classes for fills and strokes."""
    rules = "".join(
        f".fil{number} {{fill:{hand.colour()}}} .str{number} {{stroke:{hand.colour()};stroke-width:{number + 1}}}\n" for number in range(3)
    )
    return f"""<svg {SVG} xml:space="preserve" width="5in" height="3.75in" version="1.1"
 style="shape-rendering:geometricPrecision; text-rendering:geometricPrecision; image-rendering:optimizeQuality; fill-rule:evenodd; clip-rule:evenodd"
 viewBox="0 0 {WIDTH} {HEIGHT}" {XLINK}>{TITLE}<defs><style type="text/css"><![CDATA[
@font-face {{ font-family:"Arial";font-variant:normal; src:url("#FontID0") format(svg)}}
.fil3 {{fill:none}} {rules}]]></style></defs><g id="Layer_x0020_1"><metadata id="CorelCorpID_0Corel-Layer"/>
{hand.shapes(lambda: f'class="fil{hand.random.randrange(4)} str{hand.random.randrange(3)}"')}</g></svg>"""


def sketch(hand: Hand) -> str:
    """As Sketch: groups in groups, links, a description, patterns and symbols."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<svg width="{WIDTH}px" height="{HEIGHT}px" viewBox="0 0 {WIDTH} {HEIGHT}" version="1.1" {SVG} {XLINK}>
<!-- Generator: Sketch 52.6 (67491) - http://www.bohemiancoding.com/sketch --><title>Artboard</title><desc>Created with Sketch.</desc>
<defs><path d="{hand.path()}" id="path-1"></path><symbol id="s" viewBox="0 0 20 20"><circle cx="10" cy="10" r="{hand.number(3, 9)}"/></symbol>
<pattern id="p" width="12" height="{hand.number(6, 20)}" patternUnits="userSpaceOnUse" patternTransform="rotate(30)"><rect width="5" height="30" fill="#12302e"/></pattern></defs>
<g id="Page-1" stroke="none" stroke-width="1" fill="none" fill-rule="evenodd"><mask id="mask-2" fill="white"><use xlink:href="#path-1"></use></mask>
<use id="Mask" fill="#D8D8D8" xlink:href="#path-1"></use><g mask="url(#mask-2)">{hand.shapes(lambda: _stroke(hand))}</g>
<use xlink:href="#s" x="{hand.number(0, 300)}" y="90" width="90" height="60" fill="{hand.colour()}"/>
<a xlink:href="https://example.org/">{hand.shapes(lambda: 'fill="url(#p)"')}</a></g></svg>"""


PROGRAMS = (inkscape, prefixed, illustrator, figma, canva, powerpoint, drawio, excalidraw, affinity, potrace, corel, sketch)
_ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "iso-8859-1")


def drawing(number: int) -> bytes:
    """Give the drawing of a number: program after program, in the encodings in which files are found."""
    text = PROGRAMS[number % len(PROGRAMS)](Hand(number))
    encoding = _ENCODINGS[number // len(PROGRAMS) % len(_ENCODINGS)]
    if encoding in ("utf-16", "iso-8859-1"):
        body = text.partition("?>")[2] if text.startswith("<?xml") else text
        text = f'<?xml version="1.0" encoding="{encoding}"?>\n{body.lstrip()}'.replace("A palm", "A palm é")
    return text.encode(encoding)
