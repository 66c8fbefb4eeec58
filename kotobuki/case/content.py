"""Mixed content and typed blocks: from YAML nodes to `blocks` values.

In: the node that stands where text may stand. Out: content, in the order written. One spelling for each thing, as
tabulated in cases/README.md: text is paragraphs; a list is a series of items; a one-key mapping is an item with a
heading, unless its key stands in ｛ ｝: that names a block.
"""

from __future__ import annotations

from typing import assert_never

from kotobuki.case import blocks as b
from kotobuki.case.contractors import read_contractors
from kotobuki.case.personal_data import PersonalDataKeys, read_items
from kotobuki.case.schedules import EVERY_YEAR, check_no_events, has_dates, is_schedule, read_schedule, refuse_event
from kotobuki.case.shapes import block_kind, expect_list, is_blank
from kotobuki.case.table_settings import SETTINGS
from kotobuki.case.tables import ContentReader, read_table
from kotobuki.diagnostics import Diagnostics, guess
from kotobuki.japanese.labels import is_label_sample
from kotobuki.japanese.periods import is_dashed
from kotobuki.reading.inlines import Anchor, Inlines, RunIn, parse_inlines, parse_line
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.placeholders import placeholder_of
from kotobuki.reading.records import read_record
from kotobuki.settings.form import TYPED, TypedBlock, typed_block

_SETTINGS = (EVERY_YEAR, *SETTINGS)
"""Keys in ｛ ｝ that name no block, but how a schedule or a form's table is set."""
BULLETS = "・○〇●◎◆■□▲△☆★－"

FORM_BLOCK = "様式の内容"
"""The name of the block that stands for what the form itself would print in a section or row."""


def read_content(node: Node, diagnostics: Diagnostics, of_form: ContentReader | None = None) -> b.Content:
    """Content of any shape: text, or a list of items and blocks; or a list of times alone, which is a schedule wherever
    it stands. `of_form` reads ｛様式の内容｝, where there is such."""
    match node:
        case Scalar():
            return _texts(node, diagnostics)
        case Sequence() if not has_dates(node):
            return (_series(node, "", diagnostics, of_form),)
        case Sequence() if is_schedule(node):
            return read_schedule(node, diagnostics)
        case Sequence():
            check_no_events(node, diagnostics)
            return (_series(node, "", diagnostics, of_form),)
        case Mapping():
            return _lone_mapping(node, diagnostics, of_form)
        case _:
            assert_never(node)


def holds_blocks(node: Node) -> bool:
    """Whether a list is mixed content (one of its entries names a block) rather than the rows of a typed block."""
    return isinstance(node, Sequence) and any(
        isinstance(entry, Mapping)
        and any(block_kind(key.value) is not None and key.value not in _SETTINGS for key, _ in entry.entries)
        for entry in node.items
    )


def _lone_mapping(node: Mapping, diagnostics: Diagnostics, of_form: ContentReader | None) -> b.Content:
    """A mapping where a list is due: one block may stand without its hyphen; headings may not."""
    if len(node.entries) == 1 and block_kind(node.entries[0][0].value) is not None:
        return _entry(node, diagnostics, of_form)
    if all(isinstance(value, Scalar) and not value.value for _, value in node.entries):  # {区}
        diagnostics.error(
            node.place(),
            "brace-half-width",
            "「{ }」で囲んだ文が、キーと値の組とみなされます",
            "印の括弧は全角の「｛ ｝」で書いてください。このとおり印字するなら、全体を引用符「'」で囲んでください",
        )
        return ()
    diagnostics.error(
        node.place(),
        "content-mapping",
        "ここには文章か一覧を書きます",
        "見出しのある項目は、行の頭に「- 」を付けて一覧にしてください（例：- 見出し: 内容）",
    )
    return ()


def _series(node: Sequence, sample: str, diagnostics: Diagnostics, of_form: ContentReader | None = None) -> b.Series:
    found: list[b.Block] = []
    for entry in node.items:
        found += _entry(entry, diagnostics, of_form)
    return b.Series(tuple(found), sample, node.place())


def _entry(node: Node, diagnostics: Diagnostics, of_form: ContentReader | None = None) -> b.Content:
    """One entry of a list: an item, with a heading if it is a one-key mapping; what a block gives, if that key is ｛…｝."""
    if is_blank(node):
        diagnostics.error(node.place(), "item-empty", "項目の中身がありません", "文を書くか、この行を消してください")
        return ()
    match node:
        case Scalar():
            paragraphs = parse_inlines(node, diagnostics)
            if not paragraphs:  # nothing but marks that were wrong
                return ()
            more = tuple([b.Para(inlines, source=node) for inlines in paragraphs[1:]])
            return (b.Item(paragraphs[0], more, place=node.place(), source=node),)
        case Sequence():
            diagnostics.error(
                node.place(),
                "list-in-list",
                "一覧のすぐ中に一覧があります",
                "下の段に置くときは「- 見出し:」の下に字下げして書いてください",
            )
            return ()
        case Mapping() if len(node.entries) != 1:
            second = node.entries[1][0]
            diagnostics.error(
                second.place(),
                "item-two-keys",
                "一つの項目に見出しが二つあります",
                "別の項目であれば行の頭に「- 」を付け、下の段であれば字下げをそろえてください",
            )
            return ()
        case Mapping():
            key, value = node.entries[0]
            kind = block_kind(key.value)
            if kind == FORM_BLOCK and of_form:
                return of_form(value, diagnostics)
            if kind is not None:
                return _block(kind, key, value, diagnostics)
            return (_headed(key, value, diagnostics),)
        case _:
            assert_never(node)


def _headed(key: Scalar, value: Node, diagnostics: Diagnostics) -> b.Item:
    head = parse_line(key, diagnostics)
    run_in = isinstance(next((each for each in reversed(head) if not isinstance(each, Anchor)), None), RunIn)
    if is_blank(value):
        diagnostics.error(
            key.place(),
            "heading-empty",
            f"見出し「{key.value}」の下に内容がありません",
            "内容を書くか、見出しだけの項目であれば「:」を取ってください",
        )
        return b.Item(head, (), run_in, key.place(), key)
    return b.Item(head, read_content(value, diagnostics), run_in, key.place(), key)


def _block(kind: str, key: Scalar, value: Node, diagnostics: Diagnostics) -> b.Content:
    if is_blank(value):
        diagnostics.error(
            key.place(), "block-empty", f"｛{kind}｝の内容がありません", "内容を書くか、この行を消してください"
        )
        return ()
    if (typed := typed_block(kind)) and not placeholder_of(value):
        return reader_of(typed)(value, diagnostics)
    if kind == "文" or typed:
        return _paragraphs(value, diagnostics)
    if kind == "注":
        return (b.NoteBlock("", read_content(value, diagnostics), key.place(), sign=kind),)
    if kind.startswith("※"):
        return (b.NoteBlock(kind[1:].strip(), read_content(value, diagnostics), key.place()),)
    if kind in BULLETS and len(kind) == 1:
        return _bullets(kind, value, diagnostics)
    if is_label_sample(kind):
        items = _listed(kind, value, diagnostics)
        return (_series(items, kind, diagnostics),) if items else ()
    hint, fix = guess(kind, ["文", *TYPED], "｛{}｝")
    diagnostics.error(
        key.place(),
        "block-unknown",
        f"「｛{kind}｝」という形はありません",
        f"{hint}使えるのは ｛文｝ ｛※｝ ｛注｝ ｛（１）｝ ｛・｝ {' '.join(f'｛{name}｝' for name in TYPED)} です",
        fix,
    )
    return ()


def _paragraphs(value: Node, diagnostics: Diagnostics) -> b.Content:
    if not isinstance(value, Scalar):
        diagnostics.error(
            value.place(),
            "paragraph-not-text",
            "｛文｝には文章を書きます",
            "一覧は｛文｝の外に、同じ深さの「- 」で書いてください",
        )
        return ()
    return _texts(value, diagnostics)


def _texts(scalar: Scalar, diagnostics: Diagnostics) -> tuple[b.Para, ...]:
    return tuple([b.Para(inlines, source=scalar) for inlines in parse_inlines(scalar, diagnostics)])


def _listed(kind: str, value: Node, diagnostics: Diagnostics) -> Sequence | None:
    """The list below ｛（１）｝ or ｛・｝, whose entries are items whatever they look like."""
    items = expect_list(value, f"｛{kind}｝", diagnostics)
    if items is not None:
        check_no_events(items, diagnostics)
    return items


def _bullets(mark: str, value: Node, diagnostics: Diagnostics) -> b.Content:
    items = _listed(mark, value, diagnostics)
    if items is None:
        return ()
    entries = []
    for entry in items.items:
        content = _entry(entry, diagnostics)
        entries.append(tuple(part for block in content for part in _unlabelled(block)))
    return (b.Bullets(mark, tuple(entries)),)


def _unlabelled(block: b.Block) -> b.Content:
    """An item as the content of a bullet: its head is a paragraph, its body follows."""
    if isinstance(block, b.Item):
        return (b.Para(block.head, source=block.source), *block.body)
    return (block,)


def _pairs_of(value: Node, what: str, diagnostics: Diagnostics) -> tuple[tuple[Inlines, b.Content], ...]:
    if not isinstance(value, Mapping):
        diagnostics.error(
            value.place(), "pairs-expected", f"{what}は「名前: 内容」の組で書きます", "例：管理責任者: 総務課長"
        )
        return ()
    for key, each in value.entries:
        if is_dashed(key.value):
            refuse_event(key, diagnostics)
        if is_blank(each):
            diagnostics.error(
                key.place(),
                "pair-empty",
                f"「{key.value}」の内容がありません",
                "内容を書くか、この行を消してください",
            )
    return tuple((parse_line(key, diagnostics), read_content(each, diagnostics)) for key, each in value.entries)


def read_pairs(value: Node, diagnostics: Diagnostics) -> b.Content:
    """｛値｝: label–value lines, written {対象者: 65歳以上の区民}."""
    return (b.Pairs(_pairs_of(value, "｛値｝", diagnostics)),)


def read_posts(value: Node, diagnostics: Diagnostics) -> b.Content:
    """｛体制｝: role → post, written {管理責任者: 総務課長}."""
    return (b.Posts(_pairs_of(value, "体制", diagnostics)),)


def read_personal_data(
    value: Node, diagnostics: Diagnostics, items_heading: str = "個人情報の項目", count_heading: str = "件数"
) -> b.Content:
    """｛個人情報｝: data items and count; the headings are the form's."""
    if not isinstance(value, Mapping) and not is_blank(value):
        return read_content(value, diagnostics)
    if not isinstance(value, Mapping):
        value = Mapping((), value.place())  # whose 項目 are then missing
    written = read_record(PersonalDataKeys, value, diagnostics, "個人情報")
    items, sources = read_items(written.items, diagnostics) if written.items else ((), ())
    return (
        b.PersonalData(
            items=items,
            count=written.count,
            items_heading=items_heading,
            count_heading=count_heading,
            joined=written.joined,
            sources=sources,
        ),
    )


def _read_table(value: Node, diagnostics: Diagnostics) -> b.Content:
    return read_table(value, diagnostics, read_content)


def reader_of(kind: TypedBlock) -> ContentReader:
    """What reads a typed block, below ｛kind｝ or in a section or row of its kind."""
    match kind:
        case "日程":
            return read_schedule
        case "体制":
            return read_posts
        case "個人情報":
            return read_personal_data
        case "事業者":
            return read_contractors
        case "値":
            return read_pairs
        case "表":
            return _read_table
        case "図":
            from kotobuki.case.figure_reading import read_figure  # only here: few cases have any

            return read_figure
        case "画像":
            from kotobuki.case.figure_reading import read_picture

            return read_picture
        case _:
            assert_never(kind)
