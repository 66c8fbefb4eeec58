"""A figure in, native shapes out: a group, in line with the text, of shapes that a clerk can move and retype.

Shapes stand at the places of the drawing to a hundredth of a millimetre. Words are paragraphs of a shape, broken by
Word itself within the same measure, so that they flow anew when they are changed; where Word might break otherwise, as
within a word that the drawing keeps whole, the lines are broken as there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt
from typing import assert_never

from kotobuki.document import Figure
from kotobuki.drawing import ROUND, STROKES, Arrow, Box, Drawing, Image, Point, SetWords, hexagon, words_top
from kotobuki.word.inlines import Marks
from kotobuki.word.markup import DRAWING, GROUPS, PICTURES, attribute, emu, half_points, text, twips

_PRESETS = {"box": "rect", "none": "rect", "round": "roundRect", "diamond": "diamond"}
_SLACK = 0.4  # pt by which a shape's measure is wider than that of the drawing: programs round the widths of characters
_HEAD = '<a:{}End type="triangle" w="med" len="med"/>'


def drawing_of(figure: Figure, marks: Marks) -> str:
    """The figure as it stands in a run."""
    drawing = figure.drawing
    assert drawing is not None  # settled before anything is written
    number = marks.number("drawing")
    image = drawing.image
    width, height = (image.width, image.height) if image else (drawing.width, drawing.height)
    extent = f'cx="{emu(width)}" cy="{emu(height)}"'
    content = _image(image, extent, marks) if image else _group(drawing, extent, marks)
    picture = (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{number}" name="図 {number}" descr="{attribute(figure.description)}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{DRAWING}">{content}</a:graphic></wp:inline></w:drawing>'
    )
    if image:
        return picture
    return (
        f'<mc:AlternateContent><mc:Choice Requires="wpg">{picture}</mc:Choice>'
        f"<mc:Fallback>{_fallback(drawing)}</mc:Fallback></mc:AlternateContent>"
    )


def _fallback(drawing: Drawing) -> str:
    """The words alone, each paragraph of a shape on a line, for readers that know no shapes."""
    lines = [words.text for shape in drawing.shapes if isinstance(shape, Box) for words in shape.words]
    return "<w:br/>".join(f'<w:t xml:space="preserve">{text(line)}</w:t>' for line in lines)


def _group(drawing: Drawing, extent: str, marks: Marks) -> str:
    # LibreOffice takes the frame around all shapes for the group's own: one without ink has the size of the drawing.
    ground = Box(x=0, y=0, width=drawing.width, height=drawing.height, shape="none", name="図の地")
    shapes = "".join(_shape(shape, drawing, marks) for shape in (ground, *drawing.shapes))
    return (
        f'<a:graphicData uri="{GROUPS}"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext {extent}/><a:chOff x="0" y="0"/><a:chExt {extent}/></a:xfrm></wpg:grpSpPr>{shapes}</wpg:wgp>'
        "</a:graphicData>"
    )


def _image(image: Image, extent: str, marks: Marks) -> str:
    marks.images[image.digest] = image
    number = marks.number("drawing")
    return (
        f'<a:graphicData uri="{PICTURES}"><pic:pic xmlns:pic="{PICTURES}"><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="画像 {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="image{image.digest[:16]}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
    )


def _shape(shape: Box | Arrow, drawing: Drawing, marks: Marks) -> str:
    number = marks.number("drawing")
    name = f'<wps:cNvPr id="{number}" name="{attribute(shape.name or "文字")} {number}"/>'
    if isinstance(shape, Arrow):
        return f"<wps:wsp>{name}<wps:cNvCnPr/>{_line(shape)}<wps:bodyPr/></wps:wsp>"
    fill = '<a:solidFill><a:srgbClr val="EBEBEB"/></a:solidFill>' if shape.filled else "<a:noFill/>"
    outline = "<a:ln><a:noFill/></a:ln>" if shape.shape == "none" else _stroke(shape, "")
    properties = (
        f"<wps:spPr>{_frame(shape.x, shape.y, shape.width, shape.height)}{_outline(shape)}{fill}{outline}</wps:spPr>"
    )
    kind = '<wps:cNvSpPr txBox="1"/>' if shape.shape == "none" and shape.words else "<wps:cNvSpPr/>"
    return f"<wps:wsp>{name}{kind}{properties}{_words(shape, drawing)}</wps:wsp>"


def _outline(box: Box) -> str:
    """A shape of Word's own; its hexagon leaves too little room for words."""
    if box.shape == "hexagon":
        return _path(hexagon(box), box.x, box.y, box.width, box.height, closed=True)
    round_ = '<a:gd name="adj" fmla="val 50000"/>' if box.shape == "round" else ""
    return f'<a:prstGeom prst="{_PRESETS[box.shape]}"><a:avLst>{round_}</a:avLst></a:prstGeom>'


def _frame(x: float, y: float, width: float, height: float) -> str:
    return f'<a:xfrm><a:off x="{emu(x)}" y="{emu(y)}"/><a:ext cx="{emu(width)}" cy="{emu(height)}"/></a:xfrm>'


def _stroke(shape: Box | Arrow, heads: str) -> str:
    dash = '<a:prstDash val="dash"/>' if shape.stroke == "dashed" else ""
    black = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
    return f'<a:ln w="{emu(STROKES[shape.stroke])}">{black}{dash}<a:miter lim="800000"/>{heads}</a:ln>'


def _line(arrow: Arrow) -> str:
    """A line of straight stretches, drawn within the smallest frame around it."""
    xs, ys = [x for x, _ in arrow.points], [y for _, y in arrow.points]
    left, top = min(xs), min(ys)
    width, height = max(xs) - left, max(ys) - top
    heads = (_HEAD.format("head") if arrow.at_start else "") + (_HEAD.format("tail") if arrow.at_end else "")
    path = _path(arrow.points, left, top, width, height)
    return f"<wps:spPr>{_frame(left, top, width, height)}{path}<a:noFill/>{_stroke(arrow, heads)}</wps:spPr>"


def _path(
    points: Sequence[Point], left: float, top: float, width: float, height: float, *, closed: bool = False
) -> str:
    """Straight stretches within a frame."""
    first, *others = [f'<a:pt x="{emu(x - left)}" y="{emu(y - top)}"/>' for x, y in points]
    path = f"<a:moveTo>{first}</a:moveTo>" + "".join(f"<a:lnTo>{point}</a:lnTo>" for point in others)
    ending, fill = ("<a:close/>", "") if closed else ("", ' fill="none"')
    return (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{emu(width)}" h="{emu(height)}"{fill}>{path}{ending}</a:path></a:pathLst></a:custGeom>'
    )


def _words(box: Box, drawing: Drawing) -> str:
    inset = box.inset - _lost(box)
    side, above = emu(max(inset - _SLACK, 0.0)), emu(words_top(box, drawing.pitch) - box.y) if box.top else 0
    anchor = "t" if box.top else "ctr"
    insets = f'lIns="{side}" tIns="{above}" rIns="{side}" bIns="0"'
    body = f'<wps:bodyPr rot="0" vert="horz" wrap="square" {insets} anchor="{anchor}" anchorCtr="0"><a:noAutofit/></wps:bodyPr>'
    if not box.words:
        return body
    paragraphs = "".join(_paragraphs(box.words, drawing))
    return f"<wps:txbx><w:txbxContent>{paragraphs}</w:txbxContent></wps:txbx>{body}"


def _lost(box: Box) -> float:
    """What Word itself keeps free at the sides of a shape: a quarter of a diamond, the corners of a round box."""
    match box.shape:
        case "diamond":
            return box.width / 4
        case "round":
            return (1 - sqrt(0.5)) * ROUND * min(box.width, box.height)
        case "box" | "none" | "hexagon":
            return 0.0
        case _:
            assert_never(box.shape)


def _indent(words: SetWords) -> str:
    side, hang = twips(words.indent), twips(words.hang)
    if hang:
        return f'<w:ind w:left="{hang}" w:hanging="{hang}"/>'
    return f'<w:ind w:left="{side}" w:right="{side}"/>' if side else ""


def _lines(words: SetWords) -> str:
    """The text; broken line by line where Word itself might break otherwise."""
    lines = words.lines if words.parted else (words.text,)
    return "<w:br/>".join(f'<w:t xml:space="preserve">{text(line)}</w:t>' for line in lines)


def _paragraphs(words: tuple[SetWords, ...], drawing: Drawing) -> Iterator[str]:
    size = f'<w:sz w:val="{half_points(drawing.size)}"/><w:szCs w:val="{half_points(drawing.size)}"/>'
    for each in words:
        properties = (
            '<w:snapToGrid w:val="0"/>'
            f'<w:spacing w:before="0" w:after="0" w:line="{twips(drawing.pitch)}" w:lineRule="exact"/>'
            f'{_indent(each)}<w:jc w:val="{"center" if each.centred else "left"}"/>'
        )
        run = f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/>{size}</w:rPr>{_lines(each)}</w:r>'
        yield f"<w:p><w:pPr>{properties}<w:rPr>{size}</w:rPr></w:pPr>{run}</w:p>"
