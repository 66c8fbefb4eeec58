"""The sample meeting beside the public packet that its facts come from: what each item must say, and how long it is."""

from __future__ import annotations

from dataclasses import dataclass

LAW = "江戸川区個人情報保護条例"
COMMITTEE = "江戸川区情報公開及び個人情報保護審査会"
HEALTH = "健康部健康サービス課及び新型コロナウイルス感染症ワクチン接種担当課"


@dataclass(frozen=True, kw_only=True)
class Item:
    """An item of the agenda as its papers print it, without spaces."""

    subject: str
    department: str
    law: str = LAW
    provision: str
    number: str
    day: str
    last: int
    """The last page of the 諮問依頼書, whose first is 2."""
    public: int | None
    """The same in the public packet; its first item has no cover there, so that it tells no number."""


AGENDA = {
    1: Item(
        subject="江戸川区情報セキュリティポリシーの改定及び江戸川区インターネット等運用審査会の審査方法の変更について",
        department="経営企画部ＤＸ推進課",
        law=f"{COMMITTEE}条例",
        provision="第３条第１項第５号",
        number="22経Ｄ送第37号",
        day="令和４年５月10日",
        last=6,
        public=None,
    ),
    2: Item(
        subject="江戸川区人権・男女共同参画啓発事業に係る業務の外部委託について",
        department="総務部総務課",
        provision="第14条第３項",
        number="22総総送第82号",
        day="令和４年５月６日",
        last=5,
        public=5,
    ),
    3: Item(
        subject="図書館オンラインシステムにおけるマイナンバーカードとの連携機能及び読書履歴管理機能の追加に伴うシステムの変更及び外部委託について",
        department="文化共育部文化課",
        provision="第14条第２項及び第３項",
        number="22文文送第53号",
        day="令和４年５月９日",
        last=12,
        public=12,
    ),
    4: Item(
        subject="家事支援用品給付事業の実施に係る個人情報の目的外利用及び外部委託について",
        department="子ども家庭部相談課",
        provision="第12条第２項第５号及び第14条第３項",
        number="22子相送第31号",
        day="令和４年５月２日",
        last=8,
        public=8,
    ),
    5: Item(
        subject="「予防接種に関する事務」に係る特定個人情報保護評価（全項目評価）の再実施に伴う第三者点検について",
        department=HEALTH,
        law=f"{COMMITTEE}条例",
        provision="第３条第１項第５号",
        number="22健サ送第69号",
        day="令和４年４月27日",
        last=4,
        public=4,
    ),
    6: Item(
        subject="犬と猫のマイクロチップ情報登録システムの利用に伴う外部結合について",
        department="健康部生活衛生課",
        provision="第15条第１項",
        number="22健生送第31号",
        day="令和４年４月20日",
        last=8,
        public=8,
    ),
    7: Item(
        subject="hyper-QUアンケートの実施に係る業務の外部委託について",
        department="教育委員会事務局教育指導課",
        provision="第14条第３項",
        number="22教指送第272号",
        day="令和４年５月６日",
        last=5,
        public=5,
    ),
}
