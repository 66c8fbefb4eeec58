"""JSON Schemas: what is right passes, what build refuses is flagged as far as a schema can say it, and nothing else is."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, assume, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from support import faulty_content, faulty_settings, spellings
from support.oddities import KEYS, VALUES, nodes
from support.paths import DATA, ROOT
from support.properties import tries
from support.samples import (
    CASE,
    FORM,
    MEETING,
    ORGANIZATION,
    TWO_COMMITTEES,
    citing,
    city,
    edited,
    kind,
    project,
    read_bundle,
    styled,
)
from support.schema_samples import FULL_CASE, FULL_MEETING, FULL_ORGANIZATION, flagged, instance, validator

from kotobuki.checks.registry import check_terms
from kotobuki.cli import main
from kotobuki.diagnostics import Diagnostics
from kotobuki.project import Project, find_root
from kotobuki.reading.parse import read_text
from kotobuki.schema.files import as_bytes, schemas
from kotobuki.settings.meeting import read_meeting
from kotobuki.settings.organization_reading import read_organization

SAMPLES = sorted((ROOT / "cases").rglob("*.yaml"))


@cache
def of_project(root: Path) -> dict[str, Draft7Validator]:
    """The schemas of a project."""
    diagnostics = Diagnostics()
    found = Project(root, diagnostics)
    assert found.organization is not None
    made = schemas(found.organization, found.forms.values())
    assert list(diagnostics) == []
    return {name: Draft7Validator(schema) for name, schema in made.items()}


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.name)
def test_every_sample_passes(file: Path) -> None:
    name = {"organization.yaml": "organization", "meeting.yaml": "meeting"}.get(file.name, "case")
    assert flagged(file.read_text(encoding="utf-8"), of_project(find_root(file))[name]) == []


@pytest.mark.parametrize("name", ["organization", "meeting", "case", "case-試験"])
def test_each_is_a_schema(name: str) -> None:
    Draft7Validator.check_schema(validator(name).schema)


@pytest.mark.parametrize("name", ["flow", "system", "contrast", "scheme"])
def test_every_figure_passes(name: str) -> None:
    text = (DATA / "figures" / f"{name}.yaml").read_text(encoding="utf-8")
    assert flagged(f"{CASE}目的:\n{text}", validator("case")) == []


@pytest.mark.parametrize("text", spellings.SPELLINGS.keys())
def test_every_spelling_passes(text: str) -> None:
    written = spellings.SPELLINGS[text][0]
    block = f"目的: >-\n        {written}" if written[0] not in "[{" else f"目的: {written}"
    assert flagged(CASE + block, validator("case")) == []


BEYOND = {
    *("brace-unclosed", "term-circular", "note-not-here", "text-one-paragraph", "reference-empty", "run-in-not-here"),
    *("department-no-mark", "department-unknown", "department-twice", "mark-twice", "provision-order", "date-era"),
    *("annex-twice", "annex-uncited", "agenda-twice", "reference-target", "article-branch"),
    *(
        "duplicate-key",
        "key-not-text",
        "slot-twice",
        "order-unknown",
        "table-columns",
        "comma-in-number",
        "term-no-full",
        "table-merge",
    ),
    *("figure-name-unknown", "figure-name-twice", "figure-arrow-self", "figure-place-taken", "figure-area"),
    *("figure-dead-end", "figure-unreached"),
}
"""What no schema can say: marks within a text, what is written twice or elsewhere, and what follows from the rest."""
BEYOND_TEXTS = ("2022-02-29", "平成50年度", "令和0年度")
"""Days and years that only a calendar knows."""


def broken() -> Iterator[tuple[str, str, str]]:
    """What the readers refuse: (schema, text, rules)."""

    def under(text: str, heading: str, indent: int) -> str:
        return f"{CASE}{heading}" + "".join(" " * indent + line + "\n" for line in text.splitlines())

    for old, new, rules in faulty_settings.HEADS:
        yield "case", edited(CASE, old, new), rules
    for text, rules in faulty_content.SECTIONS:
        yield "case", CASE + text, rules
    for text, rules in faulty_content.CONTENT:
        yield "case", CASE + text.replace("内容:", "目的:", 1), rules
    for annexes, cites, rules in faulty_content.ANNEXES:
        yield "case", citing(annexes, cites), rules
    for text, rules in faulty_content.REGULATIONS:
        yield "case", under(text, "別紙:\n  - 規程:\n", 6), rules
    for text, rules in faulty_content.TABLES:
        yield "case", under(text, "目的:\n  - ｛表｝:\n", 6), rules
    for text, rules, *_ in faulty_content.FIGURES:
        yield "case", under(text, "目的:\n  -\n", 4), rules
    for old, new, rules in faulty_settings.MEETINGS:
        yield "meeting", edited(MEETING, old, new), rules
    for old, new, rules in faulty_settings.ORGANIZATIONS:
        yield "organization", edited(ORGANIZATION, old, new), rules
    for style, rules in faulty_settings.HOUSE_STYLES:
        yield "organization", styled(style), rules


@pytest.mark.parametrize(("name", "text", "rules"), list(broken()))
def test_what_build_refuses_is_flagged(name: str, text: str, rules: str) -> None:
    text = text.replace("▼", "")
    if not rules:
        assert flagged(text, validator(name)) == []
    elif not (set(rules.split()) <= BEYOND or any(each in text for each in BEYOND_TEXTS)):
        assert flagged(text, validator(name)) != []


@pytest.mark.parametrize(
    ("text", "rule"), [*((text, "") for text, _ in spellings.WIDE_TABLES), *faulty_content.WIDE_TABLES]
)
def test_tables_of_several_columns(text: str, rule: str) -> None:
    found = flagged(CASE + text.replace("▼", ""), validator("case", form=spellings.WIDE))
    assert bool(found) == bool(rule and rule not in BEYOND), found


@pytest.mark.parametrize(
    ("old", "new", "flag"),
    [
        ("日付: 2022-05-06", "日付: ２０２２-０５-０６", False),
        ("日付: 2022-05-06", "日付: 令和4年 5月 6日", False),
        ("日付: 2022-05-06", "日付: 2022-02-3", False),
        ("日付: 2022-05-06", "日付: 2022-02-30", True),
        ("日付: 2022-05-06", "日付: ｛記入：日付｝", False),
        ("日付: 2022-05-06", "日付: ", False),
        ("番号: 82", "番号: '82'", False),
        ("番号: 82", "番号: ｛記入：番号｝", False),
        ("番号: 82", "番号: 82.5", True),
        ("主管課: 総務部総務課", "主管課: ｛記入：主管課｝", False),
        ("根拠: {条例: 第14条第3項}", "根拠: ｛記入：根拠｝", False),
        ("根拠: {条例: 第14条第3項}", "根拠: {条例: ｛記入：条項｝}", False),
        ("根拠: {条例: 第14条第3項}", "根拠: {｛記入：例規｝: ｛記入：条項｝}", False),
        ("理由: 委託するため", "理由: [｛記入：見出し｝: 文]\n時期: [｛記入：時｝: ｛記入：事柄｝]", False),
        ("様式: 試験", "様式: ｛記入：様式｝", False),  # no form, so nothing more can be said
        ("理由: 委託するため", "理由: ｛記入：理由｝", False),
        ("理由: 委託するため", "理由: 82", False),
        ("理由: 委託するため", "理由: 委託するため\n時期: ｛記入：時期｝\n業務: ｛記入：業務｝", False),
        ("理由: 委託するため", "理由: 委託するため\n組版: {詰め: no}", False),
    ],
)
def test_values_of_every_spelling(old: str, new: str, flag: bool) -> None:
    assert bool(flagged(edited(CASE, old, new), validator("case"))) is flag


def test_several_committees_must_be_chosen_from() -> None:
    found = schemas(city(TWO_COMMITTEES), [kind()])
    for name, text in (("meeting", edited(MEETING, "会議体: 審査会\n", "")), ("case", CASE)):
        (fault,) = flagged(text, Draft7Validator(found[name]))
        assert "会議体" in fault


# -- no false alarms: what a schema flags, build refuses ------------------------------------------------------------

TREES = {
    name: yaml.load(text, getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    for name, text in (("organization", FULL_ORGANIZATION), ("meeting", FULL_MEETING), ("case", FULL_CASE))
}


@st.composite
def changed(draw: st.DrawFn, name: str) -> str:
    """A file that says everything, with some of its nodes replaced, wrapped, renamed or dropped."""
    tree = copy.deepcopy(TREES[name])
    for _ in range(draw(st.integers(1, 2))):
        there = list(nodes(tree))
        parent, key = draw(st.sampled_from(there))
        others = [each[inner] for each, inner in there]
        match draw(st.integers(0, 6)):
            case 0:
                del parent[key]
            case 1:
                parent[key] = [parent[key]]
            case 2:
                parent[key] = {draw(st.sampled_from(KEYS)): parent[key]}
            case 3 if isinstance(parent, dict):
                parent[draw(st.sampled_from([*KEYS, *map(str, parent)]))] = parent.pop(key)
            case 4:
                parent[key] = copy.deepcopy(draw(st.sampled_from(others)))
            case 5:
                parent[key] = draw(st.sampled_from(SPELLED))
            case _:
                parent[key] = draw(VALUES)
    text: str = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=10**6)
    return text


SPELLED = [
    *("82", "０８", "1.5", "-1", "はい", "no", "True", "TRUE", "2022", "令和4", "平成31年度", "2022 年", "1"),
    *(
        "2022-5-6",
        "令和元年５月６日",
        "令和4年5月?日",
        "2022-05-?",
        "未定",
        "2022/05",
        "2022-05～7月",
        "2022年度末予定",
    ),
    *(
        "第1条",
        "附則",
        "第9条の2ただし書",
        "第3項第1号の2",
        "１",
        "（ア）",
        "①",
        "第1号",
        "比 2",
        "0",
        "1e1",
        "甲 → 乙",
        "",
    ),
]


def refused(name: str, text: str) -> bool:
    """Whether the readers refuse a file of the small city."""
    diagnostics = Diagnostics()
    node = read_text(text.encode("utf-8", "surrogatepass"), "案件.yaml", diagnostics)
    if node is None:
        return True
    match name:
        case "organization":
            found = read_organization(node, diagnostics)
            diagnostics.report(check_terms(found.terms.values()) if found else ())
        case "meeting":
            read_meeting(node, city(), diagnostics)
        case _:
            read_bundle(text, diagnostics)
    return bool(diagnostics.errors)


@pytest.mark.parametrize("name", TREES)
@tries(40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_what_a_schema_flags_build_refuses(name: str, data: st.DataObject) -> None:
    text = data.draw(changed(name))
    assume("~" not in text and "null" not in text)  # text to Kotobuki; no schema can tell them from nothing
    if instance(text) is None or not (faults := flagged(text, validator(name))):
        return
    assert refused(name, text), faults


# -- the command ----------------------------------------------------------------------------------------------------


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["schema", *arguments])
    return result.exit_code, result.output


def test_all_schemas_are_written(tmp_path: Path) -> None:
    root = project(tmp_path)
    code, told = run("--root", str(root))
    folder = root / ".kotobuki" / "schema"
    written = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert code == 0, told
    assert {"organization.schema.json", "meeting.schema.json", "case.schema.json", "case-試験.schema.json"} <= set(
        written
    )
    assert written[".gitignore"] == b"*\n"
    assert json.loads(written["case-試験.schema.json"]) == schemas(city(), [kind()])["case-試験"]
    assert '"yaml.schemas"' in told
    assert not (root / ".vscode").exists()
    run("--root", str(root))
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == written


def test_one_schema_is_printed(tmp_path: Path) -> None:
    root = project(tmp_path)
    assert run("試験", "--root", str(root)) == (0, as_bytes(schemas(city(), [kind()])["case-試験"]).decode())
    assert json.loads(run("meeting", "--root", str(root))[1])["title"] == "meeting.yaml"
    code, told = run("試検", "--root", str(root))
    assert (code, "「試検」という様式はありません" in told) == (2, True)
    assert not (root / ".kotobuki").exists()


def test_the_settings_of_the_editor_are_written_but_never_overwritten(tmp_path: Path) -> None:
    root = project(tmp_path)
    assert run("--vscode", "--out", str(root / "schemas"), "--root", str(root))[0] == 0
    written = json.loads((root / ".vscode" / "settings.json").read_bytes())
    assert written["yaml.schemas"]["schemas/meeting.schema.json"] == "cases/*/meeting.yaml"
    assert not (root / "schemas" / ".gitignore").exists()
    (root / ".vscode" / "settings.json").write_text("{}")
    code, told = run("--vscode", "--root", str(root))
    assert (code, (root / ".vscode" / "settings.json").read_text()) == (0, "{}")
    assert ".kotobuki/schema/case.schema.json" in told


def test_a_faulty_organization_stops_it(tmp_path: Path) -> None:
    root = project(tmp_path, ORGANIZATION=edited(ORGANIZATION, "自治体: みなと市", "自冶体: みなと市"))
    code, told = run("--root", str(root))
    assert (code, "unknown-key" in told, (root / ".kotobuki").exists()) == (1, True, False)


def test_a_forms_words_are_shown(tmp_path: Path) -> None:
    text = edited(
        edited(FORM, "様式: 試験", "様式: 試験\n説明: 試みの諮問"), "{名: 目的}", "{名: 目的, 手引: 狙いを書く。}"
    )
    schema = schemas(city(), [kind(text)])["case-試験"]
    assert schema["description"] == "試みの諮問"
    assert schema["properties"]["目的"]["description"] == "狙いを書く。"
    assert schema["properties"]["時期"]["title"] == "時期（予定）"
    assert schema["properties"]["理由"]["title"] == "理由（必須）"
