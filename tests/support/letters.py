"""A letter (通知) of the form that comes with Kotobuki, as the tests of letters edit it."""

from __future__ import annotations

from support.paths import ROOT

FOLDER = ROOT / "templates" / "通知・照会・回答"
FORM = (FOLDER / "form.yaml").read_text(encoding="utf-8")
TEMPLATE = (FOLDER / "施行文.txt").read_text(encoding="utf-8")
LETTER = """\
様式: 通知・照会・回答
件名: 会議の開催について
主管課: 総務部総務課
発信:
  種別: 通知
  番号: 12
  日付: 2022-06-01
  宛先: 福祉局長
本文: 下記のとおり開催します。
"""
TO = "  宛先: 福祉局長\n"
