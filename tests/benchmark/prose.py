"""Sentences for synthetic cases: the number of a case in, text like that of a real paper out, always the same.

All wording is made up here. Patterns with interchangeable words give each case a text of its own, so that nothing
that remembers earlier text gains by it, and the character set of a real packet (some 700 different characters).
"""

from __future__ import annotations

import re
from random import Random

_PATTERNS = (
    "{when}、{who}が{thing}を{how}確かめ、その結果を{place}に備えた帳簿に書き入れる。",
    "{who}は、{thing}の受渡しに立ち会い、数量、日付及び相手方の氏名を控える。",
    "{thing}は{place}で保管し、{who}のほかは手を触れない。",
    "{event}が起きたときは、{who}が{who2}に直ちに伝え、指示を待って{thing}の扱いを決める。",
    "{place}には{who}の許しを得た者だけが入り、出入りの時刻を{how}残す。",
    "使い終えた{thing}は、{when}{how}細断し、又は溶かして処分する。",
    "{thing}を{place}の外へ持ち出すときは、{how}鍵の掛かるかばんに収める。",
    "端末は{who}ごとに割り当て、パスワードを{period}に一度は改める。",
    "{who}に対し、{period}に一度、{law}及び{topic}の扱いについての講習を行う。",
    "{thing}に誤りが見付かったときは、{who}が元の記録と照合し、訂正の跡を残す。",
    "通信は全て暗号化し、{topic}の情報が途中で読み取られることのないよう{how}設定する。",
    "{when}、記録装置の空き容量、電源及び空調を点検し、{event}に備える。",
    "{place}の操作の記録は{period}分を保存し、{who}が{how}調べる。",
    "{law}に定める手続を経ないで、{thing}を写し、又はほかの目的に用いない。",
    "{topic}の担当者が交代するときは、引継書を作り、{who}の確認を受ける。",
    "{event}を想定した訓練を{period}に一度行い、連絡網と手順書を見直す。",
    "{thing}の様式は{who}が定め、必要のない欄は設けない。",
    "予備の複製は{place}から離れた建物に移し、{how}封をする。",
    "{who}が不在のときは、{who2}がその務めを代わって行い、後で報告する。",
    "{topic}に用いる機器の修理は、{place}において{who}の立会いの下に行う。",
)
_PURPOSES = (
    "｛区｝は、{topic}を通じて{people}の暮らしを支えてきたが、申込みの増加により窓口の混雑が目立つようになった。",
    "近年、{people}の間では{topic}への関心が高まり、休日や夜間の受付を望む声が{period}ごとの調査でも多い。",
    "そこで、{thing}の作成から発送までの流れを改め、待ち時間を縮めるとともに、経費の抑制を図る。",
    "{topic}の経験を積んだ者の助けを借りることにより、きめ細かな案内と迅速な処理を両立させる。",
    "あわせて、{thing}を電子化し、{event}の際にも{people}への連絡が滞ることのないようにする。",
    "もって、{people}が安心して{topic}に加わることのできる環境を整えることを目的とする。",
)
_CLAUSES = (
    "{thing}の受付及び内容の確認",
    "{people}からの問合せへの回答",
    "{topic}に係る案内状の印刷及び発送",
    "{thing}の電子データへの入力",
    "{place}の清掃及び設備の点検",
    "{period}ごとの実績の集計",
    "{event}が生じた場合の初期対応",
    "{topic}の会場の手配及び設営",
)
_HEADINGS = (
    "{thing}の管理",
    "{topic}の運営",
    "{place}の利用",
    "{event}への備え",
    "{people}への周知",
    "従事者の教育",
    "機器の保守",
    "報告及び検査",
)
_VOCABULARY = {
    "when": "業務を始める前に 毎朝 月の初めに 受渡しの都度 閉庁の後に 四半期の終わりに 契約を終えるときは 配布の前日に",
    "who": "窓口の職員 委託先の従事者 保護管理責任者 当番の係員 現場の責任者 所属長 監督員 主任技術者 庶務の担当者",
    "who2": "副責任者 次席の係員 本庁の課長補佐 支所長 警備の主任 相談員の代表",
    "thing": (
        "申込書 相談票 参加者名簿 受付簿 点検表 納付書 貸出台帳 健診の問診票 写真の控え 録音の記録 診断書の写し "
        "利用者証 助成の決定通知 還付の請求書 苦情の聴取書 測量の成果図 給食の献立表 樹木の調査票 墓地の使用許可証"
    ),
    "place": "書庫 執務室 電算室 閉架の保管庫 支所の窓口 備蓄倉庫 中央会館 専用の作業室 地下の機械室 分室",
    "how": "二人以上で 台帳と照らして 漏れなく 速やかに 写真付きで 所定の順序で 声を掛け合い 通し番号で",
    "event": "紛失 誤送付 停電 地震 浸水 不正な接続 システムの停止 感染症の流行 機器の故障 盗難",
    "period": "一月 三月 半年 一年 二年 一週間",
    "law": "｛条例｝ ｛規則｝ ｛基準｝",
    "topic": (
        "緑化の推進 防災訓練 読書活動 昆虫の観察会 陶芸教室 高齢者の配食 水泳の指導 空き家の調査 自転車の安全講習 "
        "駅前の放置物の撤去 障害者の就労支援 乳幼児の健診 商店街の振興 文化財の修復 河川敷の美化 留学生の交流 "
        "狂犬病の予防注射 国民健康保険の窓口 税の口座振替 農園の貸付け 児童館の遊具の検査 公衆浴場の確保 桜の植樹"
    ),
    "people": "区民 子育て世帯 高齢者 商店主 町会の役員 児童及び保護者 障害のある人 在勤者 外国籍の住民 若者",
    "item": (
        "氏名 住所 生年月日 性別 電話番号 電子メールアドレス 世帯の構成 続柄 勤務先 学校名 学年 口座番号 所得の額 課税の区分 "
        "既往症 緊急の連絡先 利用の希望日 写真 顔認証の特徴量 身長 体重 血液型 介護の区分 手帳の等級 車両の番号 国籍 在留資格"
    ),
}
_WORDS = {hole: words.split() for hole, words in _VOCABULARY.items()}
_HOLE = re.compile(r"\{(\w+)\}")


class Prose:
    """The text of one case."""

    def __init__(self, number: int) -> None:
        self._random = Random(number)
        self.topic = self._pick(_WORDS["topic"])

    def sentence(self) -> str:
        """One rule of conduct, some 45 characters long."""
        return self._filled(_PATTERNS)

    def paragraph(self, sentences: int) -> str:
        """Several of them."""
        return "".join(self.sentence() for _ in range(sentences))

    def purpose(self) -> str:
        """Why the case is proposed: two paragraphs, a sentence a line."""
        sentences = [self._fill(pattern.replace("{topic}", self.topic)) for pattern in _PURPOSES]
        return "\n".join(sentences[:4]) + "\n\n" + "\n".join(sentences[4:])

    def clause(self) -> str:
        """A short item without a full stop."""
        return self._filled(_CLAUSES)

    def heading(self) -> str:
        """The heading of an item."""
        return self._filled(_HEADINGS)

    def personal_items(self) -> list[str]:
        """Items of personal data."""
        return self._random.sample(_WORDS["item"], 9)

    def count(self, low: int, high: int) -> int:
        """How many of something."""
        return self._random.randint(low, high)

    def _filled(self, patterns: tuple[str, ...]) -> str:
        return self._fill(self._pick(patterns))

    def _fill(self, pattern: str) -> str:
        return _HOLE.sub(lambda hole: self._pick(_WORDS[hole[1]]), pattern)

    def _pick(self, words: tuple[str, ...] | list[str]) -> str:
        return self._random.choice(words)
