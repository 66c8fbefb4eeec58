"""新旧: blocks before and after, side by side, from YAML.

A pair has a name, which is printed above it, or none. Its two blocks are called as the headings of the figure are.
"""

from __future__ import annotations

from kotobuki.case import figures as f
from kotobuki.case.figure_parts import WORDS, FigureKeys, FigureNames, entries, shown_text
from kotobuki.diagnostics import Diagnostics
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.inlines import parse_line
from kotobuki.reading.kinds import AnyText, Raw, Several
from kotobuki.reading.nodes import Mapping, Scalar, Sequence
from kotobuki.reading.records import keyed, read_record, spliced


@dataclass(frozen=True, slots=True, kw_only=True)
class ContrastKeys:
    """新旧 as it is written."""

    figure: FigureKeys = spliced(FigureKeys)
    headings: tuple[Scalar, ...] = keyed(
        "見出し",
        Several(AnyText(), (("minItems", 2), ("maxItems", 2))),
        "左と右の見出し。省けば現行・変更後",
        default=(),
    )
    pairs: Sequence | None = keyed(
        "対比",
        Raw(Sequence),
        "- 名: {現行: …, 変更後: …, 備考: …}。名を印字しない行は - {現行: …, 変更後: …}",
        required=True,
        example="[受付: {現行: …, 変更後: …}]",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PairKeys:
    """A block before and after; the first two keys are called as the figure's headings are."""

    before: f.FigureWords = keyed("現行", WORDS, "前の文", default=f.FigureWords(), required=True)
    after: f.FigureWords = keyed("変更後", WORDS, "後の文", default=f.FigureWords(), required=True)
    remark: f.FigureWords = keyed("備考", WORDS, "備考", default=f.FigureWords())


def read_contrast(written: ContrastKeys, diagnostics: Diagnostics) -> f.Figure | None:
    """新旧: blocks before and after, side by side."""
    headings = written.headings
    if headings and len(headings) != 2:
        reason, remedy = "見出しは二つ、左と右のものを書きます", "例：見出し: [現行, 変更後]"
        diagnostics.error(headings[0].place(), "figure-headings", reason, remedy)
    names = [each.value for each in headings] if len(headings) == 2 else ["現行", "変更後"]
    known = FigureNames("対比")
    pairs = []
    called = dict(zip(("現行", "変更後"), names, strict=True))
    for entry in written.pairs.items if written.pairs else ():
        if isinstance(entry, Mapping) and not _is_named(entry):
            pair = read_record(PairKeys, entry, diagnostics, "対比", called=called)
            pairs.append(f.ContrastPair(f.FigureWords(), pair.before, pair.after, pair.remark))
            continue
        for key, value in entries(entry, "対比", diagnostics):
            known.add(key.value, key.place(), diagnostics)
            if not isinstance(value, Mapping):
                reason = f"「{key.value}」の下に「{names[0]}」と「{names[1]}」がありません"
                example = f"例：- {key.value}: {{{names[0]}: …, {names[1]}: …}}"
                diagnostics.error(key.place(), "figure-pair", reason, example)
                continue
            pair = read_record(PairKeys, value, diagnostics, f"対比「{key.value}」", called=called)
            title = f.FigureWords((parse_line(key, diagnostics),))
            pairs.append(f.ContrastPair(title, pair.before, pair.after, pair.remark))
    left, right = (
        (f.FigureWords((parse_line(each, diagnostics),)) for each in headings)
        if len(headings) == 2
        else map(shown_text, names)
    )
    return f.Contrast((left, right, shown_text("備考")), tuple(pairs)) if pairs else None


def _is_named(entry: Mapping) -> bool:
    """Whether an entry of 対比 is a name with its blocks, not the blocks themselves."""
    return len(entry.entries) == 1 and isinstance(entry.entries[0][1], Mapping)
