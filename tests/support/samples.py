"""A small city with one form, and papers printed as lines that can be read: what the tests of the heart share.

`lines` and `faults` take the sections of a paper as YAML (heading: content); `compose` takes a whole case with its
organization, form, meeting and template. Nothing here touches the disk but `project`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from textwrap import dedent

from support.paths import ROOT

from kotobuki.case.case import Case, read_case
from kotobuki.case.content import read_content
from kotobuki.case.head import USUAL
from kotobuki.checks.registry import check_case, check_meeting, check_terms
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.document import Block, Figure, Paper, Paragraph, Run, Table
from kotobuki.forms.compose import Bundle, names_of
from kotobuki.forms.compose import compose as compose_paper
from kotobuki.forms.plan import PaperPages, PaperPlan, Template
from kotobuki.numbering.draft import DraftAnnex, DraftPaper, DraftSection, Names
from kotobuki.numbering.resolve import resolve
from kotobuki.reading.inlines import Text, parse_line
from kotobuki.reading.nodes import Mapping, Node
from kotobuki.reading.parse import read_text
from kotobuki.settings.form import Form
from kotobuki.settings.form_reading import read_form
from kotobuki.settings.house_style import HouseStyle
from kotobuki.settings.meeting import read_meeting
from kotobuki.settings.organization import Organization
from kotobuki.settings.organization_reading import read_organization
from kotobuki.settings.terms import read_terms

ORGANIZATION = """\
自治体: みなと市
長: {職: みなと市長, 氏名: 海野 渚}
部課:
  - 部: 総務部
    課:
      - {名: 総務課, 記号: 総総, 係: [文書係]}
      - {名: 人事課, 記号: 総人}
  - 部: 福祉局
    長: 福祉局長
    課:
      - {名: 介護課, 記号: 福介}
会議体:
  審査会: {名称: みなと市審査会, 会長: 山川 岬, 庶務担当課: 総務部総務課}
例規:
  条例: みなと市個人情報保護条例
  規則: みなと市個人情報保護条例施行規則
用語:
  市: みなと市
"""

TWO_COMMITTEES = ORGANIZATION.replace(
    "例規:",
    "  審議会: {名称: みなと市審議会, 会長の職: 委員長, 会長: 川山 崎, 庶務担当課: 総務部人事課, 敬称: 様}\n例規:",
)

FORM = """\
様式: 試験
書類:
  表紙: {雛形: 試験/表紙.txt, ページ番号: なし, 会議のときだけ: はい}
  依頼書: {雛形: 試験/依頼書.txt}
節:
  - {名: 事項, 内容: ｛件名｝}
  - {名: 理由, 必須: はい}
  - {名: 目的}
  - {名: 時期, 見出し: 時期（予定）, 種類: 日程}
  - {名: 担当, 内容: ｛主管課｝}
  - 名: 業務
    種類: 表
    列: [項目, 内容]
    列幅: [8, 29]
    行:
      - {名: 概要, 必須: はい}
      - {名: 体制, 種類: 体制}
      - {名: 情報, 種類: 個人情報, 項目の見出し: 扱う項目, 件数の見出し: 予定件数}
      - {名: 予定, 種類: 日程}
"""

REQUEST = """\
{% if 写し %}
写しの印：{{ 丸("写") }}
{% endif %}
文書番号：{{ 依頼.文書番号 }}
日付：{{ 依頼.日付 }}
宛先：{{ 依頼.宛先 | 字間(0.5) }}{{ 空き(1) }}{{ 依頼.敬称 }}
{% for 職 in 依頼.発信者 %}
発信者：{{ 職 }}
{% endfor %}
標題：{{ 根拠例規 }}の規定による諮問について
本文：{{ 根拠 }}の規定に基づき諮問願います。
{% for 項 in 各節 %}
節見出し：{{ 項.見出し }}
{{ 項.内容 }}
{% endfor %}
"""

COVER = """\
議案番号：{{ 会議.年度 }}第{{ 議案.番号 }}号議案
{% for 書 in 添付資料 %}
添付資料：{{ リンク(書.名, 書) }} {{ 書.初めのページ }}{% if 書.複数ページ %}～{{ 書.終わりのページ }}{% endif +%}
{% endfor %}
"""

MEETING = """\
会議体: 審査会
年度: 令和4年度
回: 1
諮問: {番号: 80, 日付: 2022-05-11}
議案: {2: 案件.yaml}
"""

HEADER = """\
様式: 試験
件名: 見本の業務について
主管課: 総務部総務課
根拠: {条例: 第14条第3項}
依頼: {番号: 82, 日付: 2022-05-06}
"""
CASE = HEADER + "理由: 委託するため\n"


@dataclass(frozen=True)
class Result:
    """A paper and what was said about it on the way."""

    paper: Paper | None
    diagnostics: Diagnostics

    @property
    def lines(self) -> list[str]:
        """The paper, which must be without fault, as text."""
        assert self.faults == []
        assert self.paper is not None
        return show(self.paper.blocks)

    @property
    def faults(self) -> list[str]:
        """Each diagnostic as `rule line:column`."""
        return [f"{each.rule} {each.place.line}:{each.place.column}" for each in self.diagnostics]


def read(text: str, diagnostics: Diagnostics, shown: str = "案件.yaml") -> Node:
    """The node of a YAML text, its indent removed."""
    node = read_text(dedent(text).encode(), shown, diagnostics)
    assert node is not None, list(diagnostics)
    return node


def resolved(
    sections: str,
    *,
    terms: str = "",
    style: HouseStyle | None = None,
    annexes: Sequence[str] = (),
    notes: bool = True,
    title: str = "件名",
) -> Result:
    """The sections of a paper, each `heading: content`, settled with the terms of a YAML mapping."""
    diagnostics = Diagnostics()
    node = read(sections, diagnostics)
    assert isinstance(node, Mapping)
    found = read(terms, diagnostics, "用語.yaml") if terms else None
    assert found is None or isinstance(found, Mapping)
    names = Names(read_terms(found, diagnostics), {"件名": (Text(title),)}, style or HouseStyle())
    blocks = tuple(
        DraftSection(parse_line(key, diagnostics), read_content(value, diagnostics), notes=notes, place=key.place())
        for key, value in node.entries
    )
    drafts = tuple(
        DraftAnnex(title=(Text(annex),), place=Place("別紙", index, 1)) for index, annex in enumerate(annexes, 1)
    )
    paper = resolve(DraftPaper(key="paper1", name="依頼書", blocks=blocks, annexes=drafts), names, diagnostics)
    return Result(paper, diagnostics)


def citing(annexes: str, cites: str = "") -> str:
    """The case with something behind its sections, cited in one of them."""
    return CASE.replace("委託するため", f"委託するため{cites}") + annexes


def styled(text: str) -> str:
    """The organization with a house style."""
    return f"{ORGANIZATION}表記:\n" + "".join(f"  {line}\n" for line in text.splitlines())


def lines(sections: str, **settings: object) -> list[str]:
    """What the sections print."""
    return resolved(sections, **settings).lines  # type: ignore[arg-type]  # handed on as given


def faults(sections: str, **settings: object) -> list[str]:
    """What is wrong with the sections, each as `rule line:column`."""
    return resolved(sections, **settings).faults  # type: ignore[arg-type]  # handed on as given


def compose(
    case: str = CASE,
    *,
    organization: str = ORGANIZATION,
    form: str = FORM,
    template: str = REQUEST,
    meeting: str = "",
    paper: str = "依頼書",
    attached: tuple[PaperPages, ...] = (),
) -> Result:
    """One paper of a whole case."""
    diagnostics = Diagnostics()
    bundle = read_bundle(case, diagnostics, organization=organization, form=form, meeting=meeting)
    if bundle is None:
        return Result(None, diagnostics)
    own = Template(template, "雛形.txt", roles())
    plan = PaperPlan(key="paper1", name=paper, template=own, attached=attached)
    composed = compose_paper(bundle, plan, diagnostics)
    found = resolve(composed.paper, names_of(bundle), diagnostics) if composed else None
    return Result(found, diagnostics)


def read_bundle(
    case: str, diagnostics: Diagnostics, *, organization: str = ORGANIZATION, form: str = FORM, meeting: str = ""
) -> Bundle | None:
    """A case with what it needs, read from texts."""
    city, of_city = _city(organization)
    kind, of_kind = _kind(form)
    diagnostics.hear(of_city)
    diagnostics.hear(of_kind)
    if city is None or kind is None:
        return None
    found = read_case(read(case, diagnostics), city, {kind.name: kind}, diagnostics)
    session = read_meeting(read(meeting, diagnostics, "meeting.yaml"), city, diagnostics) if meeting else None
    committee = session.committee if session else next(iter(city.committees), None)
    diagnostics.report(check_terms(city.terms.values()))
    diagnostics.report(check_case(found) if found else ())
    diagnostics.report(check_meeting(session) if session else ())
    if found is None or committee is None:
        return None
    return Bundle(found, city, committee, session, session.agenda[0].number if session else None)


@lru_cache(maxsize=64)
def _city(text: str) -> tuple[Organization | None, Diagnostics]:
    """An organization and what is said of it; most tests have the same one."""
    diagnostics = Diagnostics()
    return read_organization(read(text, diagnostics, "organization.yaml"), diagnostics), diagnostics


@lru_cache(maxsize=64)
def _kind(text: str) -> tuple[Form | None, Diagnostics]:
    """A form and what is said of it."""
    diagnostics = Diagnostics()
    return read_form(read(text, diagnostics, "form.yaml"), USUAL, diagnostics), diagnostics


def city(text: str = ORGANIZATION) -> Organization:
    """An organization, which must be without fault."""
    found, diagnostics = _city(text)
    assert found is not None and not diagnostics.found, list(diagnostics)
    return found


def kind(text: str = FORM) -> Form:
    """A form, which must be without fault."""
    found, diagnostics = _kind(text)
    assert found is not None and not diagnostics.found, list(diagnostics)
    return found


def read_faultless(text: str = CASE) -> Case:
    """A case, which must be without fault."""
    diagnostics = Diagnostics()
    bundle = read_bundle(text, diagnostics)
    assert bundle is not None and not diagnostics.found, list(diagnostics)
    return bundle.case


@cache
def roles() -> Collection[str]:
    """The roles that base.docx knows."""
    from kotobuki.word.base_file import read_base

    return frozenset(read_base(ROOT / "templates" / "base.docx", Diagnostics()).stylesheet.paragraphs)


def project(folder: Path, cases: dict[str, str] | None = None, **changed: str) -> Path:
    """The small city as files: cases/organization.yaml, templates/, cases/第1回/ with a meeting and one case.

    `cases`: file name → text instead of that one case. `changed`: ORGANIZATION, FORM, REQUEST, COVER or MEETING.
    """
    texts = {
        "cases/organization.yaml": changed.get("ORGANIZATION", ORGANIZATION),
        "templates/試験/form.yaml": changed.get("FORM", FORM),
        "templates/試験/依頼書.txt": changed.get("REQUEST", REQUEST),
        "templates/試験/表紙.txt": changed.get("COVER", COVER),
        "cases/第1回/meeting.yaml": changed.get("MEETING", MEETING),
        **{f"cases/第1回/{name}": text for name, text in (cases or {"案件.yaml": CASE}).items()},
    }
    for name, text in texts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def marked(text: str, rules: str) -> tuple[str, list[str]]:
    """A text without its ▼, and what `faults` must be if one of `rules` is broken at each ▼, in this order."""
    plain, expected = text.split("▼")[0], []
    for rule, part in zip(rules.split(), text.split("▼")[1:], strict=True):
        expected.append(f"{rule} {plain.count(chr(10)) + 1}:{len(plain) - plain.rfind(chr(10))}")
        plain += part
    return plain, expected


def edited(text: str, old: str, new: str) -> str:
    """`text` with one place changed."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def show(blocks: Sequence[Block]) -> list[str]:
    """A paragraph a line, its label before it; a row of a table as `a | b`, paragraphs of a cell parted by ／."""
    return [line for block in blocks for line in _shown(block)]


def _shown(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.label + (" " if block.tab else "") + block.text
        return
    if isinstance(block, Figure):
        yield f"図：{block.description}"
        return
    for row in block.rows:
        yield " | ".join("／".join(show(cell.blocks)) for cell in row.cells)


def paragraphs(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """Every paragraph, those of tables too, in print order."""
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs(cell.blocks)
        elif isinstance(block, Paragraph):
            yield block


def runs(paragraph: Paragraph) -> list[Run]:
    """The runs of a paragraph."""
    return [inline for inline in paragraph.inlines if isinstance(inline, Run)]
