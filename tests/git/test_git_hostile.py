"""Repositories that are made to mislead or to run something: a diagnostic or the right result, and nothing is started."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from support import processes
from support.commands import run
from support.repositories import BASE, FILE, Repository
from support.samples import edited

from kotobuki.diagnostics import CommandError
from kotobuki.git.log import commits_of
from kotobuki.git.revisions import check_out, commit_of

pytestmark = [pytest.mark.git, pytest.mark.process]
FOLDER = "cases/第1回"
CHANGED = "変更  三つ目を改める"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    found = Repository(tmp_path / "区の 資料")
    monkeypatch.chdir(found.folder)
    return found


def diff(*arguments: str) -> tuple[int, str]:
    done = run("diff", *arguments)
    assert "予期しない" not in done.err and "Traceback" not in done.err
    return done.status, done.out + done.err


def change(repository: Repository) -> None:
    repository.write(edited(BASE, "三つ目", "三つ目を改める"))


def only_that_changed(said: str) -> bool:
    return "{+を改める+}" in said and "追加" not in said and "削除" not in said


def test_attributes_hide_nothing_and_change_nothing(repository: Repository) -> None:
    lines = "cases/** export-ignore export-subst filter=evil ident working-tree-encoding=UTF-16\n"
    (repository.folder / ".gitattributes").write_text(lines, encoding="utf-8")
    (repository.folder / ".git/info/attributes").write_text("* export-ignore\n", encoding="utf-8")
    repository.write(edited(BASE, "二つ目", "$Format:%H$ $Id$"))
    blob = repository.git("hash-object", "-w", "--no-filters", FILE).strip()
    repository.git("add", ".gitattributes")
    repository.git("update-index", "--cacheinfo", f"100644,{blob},{FILE}")
    repository.git("commit", "--quiet", "--message", "attributes")
    repository.write(edited(edited(BASE, "二つ目", "$Format:%H$ $Id$"), "三つ目", "三つ目を改める"))
    status, said = diff("HEAD")
    assert (status, only_that_changed(said)) == (0, True), said


def link(to: str) -> Callable[[Repository], None]:
    def plant(repository: Repository) -> None:
        (repository.folder / FILE).unlink()
        (repository.folder / FILE).symlink_to(to)

    return plant


def folder_link(to: str) -> Callable[[Repository], None]:
    def plant(repository: Repository) -> None:
        (repository.folder / FOLDER).rename(repository.folder / "cases/別")
        (repository.folder / FOLDER).symlink_to(to)

    return plant


def pointer(repository: Repository) -> None:
    repository.write(f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12\n")


def submodule(repository: Repository) -> None:
    head = repository.git("rev-parse", "HEAD").strip()
    repository.git("rm", "-r", "--cached", "--quiet", FOLDER)
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{head},{FOLDER}")


PLANTS = {
    "absolute link": (link("/etc/passwd"), "リンク"),
    "link out of the repository": (link("../../../../etc/passwd"), "リンク"),
    "link to what is not kept": (link("../../README"), "リンク"),
    "link to itself": (link("案件.yaml"), "輪"),
    "folder that is a link": (folder_link("/etc"), "リンク"),
    "folder that is a link inside": (folder_link("別"), "リンク"),
    "LFS pointer": (pointer, "Git LFS"),
    "submodule": (submodule, "submodule"),
}


@pytest.mark.parametrize("name", PLANTS)
def test_what_a_commit_does_not_hold_is_said(name: str, repository: Repository) -> None:
    plant, words = PLANTS[name]
    plant(repository)
    if name != "submodule":
        repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message", name)
    repository.git("checkout", "--quiet", "main~1", "--", "cases") if name != "submodule" else None
    status, said = diff("HEAD", "--", "cases")
    assert status == 2 and words in said and "追加" not in said, said
    (repository.folder / "cases/ほか.yaml").write_text(BASE, encoding="utf-8")
    (repository.folder / "templates/図.png").symlink_to("/etc/passwd")  # of no account
    repository.git("checkout", "--quiet", "--force", "-B", "main", "HEAD~1")
    repository.commit("ほか")
    (repository.folder / "cases/ほか.yaml").write_text(edited(BASE, "三つ目", "三つ目を改める"), encoding="utf-8")
    status, said = diff("HEAD", "--", "cases/ほか.yaml")
    assert (status, only_that_changed(said)) == (0, True), said


def test_a_link_within_a_commit_is_what_it_leads_to(repository: Repository) -> None:
    (repository.folder / FILE).rename(repository.folder / "cases/元.yaml")
    (repository.folder / FILE).symlink_to("../元.yaml")
    repository.commit("link")
    (repository.folder / FILE).unlink()
    change(repository)
    status, said = diff("HEAD", "--", FILE)
    assert (status, only_that_changed(said)) == (0, True), said


@pytest.mark.parametrize("name", ["-x.yaml", "--help.yaml", '引"用.yaml', "改\n行.yaml", "a\\b.yaml", "'.yaml"])
def test_names_of_any_kind(name: str, repository: Repository) -> None:
    file = repository.folder / FOLDER / name
    file.write_text(BASE, encoding="utf-8")
    repository.commit("name")
    file.write_text(edited(BASE, "三つ目", "三つ目を改める"), encoding="utf-8")
    status, said = diff("HEAD")
    assert (status, only_that_changed(said)) == (0, True), said


def test_a_name_that_is_no_text_is_said(repository: Repository) -> None:
    file = repository.folder / FOLDER / "\udce3\udcff.yaml"
    file.write_text(BASE, encoding="utf-8")
    repository.commit("name")
    status, said = diff("HEAD")
    assert (status, "UTF-8ではない" in said) == (2, True), said
    file.unlink()
    status, said = diff("HEAD")
    assert (status, "UTF-8ではない" in said) == (2, True), said


def test_folders_and_revisions_that_look_like_options(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = repository.folder / "-C"
    for name in ("cases", "templates"):
        (repository.folder / name).rename(inner / name) if inner.is_dir() else (
            inner.mkdir(), (repository.folder / name).rename(inner / name)
        )  # fmt: skip
    repository.commit("moved")
    monkeypatch.chdir(inner)
    Path(FILE).write_text(edited(BASE, "三つ目", "三つ目を改める"), encoding="utf-8")
    status, said = diff("HEAD")
    assert (status, only_that_changed(said)) == (0, True), said
    with pytest.raises(CommandError):
        commit_of(inner, "--output=x")
    assert not Path("x").exists()


def test_replaced_objects_and_grafts_are_not_believed(repository: Repository) -> None:
    first = repository.git("rev-parse", "HEAD").strip()
    change(repository)
    repository.commit("second")
    second = repository.git("rev-parse", "HEAD").strip()
    repository.git("replace", second, first)
    (repository.folder / ".git/info/grafts").write_text(f"{second}\n", encoding="utf-8")
    status, said = diff("main~1", "main")
    assert (status, only_that_changed(said)) == (0, True), said


def test_nothing_that_a_configuration_names_is_started(repository: Repository, tmp_path: Path) -> None:
    proof = tmp_path / "proof"
    script = tmp_path / "evil"
    script.write_text(f"#!/bin/sh\ntouch '{proof}'\nexit 1\n", encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    settings = {
        **dict.fromkeys(
            ("core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "diff.external"), str(script)
        ),
        **dict.fromkeys(
            ("diff.evil.textconv", "diff.evil.command", "filter.evil.smudge", "filter.evil.clean"), str(script)
        ),
        **dict.fromkeys(("pager.ls-tree", "pager.cat-file", "alias.cat-file", "gpg.program"), str(script)),
        "core.hooksPath": str(tmp_path / "hooks"),
        "remote.origin.url": f"ext::{script}",
        "remote.origin.promisor": "true",
        "protocol.ext.allow": "always",
        "extensions.partialClone": "origin",
        "core.repositoryFormatVersion": "1",
    }
    (tmp_path / "hooks").mkdir()
    for name in ("post-index-change", "reference-transaction", "post-checkout"):
        (tmp_path / "hooks" / name).write_bytes(script.read_bytes())
        (tmp_path / "hooks" / name).chmod(0o755)
    (repository.folder / ".gitattributes").write_text("* filter=evil diff=evil\n", encoding="utf-8")
    repository.git("add", ".gitattributes")
    repository.git("commit", "--quiet", "--message", "attributes")
    for name, value in settings.items():
        repository.git("config", name, value)
    proof.unlink(missing_ok=True)
    change(repository)
    status, said = diff("HEAD")
    assert (status, only_that_changed(said), proof.exists()) == (0, True, False), said
    blob = repository.run("rev-parse", f"HEAD:{FILE}").stdout.strip()
    (repository.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()  # to be fetched from the promisor
    proof.unlink(missing_ok=True)
    status, said = diff("HEAD")
    assert (status, "git" in said, proof.exists()) == (2, True, False), said


def test_signatures_are_not_looked_at(repository: Repository, tmp_path: Path) -> None:
    """A program of the configuration would look at them, wherever a signed commit is listed."""
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n"
    commit = repository.git("cat-file", "commit", "HEAD")
    (tmp_path / "signed").write_text(commit.replace("\n\n", f"\n{signature}\n", 1), encoding="utf-8", newline="\n")
    signed = repository.git("hash-object", "-t", "commit", "-w", str(tmp_path / "signed")).strip()
    repository.git("update-ref", "HEAD", signed)
    repository.git("config", "log.showSignature", "true")
    repository.git("config", "gpg.program", str(script := tmp_path / "evil"))
    script.write_text(f"#!/bin/sh\ntouch '{tmp_path / 'proof'}'\n", encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    assert [each.id for each in commits_of(repository.folder, repository.folder / FILE)] == [signed]
    assert not (tmp_path / "proof").exists()


def test_a_repository_among_the_files_is_none(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of the project that holds HEAD, objects and refs would be a repository to git, with settings of its own."""
    bare = repository.folder / "内"
    processes.git(repository.folder, "clone", "--quiet", "--bare", ".", "内")
    (bare / "cases").mkdir()
    (bare / "cases/organization.yaml").write_bytes((repository.folder / "cases/organization.yaml").read_bytes())
    monkeypatch.chdir(bare)
    status, said = diff("HEAD")
    assert status == 2 and "違いはありません" not in said, said


def test_what_called_kotobuki_does_not_say_which_repository(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Repository(tmp_path / "ほか")
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.folder))
    assert (
        commit_of(repository.folder, "HEAD")
        == processes.run(
            repository.folder, "git", "--git-dir", str(repository.folder / ".git"), "rev-parse", "HEAD"
        ).stdout.strip()
    )


def test_a_tree_with_paths_that_lead_out(repository: Repository, tmp_path: Path) -> None:
    """Made by hand: git itself makes no such tree."""
    import subprocess

    def tree(*entries: tuple[str, str, str]) -> str:
        lines = [f"{mode} {name}".encode() + b"\0" + bytes.fromhex(blob) for mode, name, blob in entries]
        command = ["git", "hash-object", "-t", "tree", "-w", "--stdin", "--literally"]
        done = subprocess.run(command, cwd=repository.folder, input=b"".join(lines), capture_output=True, check=True)
        return done.stdout.decode().strip()

    blob = repository.git("rev-parse", f"HEAD:{FILE}").strip()
    inner = tree(("100644", "evil.yaml", blob))
    for name in ("..", "."):
        up = tree(("40000", name, inner), ("100644", "organization.yaml", blob))
        top = tree(("40000", "cases", tree(("40000", "..", up))))
        commit = repository.git("commit-tree", top, "-m", "evil").strip()
        (tmp_path / "to").mkdir(exist_ok=True)
        check_out(repository.folder, commit, tmp_path / "to")
        assert not list(tmp_path.glob("evil.yaml")) and not list(tmp_path.parent.glob("evil.yaml"))


def test_a_gitattributes_that_is_a_link_is_left_alone(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("precious\n", encoding="utf-8")
    (repository.folder / ".gitattributes").symlink_to(tmp_path / "file")
    processes.kotobuki(repository.folder, "git", "install", status=2)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "precious\n"
