"""Figures as authors of official papers write them, made up of a seed: twelve of each kind are looked at and measured."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from support.figure_samples import read

from kotobuki.case import blocks as b
from kotobuki.document import Figure

SEEDS = range(12)

_PLACES = ("申請窓口", "情報システム課", "インターネット接続端末", "委託事業者", "東京都", "対象世帯", "個人情報保護審査会", "指定管理者", "収納代行業者",
           "住民基本台帳ネットワークシステム", "コールセンター", "区民", "庁内サーバ", "電子申請サービス")  # fmt: skip
_STEPS = ("主管課相談受付", "申込みの受付", "記載内容の確認", "インターネット等運用審査会", "主管部長決裁", "結果の通知", "利用登録", "納付書の送付",
          "補正の依頼", "現地調査", "支給決定", "データの消去", "支援対象者名簿の作成", "委託契約の締結")  # fmt: skip
_QUESTIONS = (
    "個人情報があるか",
    "機密性2以上か",
    "書類に不備がないか",
    "承認実績のない利用範囲か",
    "外部結合以外の個人情報保護審査会の諮問が必要か",
    "期限内か",
)
_ANSWERS = (
    ("ある", "ない"),
    ("はい", "いいえ"),
    ("承認実績なし", "承認実績あり"),
    ("個人情報あり", "個人情報なし"),
    ("諮問済基準に該当する", "諮問済基準に該当しない"),
)
_NOTES = ("窓口で受け付ける。", "・本人の同意等の根拠がある場合", "・外部からの侵入への対策", "※ 令和3年7月諮問答申済み", "氏名、住所、電話番号及び生年月日", "（約1,000件／年）",
          "CSV形式のデータを暗号化して送信する。", "個人情報を含む")  # fmt: skip
_CAPTIONS = (
    "補助金（10／10）",
    "暗号化通信",
    "支援対象者名簿",
    "実績報告",
    "委託料",
    "LGWANを経由した照会及び回答",
    "申込み",
    "アクセスコードの通知",
    "",
)


def figure(kind: str, seed: int, folder: Path) -> Figure:
    """A figure of a kind, as it is read of YAML."""
    written = {"種類": kind, "説明": "図", **_KINDS[kind](Random(f"{kind}{seed}"))}
    (block,), diagnostics = read(json.dumps({"｛図｝": written}, ensure_ascii=False), folder)
    assert isinstance(block, b.FigureBlock), list(diagnostics)
    return Figure(block.figure, block.description, place=block.place)


def _notes(rng: Random, most: int) -> dict[str, Any]:
    """内容, or nothing."""
    count = rng.randint(0, most)
    return {"内容": rng.sample(_NOTES, count)} if count else {}


def _flow(rng: Random) -> dict[str, Any]:
    """One flow through some lanes, or two, each in a lane of its own."""
    lanes = rng.sample(_PLACES, rng.randint(1, 3))
    if parallel := rng.random() < 0.4:
        lanes = ["現在の対応", "諮問後の対応（予定）"]
    steps: list[Any] = []
    for lane in lanes if parallel else [""]:
        steps += _steps(rng, [lane] if parallel else lanes)
    return {"レーン": lanes, "手順": steps}


def _steps(rng: Random, lanes: list[str]) -> list[Any]:
    count = rng.randint(4, 8)
    names = [f"{lanes[0]}手順{at}" for at in range(count)]
    steps = []
    for at, name in enumerate(names):
        step: dict[str, Any] = {"レーン": rng.choice(lanes), "文": rng.choice(_STEPS)}
        if at == 0:
            step |= {"形": "開始", "レーン": lanes[0]}
        elif at == count - 1:
            step |= {"形": "終了"}
        elif at < count - 2 and rng.random() < 0.5:
            first, second = rng.choice(_ANSWERS)
            others = [other for other in names[1:] if other not in (name, names[at + 1])]
            step |= {"文": rng.choice(_QUESTIONS), "分岐": {first: names[at + 1], second: rng.choice(others)}}
            step |= _notes(rng, 4) if rng.random() < 0.3 else {}
        steps.append({name: step})
    return steps


def _links(rng: Random, names: list[str], lines: tuple[str, ...]) -> list[Any]:
    found = []
    for _ in range(rng.randint(2, 7)):
        one, other = rng.sample(names, 2)
        arrow = {"文": rng.choice(_CAPTIONS), "線": rng.choice(lines), "番号": rng.choice(("はい", "いいえ"))}
        found.append({f"{one} {rng.choice('→→→⇔')} {other}": arrow})
    return found


def _system(rng: Random) -> dict[str, Any]:
    names = rng.sample(_PLACES, rng.randint(4, 9))
    zones: dict[str, list[Any]] = {
        zone: [] for zone in ("区", "国のシステム", "委託事業者（データセンター）")[: rng.randint(2, 3)]
    }
    for at, name in enumerate(names):
        zone = list(zones)[at] if at < len(zones) else rng.choice(list(zones))
        zones[zone].append({name: _notes(rng, 2) | {"破線": rng.choice(("はい", "いいえ", "いいえ"))}})
    kept = next(iter(zones.values()))[0]
    areas = {"個人情報の領域": [next(iter(kept))]} if rng.random() < 0.5 else {}
    return {"区画": zones, "囲み": areas, "矢印": _links(rng, names, ("実線", "太線", "破線"))}


def _scheme(rng: Random) -> dict[str, Any]:
    names = rng.sample(_PLACES, rng.randint(3, 6))
    places = rng.sample([(column, row) for column in range(1, 4) for row in range(1, 4)], len(names))
    parties = [
        {name: {"列": column, "段": row} | _notes(rng, 2)} for name, (column, row) in zip(names, places, strict=True)
    ]
    return {"当事者": parties, "矢印": _links(rng, names, ("金銭", "物・サービス", "情報"))}


def _contrast(rng: Random) -> dict[str, Any]:
    pairs: list[Any] = []
    for at in range(rng.randint(1, 5)):
        pair: dict[str, Any] = {side: rng.sample(_NOTES, rng.randint(1, 4)) for side in ("現行", "変更後")}
        pair |= {"備考": rng.choice(_NOTES)} if rng.random() < 0.4 else {}
        pairs.append(pair if rng.random() < 0.5 else {f"{rng.choice(_STEPS)}{at}": pair})
    return {"対比": pairs}


_KINDS: dict[str, Callable[[Random], dict[str, Any]]] = {
    "流れ図": _flow,
    "システム図": _system,
    "スキーム図": _scheme,
    "新旧": _contrast,
}
KINDS = tuple(_KINDS)
