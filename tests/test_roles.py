"""Roles: how their styles are called, and that a name in a template is read back as the role it is."""

from __future__ import annotations

import pytest

from kotobuki.roles import (
    NUMBERED_ROW_LABEL,
    ROLES,
    SECTION_HEADING,
    TABLE_ROLES,
    Role,
    RoleFamily,
    RoleName,
    items,
    role_named,
)


@pytest.mark.parametrize(
    ("role", "style"),
    [
        (SECTION_HEADING, "節見出し"),
        (NUMBERED_ROW_LABEL, "表項目1"),
        (NUMBERED_ROW_LABEL.beneath, "表項目1本文"),
        (Role(RoleFamily.SMALL_TABLE, RoleName.NOTE), "小表注"),
        (Role(RoleFamily.LAW, RoleName.BULLET).beneath, "規程箇条本文"),
    ],
)
def test_a_style_is_called_by_family_name_and_level(role: Role, style: str) -> None:
    assert role.style == style
    assert role_named(style) == role


def test_every_role_has_a_style_of_its_own_that_is_read_back() -> None:
    assert {role_named(role.style) for role in ROLES} == ROLES
    assert len({role.style for role in TABLE_ROLES}) == 4


def test_a_style_that_base_docx_alone_knows_is_a_role_too() -> None:
    assert role_named("表紙件名").style == "表紙件名"
    assert role_named("表紙件名") not in ROLES


def test_points_of_an_article_begin_at_the_second_level() -> None:
    assert [role and role.style for role in items(RoleFamily.LAW)] == [None, "号", "細分1", "細分2", "細分3"]
    assert len(items(RoleFamily.SMALL_TABLE)) == 6
