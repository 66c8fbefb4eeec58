"""The folder of a new municipality: organization.yaml, room for forms, and what git is to know.

In: the folder, who can be asked. Out: the files of `skeleton/`, placeholders for what is not answered; those that are
there already stay as they are.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from kotobuki.checks.registry import check_terms
from kotobuki.diagnostics import Diagnostics
from kotobuki.drafting.begin import DraftRequest, answers_to
from kotobuki.drafting.placing import DraftingError, check_free, write_new
from kotobuki.drafting.questions import name_question
from kotobuki.drafting.writing import fill
from kotobuki.file_names import REMEDY, fault_of_new
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.project import CASES, ORGANIZATION
from kotobuki.reading.parse import read_text
from kotobuki.settings.organization_reading import read_organization

_FILES = {
    f"{CASES}/{ORGANIZATION}": "organization.yaml",
    "templates/README.md": "templates.md",
    "README.md": "README.md",
    ".gitignore": "gitignore",
    ".gitattributes": "gitattributes",
}
"""Below the folder, and where their text is."""

QUESTIONS = (
    name_question("自治体の名称", "--name", "自治体の名称", "寿市"),
    name_question("長の職", "--head-post", "長の職", "寿市長"),
    name_question("長の氏名", "--head-name", "長の氏名", "寿 太郎"),
    name_question("庶務を担当する部", "--division", "会議の庶務を担当する部", "総務部"),
    name_question("庶務を担当する課", "--section", "その課", "総務課"),
    name_question("課の記号", "--mark", "課の記号", "総総"),
    name_question("会議体の名称", "--committee", "会議体の名称", "寿市情報公開・個人情報保護委員会"),
    name_question("会長の氏名", "--chair", "会長の氏名", "海野 渚"),
    name_question("条例の名称", "--law", "根拠とする条例の名称", "寿市個人情報保護条例"),
)


@dataclass(frozen=True, slots=True)
class Founded:
    """What was written, and what was there already and stays, both below the folder."""

    written: tuple[str, ...]
    kept: tuple[str, ...]


def found(folder: Path, wish: DraftRequest, diagnostics: Diagnostics) -> Founded:
    """The files of a new municipality. Raises `InputError`, `DraftingError`; then nothing is written."""
    if folder.exists() and not folder.is_dir():
        raise DraftingError(f"「{folder}」はフォルダではありません")
    if fault := fault_of_new(folder):
        raise DraftingError(f"「{folder}」は作れません（{fault}）。{REMEDY}")
    check_free(folder / CASES / ORGANIZATION)
    kept = tuple(name for name in _FILES if (folder / name).exists() or (folder / name).is_symlink())
    for name in _FILES:
        if name not in kept:
            check_free(folder / name)
    answers = answers_to(QUESTIONS, wish, diagnostics)
    division, section = (answers.get(f"庶務を担当する{each}") for each in ("部", "課"))
    if division and section:
        answers["庶務担当課"] = (division[0] + section[0],)
    source = files("kotobuki.drafting") / "skeleton"
    texts = {name: fill((source / text).read_text("utf-8"), answers) for name, text in _FILES.items()}
    node = read_text(texts[f"{CASES}/{ORGANIZATION}"].encode(), ORGANIZATION, diagnostics)
    if node is not None:
        organization = read_organization(node, diagnostics)
        diagnostics.report(check_terms(organization.terms.values()) if organization else ())
    diagnostics.raise_if_errors()
    new = {name: text for name, text in texts.items() if name not in kept}
    write_new({folder / name: text.encode() for name, text in new.items()})
    return Founded(tuple(new), kept)
