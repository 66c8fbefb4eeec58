"""`dataclass`, as that of the standard library, but what makes a value is compiled when the first value is made.

In: a class and the options of `dataclasses.dataclass`. Out: a dataclass for `fields`, `replace`, `match`, pickle and type
checkers alike.

The standard library writes six methods for each class and compiles them while modules are imported. Of hundreds of
classes a command uses a few, and that took more than half of the time in which Kotobuki's own modules are imported. Here
values are compared, hashed and shown by functions of no class in particular, and `__init__` is compiled at its first call.
A class without slots is left to the standard library.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from operator import attrgetter, ge, gt, le, lt
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(
        cls: type | None = None, /, *,
        slots: bool = False, order: bool = False, eq: bool = True, frozen: bool = False, kw_only: bool = False,
    ) -> type | Callable[[type], type]:  # fmt: skip
        """As `dataclasses.dataclass`."""
        if not slots:
            return dataclasses.dataclass(cls, order=order, eq=eq, frozen=frozen, kw_only=kw_only)
        return _lazy(cls, order, eq, frozen, kw_only) if cls else lambda each: _lazy(each, order, eq, frozen, kw_only)


def _lazy(cls: type, order: bool, eq: bool, frozen: bool, kw_only: bool) -> type:
    own = {name for name, value in vars(cls).items() if (name, value) != ("__hash__", None)}
    cls.__doc__ = cls.__doc__ or cls.__name__  # else the signature would be written there, which takes long
    made: Any = dataclasses.dataclass(cls, init=False, repr=False, eq=False, slots=True, kw_only=kw_only)
    methods: dict[str, object] = {
        "__init__": _first_call(made, frozen=frozen),
        "__repr__": _showing([each.name for each in fields(made) if each.repr]),
    }
    if eq:
        compared = _values([each.name for each in fields(made) if each.compare])
        methods |= {"__eq__": _equality(compared), "__hash__": _hashing(compared) if frozen else None}
        methods |= {f"__{by.__name__}__": _ordering(compared, by) for by in (lt, le, gt, ge) if order}
    if frozen:
        methods |= {"__setattr__": _refused, "__delattr__": _refused_too}
        methods |= {"__getstate__": _state, "__setstate__": _restored}
    for name, method in methods.items():
        if name not in own:
            setattr(made, name, method)
    return made  # type: ignore[no-any-return]  # a class, which `Any` let be given methods


def _first_call(cls: Any, *, frozen: bool) -> Callable[..., None]:  # noqa: ANN401  (any class)
    """An `__init__` that puts the true one into its place when it is called."""

    def init(self: object, *values: object, **named: object) -> None:
        cls.__init__ = _compiled(cls, frozen=frozen)
        cls.__init__(self, *values, **named)

    return init


def _compiled(cls: Any, *, frozen: bool) -> Callable[..., None]:  # noqa: ANN401  (any class)
    """The `__init__` of a class."""
    known = fields(cls)
    plain = [_parameter(each) for each in known if each.init and not each.kw_only]
    keyed = [_parameter(each) for each in known if each.init and each.kw_only]
    names: dict[str, Any] = {"MISSING": MISSING}
    for each in known:
        names[f"set_{each.name}"] = getattr(cls, each.name).__set__  # the setter of the slot, which is never refused
        names[f"default_{each.name}"], names[f"make_{each.name}"] = each.default, each.default_factory
    lines = [line for each in known for line in _assigned(each, frozen=frozen)]
    lines += ["self.__post_init__()"] * hasattr(cls, "__post_init__")
    head = ", ".join(["self", *plain, *(["*", *keyed] if keyed else [])])
    exec(f"def __init__({head}):\n " + "\n ".join(lines or ["pass"]), names)
    init: Callable[..., None] = names["__init__"]
    init.__module__, init.__qualname__ = cls.__module__, f"{cls.__qualname__}.__init__"
    return init


def _parameter(each: Field[Any]) -> str:
    if each.default is not MISSING:
        return f"{each.name}=default_{each.name}"
    return f"{each.name}=MISSING" if each.default_factory is not MISSING else each.name


def _assigned(each: Field[Any], *, frozen: bool) -> Iterator[str]:
    """The line that gives a field its value."""
    name, made = each.name, each.default_factory is not MISSING
    if each.init:
        value = f"make_{name}() if {name} is MISSING else {name}" if made else name
    elif made or each.default is not MISSING:
        value = f"make_{name}()" if made else f"default_{name}"
    else:
        return
    yield f"set_{name}(self, {value})" if frozen else f"self.{name} = {value}"


def _values(names: list[str]) -> Callable[[object], tuple[object, ...]]:
    """The values of these attributes, as a tuple."""
    match names:
        case []:
            return lambda _each: ()
        case [name]:
            return lambda each: (getattr(each, name),)
        case _:
            return attrgetter(*names)


def _equality(values: Callable[[object], tuple[object, ...]]) -> Callable[[object, object], bool]:
    def equal(self: object, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return equal


def _ordering(
    values: Callable[[object], tuple[object, ...]], by: Callable[[Any, Any], bool]
) -> Callable[[object, object], bool]:
    def compared(self: object, other: object) -> bool:
        return by(values(self), values(other)) if other.__class__ is self.__class__ else NotImplemented

    return compared


def _hashing(values: Callable[[object], tuple[object, ...]]) -> Callable[[object], int]:
    return lambda self: hash(values(self))


def _showing(names: list[str]) -> Callable[[object], str]:
    values, form = _values(names), ", ".join(f"{name}=%r" for name in names)
    return recursive_repr()(lambda self: f"{self.__class__.__qualname__}({form % values(self)})")


def _refused(_self: object, name: str, _value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refused_too(_self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:  # noqa: ANN401  (any dataclass)
    return [getattr(self, each.name) for each in fields(self)]


def _restored(self: Any, state: list[object]) -> None:  # noqa: ANN401  (any dataclass)
    for each, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)
