"""`lazy_pattern`, as `re.compile`, but the pattern is compiled when it is first asked for anything.

In: what `re.compile` takes. Out: what it gives, for type checkers and for whoever calls its methods.

To compile a pattern takes as long as to import a small module, and much longer where it has a range of 漢字. Half of the
patterns of what a build imports look for what is not there: a slip, a figure, an older way to write a date.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    lazy_pattern = re.compile
else:

    class lazy_pattern:  # noqa: N801  (stands for a function)
        """As `re.compile`."""

        def __init__(self, pattern: str | bytes, flags: int = 0) -> None:
            self.pattern, self._flags = pattern, flags

        def __getattr__(self, name: str) -> object:
            """A method of the pattern, which from now on is found here at once."""
            found = getattr(re.compile(self.pattern, self._flags), name)
            setattr(self, name, found)
            return found
