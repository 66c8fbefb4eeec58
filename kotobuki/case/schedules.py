"""A schedule, ｛日程｝: what happens when.

In: a list of `time: what` entries, such as `- 2022-05: 審査会への諮問`. Out: its events, in the order written.
"""

from __future__ import annotations

from collections.abc import Callable

from kotobuki.case import blocks as b
from kotobuki.case.shapes import expect_list, is_blank
from kotobuki.diagnostics import Diagnostics
from kotobuki.japanese.periods import Period, is_dashed, is_reversed, parse_period
from kotobuki.reading.inlines import parse_line
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.placeholders import placeholder_of

EVERY_YEAR = "｛年｝"
"""The setting of a schedule, which may stand first in it."""


def read_schedule(value: Node, diagnostics: Diagnostics) -> b.Content:
    """｛日程｝: a list of `time: what` entries."""
    items = expect_list(value, "日程", diagnostics)
    if items is None:
        return ()
    events: list[b.Event] = []
    every_year = False
    for entry in items.items:
        if not isinstance(entry, Mapping):
            diagnostics.error(
                entry.place(), "event-form", "日程は「時: 事柄」の形で書きます", "例：- 2022-05: 審査会への諮問"
            )
            continue
        for key, what in entry.entries:
            if key.value == EVERY_YEAR:
                every_year = isinstance(what, Scalar) and what.value == "毎行"
                if not every_year:
                    diagnostics.error(
                        what.place(),
                        "event-year",
                        "｛年｝に書けるのは「毎行」です",
                        "年を一度だけ印字するなら、この行を消してください",
                    )
                continue
            event = _event(key, what, diagnostics)
            if event:
                events.append(event)
    return (b.Schedule(tuple(events), every_year),)


def has_dates(node: Sequence) -> bool:
    """Whether a key of a list, or a text that is all of an entry, begins as a machine writes dates. In others there are no events."""
    texts = [entry.value for entry in node.items if isinstance(entry, Scalar)]
    texts += [key.value for entry in node.items if isinstance(entry, Mapping) for key, _ in entry.entries]
    return any(map(is_dashed, texts))


def is_schedule(node: Sequence) -> bool:
    """Whether a list is a schedule though nothing around it says so: each of its keys is a time, one of them a date as
    machines write it (2022年度 and 未定 alone may be headings)."""
    times = [key.value for entry in node.items for key in _keys(entry) if key.value != EVERY_YEAR]
    return (
        any(map(is_dashed, times))
        and all(is_dashed(time) or parse_period(time) for time in times)
        and all(isinstance(entry, Mapping) for entry in node.items)
    )


def check_no_events(node: Sequence, diagnostics: Diagnostics, is_time: Callable[[str], bool] = is_dashed) -> None:
    """Events among other entries of a list, or in one of a given label, would be printed as headings: an error at each."""
    for key in (key for entry in node.items for key in _keys(entry) if is_time(key.value)):
        refuse_event(key, diagnostics)


def refuse_event(key: Scalar, diagnostics: Diagnostics) -> None:
    """A time where none can stand."""
    diagnostics.error(
        key.place(),
        "event-outside",
        f"「{key.value}」は、ほかの文や項目と並べたり、番号や印の付く一覧に書いたりすると、日程になりません",
        "日程の行を「- ｛日程｝:」の下にまとめて字下げしてください",
    )


def _keys(entry: Node) -> list[Scalar]:
    """What could be a time: the keys of an entry, or the text that is all of it."""
    if isinstance(entry, Scalar):
        return [entry] if parse_period(entry.value) else []
    return [key for key, _ in entry.entries] if isinstance(entry, Mapping) else []


def _event(key: Scalar, what: Node, diagnostics: Diagnostics) -> b.Event | None:
    open_time = placeholder_of(key)
    period = Period(None, open_time.text) if open_time else parse_period(key.value)
    if is_reversed(key.value):
        reason = f"「{key.value}」は、終わりが始めより前です"
        diagnostics.error(key.place(), "event-time", reason, "始めと終わりを入れ替えるか、年月を確かめてください")
        return None
    if period is None:
        diagnostics.error(
            key.place(),
            "event-time",
            f"「{key.value}」は時として読めないか、ない日付です",
            "2022-05、2022-05-11、2022年度、2022-06以降、2022-05～2022-07、未定 のように書いてください",
        )
        return None
    lines = []
    for each in what.items if isinstance(what, Sequence) and what.items else (what,):
        if not isinstance(each, Scalar) or is_blank(each):
            diagnostics.error(each.place(), "event-text", "日程の事柄は文で書きます", "例：- 2022-05: 審査会への諮問")
            continue
        lines.append(parse_line(each, diagnostics))
    return b.Event(period, tuple(lines), key.place()) if lines else None
