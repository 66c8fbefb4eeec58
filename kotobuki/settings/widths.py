"""列幅: the widths of a table's columns, as cases and forms write them.

In: a text. Out: characters; or, negative, shares of what the other columns leave (0 is one share).
"""

from __future__ import annotations

import math

from kotobuki.diagnostics import Diagnostics
from kotobuki.reading import json_schema
from kotobuki.reading.ecma import DIGIT
from kotobuki.reading.json_schema import Schema
from kotobuki.reading.kinds import Known, Parsed, Several
from kotobuki.reading.nodes import Scalar

_SHARE = "比"


def _parse_width(scalar: Scalar, diagnostics: Diagnostics) -> float:
    """Characters, or shares; 0 after a diagnostic."""
    share = scalar.value.startswith(_SHARE)
    try:
        width = float(scalar.value.removeprefix(_SHARE))
    except ValueError:
        width = math.nan
    if 0 <= width <= 60:
        return -width if share else width
    fault = "数ではありません" if math.isnan(width) else "使える範囲（0～60）にありません"
    reason = f"列幅「{scalar.value}」は{fault}"
    remedy = "字数（0～60。0は残りの幅）か、残りの幅を分ける比（比2 など）で書いてください"
    diagnostics.error(scalar.place(), "table-width", reason, remedy)
    return 0.0


def _width_schema(_: Known) -> Schema:
    said = "字数（0～60）か、比2 などを書きます"
    width = json_schema.matching(rf"^比?\s*{DIGIT}+(?:\.{DIGIT}*)?\s*$", said, "number")
    return {**width, "minimum": 0, "maximum": 60}


WIDTHS = Several(Parsed(_parse_width, _width_schema))
"""The kind of 列幅."""
