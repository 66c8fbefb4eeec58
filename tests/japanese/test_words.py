"""Where a label may be broken without parting a word: by its script alone."""

from __future__ import annotations

import pytest

from kotobuki.japanese.words import parts, words


@pytest.mark.parametrize(
    "whole",
    [
        "インターネット|接続端末を|利用する",
        "インターネット等|運用審査会",
        "承認実績のない|利用範囲か",
        "機密性２以上か",
        "全庁|LAN|端末を|利用せず|）に|本人同意等|利用根拠",
        "お知らせの|お届け|先",
        "令和４年|７月|10日",
        "2か所の|窓口で|受け|付けているかどうかを|ＣＳＶ|形式で|確認",
        "約1,000件／年",
        "業務の|委託を|行う",
        "犬が|死亡した|ときに|届出",
        "補助率10／10",
    ],
)
def test_words_end_where_the_script_changes(whole: str) -> None:
    text = whole.replace("|", "")
    found = [text[start:end] for start, end in words(text)]
    assert found == [word for word in whole.split("|") if len(word) > 1]


@pytest.mark.parametrize(
    "whole",
    ["個人情報|保護審査会", "経営|企画|部長", "支援|対象者|名簿", "情報|公開を", "諮問済|基準に", "アクセスコード|を"],
)
def test_a_long_word_is_parted_in_pairs(whole: str) -> None:
    text = whole.replace("|", "")
    assert [text[start:end] for start, end in parts(text)] == [word for word in whole.split("|") if word != "を"]
