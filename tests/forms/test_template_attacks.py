"""What nobody needs for a paper is refused: ways out of the sandbox, and what would compute or print without end.

Each row is a line of a template; none may take a second. The ways out are those known of Jinja and of Python.
"""

from __future__ import annotations

import time

import pytest
from support.samples import CASE, COVER, MEETING, compose, edited

from kotobuki.forms.plan import PaperPages

LISTS = "{% for 甲 in [1,1,1,1,1,1,1,1,1,1] %}"
OUT = [
    # attributes of Python
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ ''['__cla' ~ 'ss__'] }}",
    "{{ '' | attr('__class__') }}",
    "{{ '' | attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
    "{{ ().__class__.__bases__[0].__subclasses__() }}",
    "{{ 件名.__init__.__globals__ }}",
    "{{ 件名['__init__'] }}",
    "{{ 件名.registry }}",
    "{{ 件名.registry.values.append(1) }}",
    "{{ 件名['registry'] }}",
    "{{ 件名.with_inlines(1) }}",
    "{{ 均等.__globals__ }}",
    "{{ 均等.__self__.registry }}",
    "{{ 均等 }}",
    "{{ 節.items() }}",
    "{{ 節.__getitem__('理由') }}",
    "{{ 各節.append(1) }}",
    "{{ 各節.sort() }}",
    "{{ 節['理由'].content }}",
    "{{ (1).to_bytes(100000000, 'big') }}",
    "{{ 1.0.hex() }}",
    "{{ 長.pop('職') }}",
    # names of Jinja
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ lipsum.__globals__.os.popen('id').read() }}",
    "{{ lipsum() }}",
    "{{ url_for.__globals__ }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ config.items() }}",
    "{{ request.application.__globals__ }}",
    "{{ dict(a=1) }}",
    "{{ context.environment }}",
    "{{ caller() }}",
    "{{ varargs }}",
    "{{ _ }}",
    "{{ super() }}",
    "{% debug %}",
    "{% do 件名 %}",
    # filters that reach further than their value
    "{{ ['__class__'] | map('upper') }}",
    "{{ [件名] | map(attribute='registry') | list }}",
    "{{ [''] | map('attr', '__class__') | list }}",
    "{{ [件名] | selectattr('registry') | list }}",
    "{{ [件名] | groupby('registry') }}",
    "{{ [件名] | join(attribute='registry') }}",
    "{{ [件名] | sort(attribute='registry') }}",
    "{{ '%s' | format(件名) }}",
    "{{ '{0.registry}'.format(件名) }}",
    "{{ '{0.__class__}'.format_map(節) }}",
    "{{ '%s' % 件名 }}",
    "{{ 件名 | pprint }}",
    "{{ 件名 | tojson }}",
    "{{ 件名 | safe }}",
    "{{ 件名 | string | list }}",
    "{{ 件名 | xmlattr }}",
    "{{ [1, 2] | random }}",
    # other files, and parts of a template that have a name
    "{% include '/etc/passwd' %}",
    "{% include [件名, '/etc/passwd'] ignore missing %}",
    "{% import 'os' as os %}",
    "{% from 'os' import path %}",
    "{% extends '/etc/passwd' %}",
    "{% block 甲 %}{% endblock %}",
    "{% macro 甲() %}{% endmacro %}",
    "{% call 件名() %}{% endcall %}",
    "{% filter upper %}甲{% endfilter %}",
    "{% with 甲 = 1 %}{% endwith %}",
    "{% autoescape false %}{% endautoescape %}",
    "{% trans %}{% endtrans %}",
    # what the program itself prints and counts with
    "{% set __tick = 均等 %}",
    "{% set __filters = 1 %}",
    "{% set 均等 = 空き %}",
    "{% set loop = 1 %}",
    "{% set self = 1 %}",
    "{% for 均等 in [1] %}{% endfor %}",
    "{% for loop in [1] %}{% endfor %}",
    "{% for _甲 in [1] %}{% endfor %}",
    "{{ '\\x020\\x03' }}",
    "{{ '\\x01x\\x01' }}",
    "{{ '甲\\n本文：乙' }}",
    "{{ '\\u202e' }}",
    "{{ '\\ud800' }}",
    "{{ 均等(*[1, 2]) }}",
    "{{ 均等(**節) }}",
    "{{ 均等(value=件名, wide=3) }}",
    "{{ 無い | default(default_value='甲') }}",
    "{{ loop }}",
    "{{ loop.index }}",
    LISTS + "{{ loop }}{% endfor %}",
    LISTS + "{{ loop.cycle(1) }}{% endfor %}",
    LISTS + "{{ loop(甲) }}{% endfor %}",
    LISTS + "{{ loop._iterable }}{% endfor %}",
]
BOMBS = [
    # numbers and texts that grow
    "{{ 'あ' * 300000000 }}",
    "{{ 300000000 * 'あ' }}",
    "{{ ['あ'] * 300000000 }}",
    "{{ 10 ** 10 ** 10 }}",
    "{{ 9999999999999999 }}",
    "{{ " + "9" * 5000 + " }}",
    "{{ 999999999999999 * 999999999999999 }}",
    "{{ 1e308 * 10 }}",
    "{{ '%300000000d' % 1 }}",
    "{{ 'あ' | center(300000000) }}",
    "{{ 'あ'.ljust(300000000) }}",
    "{{ 'あ'.encode().zfill(300000000) }}",
    "{{ '{:300000000}'.format(1) }}",
    "{{ 1.5 | round(-100000000) }}",
    "{{ 1.5 | round(100000000) }}",
    "{{ 'あ' | indent(300000000) }}",
    "{{ 'あ' | wordwrap(1, wrapstring='あああ') }}",
    "{{ [[1], [2]] | sum(start=[]) }}",
    "{{ [1] | batch(100000000, 1) | list }}",
    "{{ [1] | slice(100000000) | list }}",
    "{{ 件名 | urlize }}",
    "{{ 'ああ' | replace('', 'あああああああああああああ') }}",
    "{{ '" + "あ" * 9000 + "' | replace('あ', '" + "い" * 9000 + "') }}",
    "{{ ['あ'] | join('" + "い" * 200_000 + "') }}",
    "{{ 均等('甲', 1e9) }}",
    "{{ 空き(1e99) }}",
    "{{ 表([長], [['職', 'nan']]) }}",
    "{{ 表([長], [['職', 'inf']]) }}",
    "{{ 表([長], [['職', -5]]) }}",
    "{{ 表([長], [" + "['職', 0], " * 6000 + "]) }}",
    "{{ 表([" + "長, " * 3000 + "], [['職', 0], ['氏名', 0]]) }}",
    LISTS + "{{ 表([" + "長, " * 600 + "], [['職', 0]]) }}{% endfor %}",
    "{% set 甲 = 件名 %}" + "{% set 甲 = 甲 | 均等(30) %}" * 500 + "{{ 甲 }}",
    "{% set 甲 = 件名 %}" + "{% set 甲 = リンク(甲, 長) %}" * 500 + "{{ 甲 }}",
    # turns
    "{% for 甲 in range(100001) %}{% endfor %}",
    "{% for 甲 in range(9000) %}{% for 乙 in range(9000) %}{% endfor %}{% endfor %}",
    LISTS * 8 + "{% endfor %}" * 8,
    LISTS * 5 + "{{ 件名 }}" + "{% endfor %}" * 5,
    LISTS * 5 + "あいうえお" + "{% endfor %}" * 5,
    LISTS * 5 + "{{ 'あいうえお' }}" + "{% endfor %}" * 5,
    LISTS * 6 + "{% set 乙 = 1 %}" + "{% endfor %}" * 6,
    LISTS * 5 + "{% if '" + "あ" * 5000 + "い' in '" + "あ" * 9000 + "' %}{% endif %}" + "{% endfor %}" * 5,
    LISTS * 3 + "{{ 節.理由 }}\n" + "{% endfor %}" * 3,
    LISTS * 3 + "{{ 別紙 }}\n" + "{% endfor %}" * 3,
    LISTS * 5 + "{{ 件名 | 字間(0.1) }}" + "{% endfor %}" * 5,
    LISTS * 5 + "{% set 乙 = 件名 | 字間(0.1) %}" + "{% endfor %}" * 5,
    "{% for 甲 in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "{% macro 甲(数) %}{{ 甲(数) }}{{ 甲(数) }}{% endmacro %}{{ 甲(40) }}",
    # what doubles
    "{% set 集 = namespace(文='あ') %}" + LISTS + "{% set 集.文 = 集.文 ~ 集.文 %}{% endfor %}",
    "{% set 文 = 'あ' %}" + "{% set 文 = 文 ~ 文 %}" * 40 + "{{ 文 }}",
    "{% set 文 = 'あ' %}" + "{% set 文 = 文 + 文 %}" * 40 + "{{ 文 }}",
    "{% set 文 = 'あ' %}" + "{% set 文 = 文 | replace('あ', 'あああ') %}" * 40 + "{{ 文 }}",
    "{% set 文 = 'あ' %}" + "{% set 文 = [文, 文] | join %}" * 40 + "{{ 文 }}",
    "{% set 数 = 9 %}" + "{% set 数 = 数 * 数 %}" * 40 + "{{ 数 }}",
    "{% set 列 = [1] %}" + "{% set 列 = [列, 列] %}" * 60 + "{{ 列 }}",
    "{% set 列 = [1] %}" + "{% set 列 = [列, 列] %}" * 60 + "{{ 列 | join }}",
    "{% set 列 = [1] %}{% set 行 = [1] %}"
    + "{% set 列 = [列, 列] %}{% set 行 = [行, 行] %}" * 60
    + "{% if 列 == 行 %}{% endif %}",
    "{% set 列 = [1] %}{% set 行 = [1] %}"
    + "{% set 列 = [列, 列] %}{% set 行 = [行, 行] %}" * 60
    + "{% if 列 in [行] %}{% endif %}",
    "{% set 列 = [1] %}" + "{% set 列 = [列, 列] %}" * 60 + "{{ 均等(列, 3) }}",
    "{% set 列 = [1] %}" + "{% set 列 = [列, 列] %}" * 60 + "{{ 点線('甲', 3, 列) }}",
    "{% set 列 = [1] %}" + "{% set 列 = [列, 列] %}" * 60 + "{{ 丸(列) }}",
    "{% set 列 = [1] %}" + "{% set 列 = [列, 列] %}" * 60 + "{{ 表(各節, [[列, 0]]) }}",
    "{% set 甲 = 'あ' %}" + "{% set 甲 = 甲 ~ 甲 %}" * 15 + "{% set 乙 = 甲 ~ 'い' %}{% set 甲 = 甲 ~ 'う' %}"
    "{% if 乙 in [" + "甲, " * 9000 + "] %}{% endif %}",
    "{% set 甲 %}{% for 乙 in 節 %}{{ 乙 }}{% endfor %}{% endset %}{{ 甲 }}",
    # what is deep or long for the parser
    "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "{{ " + "[" * 300 + "1" + "]" * 300 + " }}",
    "{{ " + "-" * 5000 + "1 }}",
    "{{ " + "not " * 5000 + "1 }}",
    "{{ 件名" + ".職" * 5000 + " }}",
    "{{ 件名" + " | upper" * 5000 + " }}",
    "{{ 1" + " + 1" * 5000 + " }}",
    "{{ 1" + " if 1 else 1" * 5000 + " }}",
    "{% if 1 %}" * 500 + "{% endif %}" * 500,
    "{% if 0 %}" + "{% elif 0 %}" * 300_000 + "{% endif %}",
    "{{ 件名 }}" * 300_000,
    "{{ '" + "あ" * 1_000_000 + "' }}",
    "{# " + "あ" * 1_000_000,
]


@pytest.mark.parametrize("line", [*OUT, *BOMBS], ids=lambda line: line[:60])
def test_what_papers_do_not_need_is_refused(line: str) -> None:
    began = time.process_time()
    found = compose(template=f"本文：{line}\n").diagnostics
    assert time.process_time() - began < 1
    assert {(each.rule, each.place.line, each.severity) for each in found} == {("template", 1, "error")}
    for each in found:
        assert not any(word in each.reason + each.remedy for word in ("Error", "object", "expected"))


def test_names_that_nobody_reserved_are_free() -> None:
    """What the interpreter counts with has no name in a template."""
    template = (
        "{% set turns = 1 %}{% set environment = 2 %}{% set scope = 3 %}\n本文：{{ turns + environment + scope }}\n"
    )
    assert compose(template=template).lines == ["６"]


@pytest.mark.parametrize(
    "template",
    [
        "{% set _甲 = 1 %}\n" * 3500,
        "本文：{{ 甲|無い }}\n" * 3500,
        "本文：{{ 1 }}" + "}}" * 24_000 + "{{ 1 }}\n{% 無い %}\n",
        "本文："
        + LISTS * 4
        + "{% set 乙 = 1 + 1 + 1 + 1 + 1 %}"
        + "{% endfor %}" * 4
        + "\n"
        + "本文：{{ 無い }}\n" * 30,
        "本文：" + "{{ 1 }}" * 6000 + "\n" + "本文：{{ 無い }}\n" * 30,
        "本文：" + "{{ 1 }}" * 6000 + "\n" + "本文：{{ 1 1 }}\n" * 30,
        LISTS * 4 + "本丈：甲\n" + "{% endfor %}" * 4,
    ],
    ids=lambda template: template[:40],
)
def test_many_faults_take_no_time(template: str) -> None:
    began = time.process_time()
    assert compose(template=template).faults
    assert time.process_time() - began < 3


def test_a_long_title_is_not_set_over_and_over() -> None:
    began = time.process_time()
    case = edited(CASE, "見本の業務について", "あ" * 9000)
    template = "本文：" + LISTS * 4 + "{% set 乙 = 件名 | 字間(0.1) %}" + "{% endfor %}" * 4
    assert compose(case, template=template).faults == ["template 1:164"]
    assert time.process_time() - began < 2


def test_faults_on_one_line_are_told_together() -> None:
    template = "本文：{{ 無い }}{{ 有る }}\n{% for 甲 in [1, 2] %}本文：{{ 甲.無い }}\n{% endfor %}"
    assert compose(template=template).faults == ["template 1:7", "template 1:15", "template 2:29"]


def test_a_long_title_is_not_printed_without_end() -> None:
    """The words of values count, and not their tokens."""
    case = edited(CASE, "見本の業務について", "あ" * 9000)
    assert compose(case, template="本文：{{ 件名 }}\n" * 5).faults == []
    assert compose(case, template="本文：{{ 件名 }}\n" * 50).faults == ["template 12:7"]


def test_a_table_is_not_made_over_and_over() -> None:
    attached = tuple(PaperPages(f"paper{at}", "諮問書", "1", "1") for at in range(300))
    table = "{{ 表(添付資料, [['名', 0]]) }}\n"
    assert compose(template=table * 2, attached=attached).faults == []
    assert compose(template=LISTS * 3 + table + "{% endfor %}" * 3, attached=attached).faults == ["template 1:113"]


def test_no_computed_name_reaches_an_attribute() -> None:
    for name in ("__class__", "registry", "keys", "__init__"):
        template = f"{{% set 名 = '{name[:3]}' ~ '{name[3:]}' %}}\n本文：{{{{ 件名[名] }}}}{{{{ 節[名] }}}}{{{{ 各節[名] }}}}\n"
        faults = compose(template=template).faults
        assert faults == ["template 2:9", "template 2:19", "template 2:30"]


def test_a_cover_of_many_papers_is_far_from_the_limits() -> None:
    attached = tuple(PaperPages(f"paper{at}", "諮問書", "1", "5") for at in range(1000))
    result = compose(template=COVER, meeting=MEETING, attached=attached)
    assert (result.faults, len(result.lines)) == ([], 1001)
