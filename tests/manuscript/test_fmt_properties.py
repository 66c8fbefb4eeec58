"""However a case is laid out, `fmt` changes nothing that it says, loses no comment, and is done at once."""

from __future__ import annotations

from collections import Counter

from hypothesis import assume, given
from hypothesis import strategies as st
from support.hostile import cases, layouts
from support.properties import tries
from support.samples import city, compose, kind

from kotobuki.case.case import read_case
from kotobuki.case.head import HEADER
from kotobuki.manuscript.tidy import FileKind, tidy

KEYS = (*HEADER, *(section.name for section in kind().sections))
KIND = FileKind(lambda node, found: read_case(node, city(), {"試験": kind()}, found), kind(), known_keys=KEYS)


@tries(100)
@given(st.data())
def test_a_hostile_layout_is_tidied_without_changing_the_paper(data: st.DataObject) -> None:
    value = data.draw(cases())
    written, comments = data.draw(layouts(value))
    before = compose(written.decode().replace("\r\n", "\n").replace("\r", "\n"))
    assume(not before.diagnostics.errors)
    found = tidy(written, KIND)
    assert found is not None
    text = found.decode()
    after = compose(text)
    assert after.paper == before.paper
    assert tidy(found, KIND) == found
    assert Counter(line[line.index("# 注") :] for line in text.split("\n") if "# 注" in line) == Counter(comments)
