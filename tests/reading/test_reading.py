"""YAML as text with positions: what is kept, how lines join, what is refused and how that is said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kotobuki.diagnostics import Diagnostic, Diagnostics, render
from kotobuki.reading import source, structure
from kotobuki.reading.composing import MAX_DEPTH
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.parse import read_text, read_yaml

PARSERS = {"c": getattr(yaml, "CSafeLoader", yaml.SafeLoader), "python": yaml.SafeLoader}


@pytest.fixture(params=PARSERS)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Either of PyYAML's parsers: a machine may lack the one in C."""
    monkeypatch.setattr(structure, "_LOADER", PARSERS[request.param])
    return str(request.param)


def read(text: str | bytes, known_keys: tuple[str, ...] = ()) -> tuple[Node | None, list[Diagnostic]]:
    diagnostics = Diagnostics()
    data = text if isinstance(text, bytes) else text.encode()
    node = read_text(data, "案件.yaml", diagnostics, known_keys)
    return node, list(diagnostics)


def value_of(text: str) -> Scalar:
    """The value of the key 文 in a file without faults."""
    node, found = read(text)
    assert found == []
    assert isinstance(node, Mapping)
    value = node.get("文")
    assert isinstance(value, Scalar)
    return value


def plain(node: Node | None) -> object:
    """A node as Python's own values."""
    match node:
        case Mapping():
            return {key.value: plain(value) for key, value in node.entries}
        case Sequence():
            return [plain(item) for item in node.items]
        case Scalar():
            return node.value
    return None


# --- what is kept ---------------------------------------------------------------------------------------------------


def test_scalars_stay_as_written(parser: str) -> None:
    text = (
        "時刻: 14:00\n番号: 010\n可否: no\n日付: 2022-05-06\n額: 1_000\n無: ~\n空:\n指数: 1e3\n括弧: ｛条例｝の規定\n"
    )
    node, found = read(text)
    assert found == []
    assert plain(node) == {
        "時刻": "14:00",
        "番号": "010",
        "可否": "no",
        "日付": "2022-05-06",
        "額": "1_000",
        "無": "~",
        "空": "",
        "指数": "1e3",
        "括弧": "｛条例｝の規定",
    }


def test_names_and_rare_characters_stay_as_typed(parser: str) -> None:
    name = "髙﨑惠 葛\U000e0100飾 𠮷野 吉\ufe00 ﾃｽﾄ ㊢ Å"
    assert value_of(f"文: {name}\n").value == name


def test_crlf_and_cr_make_the_same_nodes_as_lf(parser: str) -> None:
    text = "件名: あ\n文: |\n  一行目。\n  二行目。\n\n  次の段落。\n一覧:\n- い\n- |\n  う\n"
    trees = [read(text.replace("\n", end))[0] for end in ("\n", "\r\n", "\r")]
    assert repr(trees[0]) == repr(trees[1]) == repr(trees[2])  # repr shows the places, too


def test_nodes_know_where_they_stand(parser: str) -> None:
    node, _ = read("件名: あ\n依頼: {番号: 82}\n一覧:\n  - い\n  -\n    う: え\n")
    assert isinstance(node, Mapping)
    places = {str(key.place()): str(value.place()) for key, value in node.entries}
    assert places == {
        "案件.yaml:1:1": "案件.yaml:1:5",
        "案件.yaml:2:1": "案件.yaml:2:5",
        "案件.yaml:3:1": "案件.yaml:4:3",
    }


def test_an_alias_repeats_what_its_anchor_holds(parser: str) -> None:
    node, found = read("a: &x {い: ろ}\nb: *x\nc: &y\n  文字\nd: *y\ne: &z |\n  は\n")
    assert found == []
    assert plain(node) == {"a": {"い": "ろ"}, "b": {"い": "ろ"}, "c": "文字", "d": "文字", "e": "は"}


def test_an_anchored_text_knows_where_it_begins(parser: str) -> None:
    assert str(value_of("文: &x   あいう\n").place(1)) == "案件.yaml:1:10"
    assert str(value_of("文: &x # 注\n\n  あ\n").place()) == "案件.yaml:3:3"


# --- how lines join -------------------------------------------------------------------------------------------------

JOINED = [
    # lines of the text, value
    (["あいう", "えお"], "あいうえお"),
    (["一文目。", "二文目。"], "一文目。二文目。"),
    (["Kotobuki", "builds papers"], "Kotobuki builds papers"),
    (["Inc.", "Tokyo"], "Inc. Tokyo"),
    (["システムは", "AES"], "システムはAES"),
    (["AES", "方式"], "AES方式"),
    (["AES-", "256"], "AES-256"),
    (["foo(", "bar"], "foo(bar"),
    (["foo", ")bar"], "foo)bar"),
    (["ｱｲ", "ｳ"], "ｱｲｳ"),
    (["café", "noir"], "café noir"),
    (["一段落目", "", "二段落目"], "一段落目\n二段落目"),
    (["一段落目", "", "", "  ", "二段落目"], "一段落目\n二段落目"),
    (["続き  ", "   字下げ"], "続き字下げ"),
    (["全角　", "　空白"], "全角　　空白"),
]
HEADERS = ["", "|", "|-", "|+", ">", ">-", ">+", "|2-", ">+2"]


@pytest.mark.parametrize(("lines", "value"), JOINED)
def test_lines_join_alike_in_every_style(lines: list[str], value: str, parser: str) -> None:
    body = "\n".join("  " + line for line in lines)
    for header in HEADERS:
        assert value_of(f"文: {header}\n{body}\n\n\n次: x\n").value == value, header
        assert value_of(f"文: {header}\n{body}").value == value, header


@pytest.mark.parametrize("quote", ["'", '"'])
@pytest.mark.parametrize(("lines", "value"), JOINED)
def test_lines_join_alike_within_quotes(quote: str, lines: list[str], value: str, parser: str) -> None:
    body = "\n".join("  " + line for line in lines)
    scalar = value_of(f"文: {quote}\n{body}\n  {quote}\n次: x\n")
    assert (scalar.value, scalar.quoted) == (value, True)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('"a\\nb"', "a\nb"),
        ('"a\\n\\n b"', "a\nb"),
        ('"\\u3042\\x41\\U0001F600"', "あA😀"),
        ('"「\\"」\\\\\\/"', '「"」\\/'),
        ('"あ\\\n    い"', "あい"),
        ('"ab\\\n    cd"', "abcd"),
        ('"ab\\\\\n    cd"', "ab\\ cd"),
        ('" あ "', "あ"),
        ("'それは''これ'", "それは'これ"),
        ("'\\n'", "\\n"),
        ("''", ""),
        ('""', ""),
        ("'- あ'", "- あ"),
        ("'件名：あ'", "件名：あ"),
    ],
)
def test_quotes_and_escapes_mean_what_yaml_says(written: str, value: str, parser: str) -> None:
    assert value_of(f"文: {written}\n").value == value


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("文: あいう\n", "う", "1:6"),
        ("文:\n  あい\n  うえ\n", "え", "3:4"),
        ("文: あい\n  うえ\n", "う", "2:3"),
        ("文: |\n  あい\n\n  うえ\n", "え", "4:4"),
        ("文: >-\n  あい\n     うえ\n", "う", "3:6"),
        ("- 文: |\n    あ\n  次: い", "あ", "2:5"),
        ("文: 'あ''い\n  う'\n", "い", "1:8"),
        ("文: 'あ''い\n  う'\n", "う", "2:3"),
        ('文: "\\u3042い\\n う"\n', "い", "1:11"),
        ('文: "\\u3042い\\n う"\n', "う", "1:15"),
        ('文: "あ\\\n   い"\n', "い", "2:4"),
        ("文: [あ, い]\n", "い", "1:8"),
        ("文: 𠮷野\n", "野", "1:5"),
    ],
)
def test_every_character_knows_its_place(text: str, word: str, place: str, parser: str) -> None:
    node, found = read(text)
    assert found == []
    places = [str(scalar.place(scalar.value.index(word))) for scalar in scalars(node) if word in scalar.value]
    assert places == [f"案件.yaml:{place}"]


def scalars(node: Node | None) -> list[Scalar]:
    match node:
        case Mapping():
            return [scalar for _, value in node.entries for scalar in scalars(value)]
        case Sequence():
            return [scalar for item in node.items for scalar in scalars(item)]
        case Scalar():
            return [node]
    return []


TEXT_LINES = st.lists(st.text("あ漢、。（ABCab09 　ｱ é髙", max_size=12), min_size=1, max_size=6)


@given(TEXT_LINES, st.sampled_from(HEADERS), st.integers(1, 2))
def test_the_source_holds_each_character_where_its_place_says(lines: list[str], header: str, extra: int) -> None:
    lines = ["始" + lines[0], *(" " * extra + line if line.strip() else "" for line in lines[1:])]
    text = "前: x\n文: " + header + "\n" + "\n".join("  " + line for line in lines) + "\n次: x\n"
    source_lines = text.split("\n")
    scalar = value_of(text)
    assert re.sub(r"[ \n]", "", scalar.value) == re.sub(" ", "", "".join(lines))
    for offset, character in enumerate(scalar.value):
        place = scalar.place(offset)
        at_end = place.column == len(source_lines[place.line - 1].rstrip(" \t")) + 1
        assert source_lines[place.line - 1][place.column - 1 : place.column] == character or (
            character in " \n" and at_end
        )


# --- what is refused: in the file -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp932", "Shift_JIS"),
        ("euc_jp", "EUC-JP"),
        ("iso2022_jp", "ISO-2022-JP"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
    ],
)
@pytest.mark.parametrize("text", ["件名: 江戸川区の業務について\n主管課: 総務部総務課\n", "件名: あ\n"])
def test_another_encoding_is_named_and_read_on(encoding: str, name: str, text: str) -> None:
    node, found = read((text + "件名: x\n").encode(encoding))
    assert [each.rule for each in found] == ["encoding", "duplicate-key"]
    assert name in found[0].reason
    assert "メモ帳" in found[0].remedy and "UTF-8" in found[0].remedy
    assert plain(node) == plain(read(text)[0])
    assert found[1].source == "件名: x"


def test_a_bom_is_refused_and_does_not_move_columns() -> None:
    node, found = read(b"\xef\xbb\xbf" + "件名: あ\n".encode())
    assert [(each.place.line, each.place.column, each.rule) for each in found] == [(1, 1, "bom")]
    assert "BOMなし" in found[0].remedy
    assert isinstance(node, Mapping) and str(node.entries[0][1].place()) == "案件.yaml:1:5"


def test_broken_bytes_are_shown_where_they_stand() -> None:
    data = "件名: 江戸川区\n主管課: 総".encode() + b"\xe5\x8b" + "務\n所管: ".encode() + b"\xff\n"
    _, found = read(data)
    assert [(each.place.line, each.place.column, each.rule) for each in found] == [
        (2, 7, "character-broken"),
        (3, 5, "character-broken"),
    ]
    for each in found:
        render(each).encode()  # can be printed


@pytest.mark.parametrize(
    ("character", "rule"),
    [
        ("\0", "control"),
        ("\x07", "control"),
        ("\x1b", "control"),
        ("\x7f", "control"),
        ("\x85", "control"),
        ("\u2028", "control"),
        ("\u200e", "bidi"),
        ("\u202e", "bidi"),
        ("\u2066", "bidi"),
        ("\ufeff", "bom"),
        ("\u200b", "invisible"),
        ("\ue000", "private"),
        ("\U000f0000", "private"),
        ("\ufdd0", "noncharacter"),
        ("\uffff", "noncharacter"),
        ("\U0001fffe", "noncharacter"),
        ("\ufffd", "garbled"),
    ],
)
def test_characters_that_cannot_be_seen_or_trusted_are_refused(character: str, rule: str, parser: str) -> None:
    node, found = read(f"件名: 江戸{character}川\n文: い{character}\n")
    assert [(each.place.line, each.place.column, each.rule) for each in found] == [
        (1, 7, f"character-{rule}"),
        (2, 5, f"character-{rule}"),
    ]
    assert f"U+{ord(character):04X}" in found[0].reason
    assert isinstance(node, Mapping) and len(node.entries) == 2


def test_escapes_cannot_bring_in_what_is_refused(parser: str) -> None:
    _, found = read('文: "あ\\0い\\u202e"\n')
    assert [(each.place.column, each.rule) for each in found] == [(6, "character-control"), (9, "character-bidi")]


def test_what_is_told_to_be_clean_at_once_is_clean() -> None:
    """Every character that is forbidden makes the text that it stands in one to be looked through."""
    every = "".join(map(chr, range(0x110000)))
    forbidden = "".join(match.group() for match in source._FORBIDDEN.finditer(every))
    assert not any(map(source.is_clean, forbidden))
    assert source.is_clean("甲\n乙\t丙\u3000丁 A１")


def test_a_flood_of_bad_characters_is_summed_up() -> None:
    _, found = read("件名: " + "あ\x01" * 1000)
    assert len(found) == 21
    assert "ほかに980か所" in found[0].reason


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04\x14\0\x06\0", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1", b"\xff\xff\x80\xff"]
)
def test_a_file_that_is_no_text_is_refused_as_a_whole(data: bytes) -> None:
    node, found = read(data)
    assert node is None
    assert [each.rule for each in found] == ["encoding"]


@pytest.mark.parametrize("text", ["", "\n\n", "# 注\n", "---\n", "   \n\t\n"])
def test_an_empty_file_is_refused(text: str, parser: str) -> None:
    node, found = read(text)
    assert (node, [each.rule for each in found]) == (None, ["empty-file"])


def test_files_that_cannot_be_read_are_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "案件.yaml").write_text("件名: あ\n", encoding="utf-8")
    (tmp_path / "大きい.yaml").write_bytes(b"a" * (source.MAX_BYTES + 1))

    def rules(name: str) -> list[str]:
        diagnostics = Diagnostics()
        read_yaml(tmp_path / name, name, diagnostics)
        return [f"{each.place} {each.rule} {'案件.yaml' in each.remedy}" for each in diagnostics]

    assert rules("案件.yaml") == []
    assert rules("案件.yml") == ["案件.yml:1:1 file-missing True"]
    assert rules("無い/案件.yaml") == ["無い/案件.yaml:1:1 file-missing False"]
    assert rules("案件.yaml/下.yaml") == ["案件.yaml/下.yaml:1:1 file-unreadable False"]
    assert rules(".") == [".:1:1 file-unreadable False"]
    assert rules("\0") == ["\0:1:1 file-unreadable False"]
    assert rules("大きい.yaml") == ["大きい.yaml:1:1 file-size False"]

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    assert rules("案件.yaml") == ["案件.yaml:1:1 file-unreadable False"]


# --- what is refused: in the text -----------------------------------------------------------------------------------

# A snippet; the faults as (line, column, rule). Each is also read with the parser in Python.
REFUSED: list[tuple[str, list[tuple[int, int, str]]]] = [
    # duplicate keys, keys that are none, tags, documents
    ("件名: あ\n主管課: い\n件名: う\n", [(3, 1, "duplicate-key")]),
    ("依頼: {番号: 1, 番号: 2}\n", [(1, 13, "duplicate-key")]),
    ("a: 1\n'a': 2\n", [(2, 2, "duplicate-key")]),
    ("{条例}: あ\n", [(1, 1, "key-not-text")]),
    ("? [a]\n: b\n", [(1, 3, "key-not-text")]),
    ("a: {: b}\n", [(1, 5, "yaml-syntax")]),
    ('"": b\n', [(1, 1, "key-empty")]),
    ("a: !!python/object:os.system x\n", [(1, 4, "tag")]),
    ("a: !い あ\n", [(1, 4, "yaml-syntax")]),
    ("a: 1\n---\nb: 2\n", [(2, 1, "several-documents")]),
    # aliases
    ("a: *x\n", [(1, 4, "alias")]),
    ("a: &x [*x]\n", [(1, 8, "alias")]),
    ("a: *注意\n", [(1, 4, "yaml-syntax")]),
    # full-width colons
    ("様式: 外部委託\n件名：委託について\n主管課: 総務課\n", [(2, 3, "colon-full-width")]),
    (
        "様式: 外部委託\n件名：委託について\n主管課：総務課\n根拠　：あ\n",
        [(2, 3, "colon-full-width"), (3, 4, "colon-full-width"), (4, 4, "colon-full-width")],
    ),
    ("件名：委託について\n", [(1, 3, "colon-full-width")]),
    ("様式: 外部委託\n実施時期（予定）：あ\n", [(2, 9, "colon-full-width")]),
    ("依頼：\n  番号: 82\n", [(1, 3, "colon-full-width")]),
    ("依頼:\n  番号：82\n  日付：2022-05-06\n", [(2, 5, "colon-full-width"), (3, 5, "colon-full-width")]),
    ("依頼:\n  番号: 82\n  日付：2022-05-06\n", [(3, 5, "colon-full-width")]),
    ("依頼: {番号：82, 日付: 2022-05-06}\n", [(1, 8, "colon-full-width")]),
    ("一覧:\n  - 氏名：山田\n    住所：東京\n", [(2, 7, "colon-full-width"), (3, 7, "colon-full-width")]),
    ("業務:\n  - 講座：\n      内容: あ\n", [(2, 7, "colon-full-width")]),
    # a missing blank
    ("様式: 外部委託\n件名:委託について\n", [(2, 3, "colon-space")]),
    ("様式: 外部委託\n件名:　委託について\n", [(2, 3, "colon-space")]),
    ("依頼:\n  番号:82\n", [(2, 5, "colon-space")]),
    ("依頼: {番号:82}\n", [(1, 8, "colon-space")]),
    ("項目:\n  -氏名\n  -住所\n", [(2, 3, "list-mark-space"), (3, 3, "list-mark-space")]),
    ("項目:\n  - 氏名\n  -ID\n", [(3, 3, "list-mark-space")]),
    ("項目:\n  -　氏名\n", [(2, 3, "list-mark-space")]),
    # blanks in the indent
    ("依頼:\n　番号: 82\n", [(2, 1, "indent-full-width")]),
    ("依頼:\n　　番号: 82\n　　日付: 2022-05-06\n", [(2, 1, "indent-full-width"), (3, 1, "indent-full-width")]),
    ("依頼:\n  　番号: 82\n", [(2, 3, "indent-full-width")]),
    ("項目:\n　- 氏名\n", [(2, 1, "indent-full-width")]),
    ("文:\n　江戸川区は\n次: x\n", [(2, 1, "indent-full-width")]),
    ("文: |\n　江戸川区は\n次: x\n", [(2, 1, "indent-full-width")]),
    ("件名: あ\n　\n主管課: い\n", [(2, 1, "indent-full-width")]),
    ("依頼:\n\t番号: 82\n", [(2, 1, "indent-tab")]),
    ("依頼:\n  番号: 82\n\t日付: 2022-05-06\n  \t記号: あ\n", [(3, 1, "indent-tab"), (4, 3, "indent-tab")]),
    ("文: |\n\tあ\n", [(2, 1, "indent-tab")]),
    # full-width hyphens and number signs
    ("項目:\n  － 氏名\n  － 住所\n", [(2, 3, "list-mark"), (3, 3, "list-mark")]),
    ("項目:\n  - 氏名\n  ー 住所\n", [(3, 3, "list-mark")]),
    ("項目:\n  - 氏名\n  －住所\n", [(3, 3, "list-mark")]),
    ("項目:\n  ‐　氏名\n", [(2, 3, "list-mark")]),
    ("項目:\n  ― 氏名\n", [(2, 3, "list-mark")]),
    ("文:\n  次のとおり\n  － 氏名\n", [(3, 3, "list-mark")]),
    ("件名: あ\n＃ 注\n主管課: い\n", [(2, 1, "comment-full-width")]),
    # keys
    ("件名　: あ\n", [(1, 3, "key-space")]),
    ("依頼: {番号　: 82}\n", [(1, 8, "key-space")]),
    ("依頼: {　番号: 82}\n", [(1, 6, "key-space")]),
    # a list swallowed by the sentence above it
    ("文:\n  次のとおり\n  - 氏名\n  - 住所\n", [(3, 3, "list-swallowed")]),
    ("文: 次のとおり\n  - 氏名\n", [(2, 3, "list-swallowed")]),
    ("- 次のとおり\n  - 氏名\n", [(2, 3, "list-swallowed")]),
    ("文: ＞-\n  甲\n  乙\n", [(1, 4, "block-full-width")]),
    ("文: ｜\n  甲\n", [(1, 4, "block-full-width")]),
    ("文: |\n  次のとおり\n  - 氏名\n", [(3, 3, "list-swallowed")]),
    ("文: >-\n  - 氏名\n  - 住所\n", [(2, 3, "list-swallowed")]),
    # a text cut by #
    ("文: 第1回 #3のとおり\n", [(1, 8, "comment-in-text")]),
    # what git left behind
    (
        "件名: あ\n<<<<<<< ours（今の版）\n文: い\n=======\n文: う\n>>>>>>> theirs（取り込む版）\n",
        [(2, 1, "merge-conflict")],
    ),
    (
        "<<<<<<< HEAD\n一: あ\n=======\n>>>>>>> x\n<<<<<<< HEAD\n=======\n二: い\n>>>>>>> x\n",
        [(1, 1, "merge-conflict"), (5, 1, "merge-conflict")],
    ),
    # YAML's own
    ("件名: 注: あ\n", [(1, 6, "yaml-syntax")]),
    ("件名: あ\n主管課\n様式: い\n", [(2, 1, "yaml-syntax")]),
    ("業務\n  講座: あ\n", [(2, 5, "yaml-syntax")]),
    ("依頼:\n    番号: 82\n  日付: あ\n", [(3, 3, "yaml-syntax")]),
    ("項目: - 氏名\n", [(1, 5, "yaml-syntax")]),
    ("- 氏名\n住所: あ\n", [(2, 1, "yaml-syntax")]),
    ("件名: あ\n- 氏名\n", [(2, 1, "yaml-syntax")]),
    ("文: {条例}の規定\n", [(1, 8, "yaml-syntax")]),
    ("文: [氏名, 住所\n次: あ\n", [(1, 4, "yaml-syntax")]),
    ("文: {番号: 1\n次: あ\n", [(1, 4, "yaml-syntax")]),
    ('文: "あ\n次: い\n', [(1, 4, "yaml-syntax")]),
    ("文: 'あ\n", [(1, 4, "yaml-syntax")]),
    ("文: @あ\n", [(1, 4, "yaml-syntax")]),
    ("文: `あ\n", [(1, 4, "yaml-syntax")]),
    ("文: %あ\n", [(1, 4, "yaml-syntax")]),
    ("文: |あ\n", [(1, 4, "yaml-syntax")]),
    ('文: "あ" い\n', [(1, 8, "yaml-syntax")]),
    ("%あ\n", [(1, 1, "yaml-syntax")]),
    ("文: ]\n", [(1, 4, "yaml-syntax")]),
    ("a: 1\n...\nb\n", [(3, 1, "yaml-syntax")]),
    (": あ\n", [(1, 1, "yaml-syntax")]),
    ("あ" * 1100 + ": い\n", [(1, 1101, "yaml-syntax")]),
]


@pytest.mark.parametrize(("text", "faults"), REFUSED)
def test_each_mistake_is_found_where_it_stands(text: str, faults: list[tuple[int, int, str]], parser: str) -> None:
    _, found = read(text)
    assert [(each.place.line, each.place.column, each.rule) for each in found] == faults
    for each in found:
        assert re.search("[ぁ-ん]", each.reason) and re.search("[ぁ-ん]", each.remedy)
        assert not re.search("[a-z]{3} [a-z]{3}", each.reason + each.remedy)  # nothing in English


# What looks like a mistake and is none.
ACCEPTED = [
    "文: 電話：03-5662-6100\n",
    "文:\n  電話：03-5662-6100\n",
    "文:\n  問合せは次のとおり。\n  電話：03-5662-6100\n  場所：本庁\n",
    "一覧:\n  - 電話：03-5662-6100\n  - 場所：本庁\n",
    "参加者：区民: あ\n",
    "文: |\n  電話：03-5662-6100\n  場所：本庁\n",
    "文: '電話：03'\n",
    "文: |\n  　字下げした文。\n  　次の文。\n",
    "文:\n  　字下げした文。\n",
    "文: |\n  － あ\n  \tい\n",
    "url: http://example.com/a:b\n時刻:\n  14:00\n",
    "温度: -5\n",
    "文: コンピュ\n  ータ\n",
    "値: 10 - 5\n",
    "文: あ # 注\n次: い   # 注釈\n",
    "# - 注\n#　注\n件名: あ\n  # 字下げした注\n",
    "件名 : あ\n",
    "項目:\n- 氏名\n- 住所\n",
    "- - あ\n  - い\n- 件名: あ\n  文: い\n",
    "依頼: {番号: 82,\n  日付: あ\n  }\n",
    '文: "あ\n  － い\n  件名：う\n\n  - え"\n次: お\n',
    "文: あ\n\n\n次: い\n",
    "---\n件名: あ\n...\n",
    "注: |  # 文字どおり\n  件名：あ\n  － い\n件名: あ\n",
    "- |\n  件名：あ\n- 文: >-\n    － い\n  次: う\n",
    "第1号議案: 02-あ.yaml\n2: 03-い.yaml\n",
    "｛表｝: あ\n",
    "文: あ \n\t\n次: い\n",
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_only_looks_like_a_mistake_is_accepted(text: str, parser: str) -> None:
    node, found = read(text)
    assert found == []
    assert node is not None


# --- sharper, bounded, all at once ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("依頼:\n  件名：あ\n", "2:5"),
        ("依頼:\n  - 件名：あ\n", "2:7"),
        ("依頼:\n  次のとおり\n  件名　：あ\n", "3:6"),
        ("様式: 外部委託\n  件名:あ\n", "2:5"),
        ("依頼: {件名：あ, 日付: い}\n", "1:8"),
    ],
)
def test_known_keys_sharpen_the_search_for_colons(text: str, place: str, parser: str) -> None:
    rules = [f"{each.place} {each.rule[:5]}" for each in read(text, ("件名",))[1]]
    assert rules == [f"案件.yaml:{place} colon"]


def test_everything_is_reported_at_once_even_after_a_syntax_error(parser: str) -> None:
    text = (
        "件名：委託について\n"  # YAML cannot go on from here
        "主管課: 総務\u200b課\n"
        "依頼:\n"
        "\t番号: 82\n"
        "項目:\n"
        "  － 氏名\n"
        "文: |\n"
        "  － 文どおり\n"
        "  件名：文どおり\n"
        "　備考: あ\n"
    )
    node, found = read(text)
    assert isinstance(node, Mapping)  # read on as if the slips were mended
    assert [key.value for key, _ in node.entries][:3] == ["件名", "主管課", "依頼"]
    assert [(each.place.line, each.place.column, each.rule) for each in found] == [
        (1, 3, "colon-full-width"),
        (2, 8, "character-invisible"),
        (4, 1, "indent-tab"),
        (6, 3, "list-mark"),
        (10, 1, "indent-full-width"),
    ]


def test_a_syntax_error_far_from_other_mistakes_is_explained_beside_them(parser: str) -> None:
    _, found = read("件名: あ\n主管課　: い\n項目:\n  - 氏名\n文: @う\n")
    assert [(each.place.line, each.rule) for each in found] == [(2, "key-space"), (5, "yaml-syntax")]


def test_a_text_cut_by_a_number_sign_is_only_a_warning() -> None:
    _, found = read("文: 第1回 #3のとおり\n")
    assert [each.severity for each in found] == ["warning"]


def test_a_duplicate_key_names_the_earlier_line_and_the_first_one_counts() -> None:
    node, found = read("件名: あ\n\n件名: い\n")
    assert "1行目" in found[0].reason
    assert plain(node) == {"件名": "あ"}


def test_a_key_with_full_width_spaces_is_read_as_it_was_meant() -> None:
    node, _ = read("依頼: {　番号　: 82}\n")
    assert plain(node) == {"依頼": {"番号": "82"}}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_nesting_without_end_is_refused(opening: str, parser: str) -> None:
    assert [each.rule for each in read(opening * 100_000)[1]] == ["too-deep"]


def test_nesting_as_deep_as_allowed_is_read(parser: str) -> None:
    depth = MAX_DEPTH - 1
    assert read("[" * depth + "あ" + "]" * depth)[1] == []


def test_aliases_that_explode_are_refused(parser: str) -> None:
    rows = [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 12)]
    node, found = read("a0: &a0 [あ, い]\n" + "".join(rows))
    assert (node, [each.rule for each in found]) == (None, ["too-many-nodes"])


def test_aliases_that_pile_up_depth_are_refused(parser: str) -> None:
    rows = [f"- &a{i} [*a{i - 1}]\n" for i in range(1, 100)]
    node, found = read("- &a0 [あ]\n" + "".join(rows))
    assert (node, [each.rule for each in found]) == (None, ["too-deep"])


YAML_PIECES = [
    *"\"'{}[],#?%\\:-：－　\t \n|>x\u200b",
    "件名",
    "あ。",
    ": ",
    "- ",
    "\n  ",
    "\n    ",
    "|\n",
    ">-\n",
    " # ",
]
YAML_LIKE = st.lists(
    st.sampled_from([*YAML_PIECES, "&a ", "*a", "!t ", "---\n", "...\n", "\\u0000", "\r\n"]), max_size=40
).map("".join)


@given(YAML_LIKE, st.sampled_from(list(PARSERS)))
def test_no_text_gives_a_traceback(text: str, name: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(structure, "_LOADER", PARSERS[name])
        node, found = read(text)
    assert node is not None or any(each.severity == "error" for each in found)
    for each in found:
        render(each).encode()


@given(st.binary(max_size=200))
def test_no_bytes_give_a_traceback(data: bytes) -> None:
    node, found = read(data)
    assert node is not None or any(each.severity == "error" for each in found)
    for each in found:
        render(each).encode()


def test_what_is_wrong_besides_a_typists_slip_is_found_in_the_same_run() -> None:
    text = "件名： 人権\n部:\n\u3000名: 総務部\n－ 甲\n一覧:\n－ 乙\n件名: 二つ目\n"
    diagnostics = Diagnostics()
    node = read_text(text.encode(), "a.yaml", diagnostics, ("件名",))
    assert {each.rule for each in diagnostics} >= {"colon-full-width", "indent-full-width", "list-mark"}

    diagnostics = Diagnostics()
    node = read_text("件名： 人権\n主管課:総務課\n件名: 二つ目\n".encode(), "a.yaml", diagnostics, ("件名",))
    assert [(each.place.line, each.rule) for each in diagnostics] == [
        (1, "colon-full-width"),
        (2, "colon-space"),
        (3, "duplicate-key"),
    ]
    assert isinstance(node, Mapping)
    assert [key.value for key, _ in node.entries] == ["件名", "主管課"]


def test_kana_parted_from_their_marks_are_joined_and_places_hold(parser: str) -> None:
    node, faults = read("か\u3099: か\u3099ハ\u309aく｛た\u3099\n")
    assert plain(node) == {"が": "がパく｛だ"} and faults == []
    assert isinstance(node, Mapping)
    value = node.entries[0][1]
    assert isinstance(value, Scalar)
    assert [value.place(at).column for at in range(5)] == [5, 7, 9, 10, 11]


@pytest.mark.parametrize("text", ["葛\U000e0100城", "髙", "神\ufe00", "e\u0301", "①", "漢\u3099", "ｶﾞ"])
def test_no_other_character_is_normalised(text: str, parser: str) -> None:
    assert value_of(f"文: {text}").value == text
