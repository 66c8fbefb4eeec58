"""`NamedTuple`, as that of `typing`, but what its fields are is not compiled while modules are imported.

In: a class with fields, defaults and methods. Out: a named tuple, the same for type checkers, `match` and pickle.

Where annotations are not evaluated, `typing` compiles that of each field, to see whether it might be a type: two thirds
of what such a class costs, and a build has some fifty of them. Type checkers see better.
"""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:

    class _NamedTupleMeta(type):
        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, object]) -> type:
            """The named tuple of a class. Raises TypeError where a field without a default stands behind one with a default."""
            if not bases:
                return super().__new__(cls, name, bases, body)
            names = list(body.get("__annotations__", ()))
            defaults = {each: body.pop(each) for each in names if each in body}
            if list(defaults) != names[len(names) - len(defaults) :]:
                raise TypeError(f"{body['__qualname__']}: a field without a default behind one with a default")
            made = namedtuple(name, names, defaults=defaults.values(), module=body["__module__"])
            for each, value in body.items():
                setattr(made, each, value)
            return made

    class NamedTuple(metaclass=_NamedTupleMeta):
        """As `typing.NamedTuple`."""
