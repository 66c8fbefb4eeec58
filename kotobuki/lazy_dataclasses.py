"""`dataclass`, as that of the standard library, but next to nothing is done while a class is made.

In: a class and the options of `dataclasses.dataclass`. Out: a dataclass for `fields`, `replace`, `match`, pickle and type
checkers alike.

The standard library writes six methods for each class and compiles them while modules are imported. Of hundreds of
classes a command uses a few, and that took more than half of the time in which Kotobuki's own modules are imported. Here
values are compared, hashed and shown by functions of no class in particular. `__init__` is made at its first call, from
code that is compiled once for all classes whose fields are of the same kinds: only their names differ.
A class without slots is left to the standard library.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, Field, FrozenInstanceError, field, fields
from functools import cache
from operator import attrgetter, ge, gt, le, lt
from reprlib import recursive_repr
from types import CodeType, FunctionType
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
    body = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
    inherited = {each.name: each for base in cls.__mro__[-2:0:-1] for each in _fields_of(base)}
    own = {each.name: each for each in _declared(cls, body, kw_only=kw_only)}
    known = inherited | own
    if body.get("__hash__") is None:
        body.pop("__hash__", None)  # put there by Python beside an `__eq__`
    compared = _values(each.name for each in known.values() if each.compare)
    methods: dict[str, object] = {"__repr__": _shown}
    if eq:
        methods |= {"__eq__": _equality(compared), "__hash__": _hashing(compared) if frozen else None}
        methods |= {f"__{by.__name__}__": _ordering(compared, by) for by in (lt, le, gt, ge) if order}
    if frozen:
        methods |= {"__setattr__": _refused, "__delattr__": _refused_too}
        methods |= {"__getstate__": _state, "__setstate__": _restored}
    facts = {
        "__slots__": tuple(name for name in own if name not in inherited),
        "__match_args__": tuple(each.name for each in _parameters(known.values(), keyed=False)),
        "__dataclass_fields__": known,
        "__doc__": cls.__doc__ or cls.__name__,
    }
    made: Any = type(cls)(cls.__name__, cls.__bases__, methods | body | facts)
    made.__qualname__ = cls.__qualname__
    if "__init__" not in body:
        made.__init__ = _first_call(made, frozen=frozen)
    return made  # type: ignore[no-any-return]  # a class, which `Any` let be given methods


@dataclasses.dataclass(init=False, repr=False, eq=False)
class _Sample:
    each: int


_IS_FIELD = fields(_Sample)[0]._field_type  # type: ignore[attr-defined]  # by this mark `fields` tells them from ClassVars


def _fields_of(base: type) -> tuple[Field[Any], ...]:
    return fields(base) if dataclasses.is_dataclass(base) else ()


def _declared(cls: type, body: dict[str, object], *, kw_only: bool) -> Iterator[Field[Any]]:
    """The fields that a class declares itself; their defaults leave its body, where their slots will be."""
    for name, annotation in cls.__annotations__.items():
        if "ClassVar" in str(annotation):
            continue
        default = body.pop(name, MISSING)
        each: Any = default if isinstance(default, Field) else field(default=default)
        if each.default.__class__.__hash__ is None:
            raise ValueError(f"{cls.__qualname__}.{name}: a default that can change; use default_factory")
        each.name, each.type, each._field_type = name, annotation, _IS_FIELD
        each.kw_only = kw_only if each.kw_only is MISSING else each.kw_only
        yield each


def _parameters(known: Iterable[Field[Any]], *, keyed: bool) -> list[Field[Any]]:
    return [each for each in known if each.init and bool(each.kw_only) is keyed]


def _first_call(cls: Any, *, frozen: bool) -> Callable[..., None]:  # noqa: ANN401  (any class)
    """An `__init__` that puts the true one into its place when it is called."""

    def init(self: object, *values: object, **named: object) -> None:
        cls.__init__ = _init(cls, frozen=frozen)
        cls.__init__(self, *values, **named)

    return init


def _init(cls: Any, *, frozen: bool) -> FunctionType:  # noqa: ANN401  (any class)
    """The `__init__` of a class. Raises TypeError where a field without a default stands behind one with a default."""
    known = fields(cls)
    plain, keyed = _parameters(known, keyed=False), _parameters(known, keyed=True)
    given = [*plain, *keyed]
    later = [each for each in known if not each.init and (_made(each) or each.default is not MISSING)]
    code = _code(
        len(plain), tuple(map(_made, given)), tuple(map(_made, later)), frozen, hasattr(cls, "__post_init__")
    )  # fmt: skip
    names = {f"field{at}": each.name for at, each in enumerate([*given, *later])}
    values: dict[str, Any] = {"__name__": cls.__module__, "MISSING": MISSING}
    for at, each in enumerate([*given, *later]):
        if frozen:
            values[f"set{at}"] = getattr(cls, each.name).__set__  # the setter of the slot, which is never refused
        if _made(each):
            values[f"make{at}"] = each.default_factory
        elif not each.init:
            values[f"default{at}"] = each.default
    init = FunctionType(
        code.replace(
            co_varnames=tuple(names.get(name, name) for name in code.co_varnames),
            co_names=tuple(names.get(name, name) for name in code.co_names),
        ),
        values,
        "__init__",
        tuple(each.default for each in _optional(cls, plain)),
    )
    init.__kwdefaults__ = {each.name: each.default for each in keyed if _made(each) or each.default is not MISSING}
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _made(each: Field[Any]) -> bool:
    """Is the value that is not given made anew for each?"""
    return each.default_factory is not MISSING


def _optional(cls: type, plain: list[Field[Any]]) -> list[Field[Any]]:
    """Those that need not be given: the last ones."""
    first = next((at for at, each in enumerate(plain) if _made(each) or each.default is not MISSING), len(plain))
    for each in plain[first:]:
        if not _made(each) and each.default is MISSING:
            raise TypeError(f"{cls.__qualname__}.{each.name}: without a default, behind one with a default")
    return plain[first:]


@cache
def _code(plain: int, given: tuple[bool, ...], later: tuple[bool, ...], frozen: bool, after: bool) -> CodeType:
    """An `__init__` of fields that are called field0, field1 …

    `plain`: how many may be given without their names. `given`, `later`: those that are given and those that never are;
    true: the value that is not given is made anew. `after`: there is a `__post_init__`.
    """
    parameters = ["self", *(f"field{at}" for at in range(plain))]
    parameters += ["*"] * (plain < len(given)) + [f"field{at}" for at in range(plain, len(given))]
    values = [
        f"make{at}() if field{at} is MISSING else field{at}" if made else f"field{at}" for at, made in enumerate(given)
    ]
    values += [f"make{at}()" if made else f"default{at}" for at, made in enumerate(later, len(given))]
    lines = [f"set{at}(self, {value})" if frozen else f"self.field{at} = {value}" for at, value in enumerate(values)]
    lines += ["self.__post_init__()"] * after
    found: dict[str, Any] = {}
    exec(f"def __init__({', '.join(parameters)}):\n " + "\n ".join(lines or ["pass"]), found)
    code: CodeType = found["__init__"].__code__
    return code


def _values(given: Iterable[str]) -> Callable[[object], tuple[object, ...]]:
    """The values of these attributes, as a tuple."""
    match names := list(given):
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


@recursive_repr()
def _shown(self: Any) -> str:  # noqa: ANN401  (any dataclass)
    values, form = _form(self.__class__)
    return form % values(self)


@cache
def _form(cls: Any) -> tuple[Callable[[object], tuple[object, ...]], str]:  # noqa: ANN401  (any dataclass)
    """What is shown of a value, and as what."""
    names = [each.name for each in fields(cls) if each.repr]
    return _values(names), f"{cls.__qualname__}({', '.join(f'{name}=%r' for name in names)})"


def _refused(_self: object, name: str, _value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refused_too(_self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:  # noqa: ANN401  (any dataclass)
    return [getattr(self, each.name) for each in fields(self)]


def _restored(self: Any, state: list[object]) -> None:  # noqa: ANN401  (any dataclass)
    for put, value in zip(_setters(self.__class__), state, strict=True):
        put(self, value)


@cache
def _setters(cls: Any) -> tuple[Callable[[object, object], None], ...]:  # noqa: ANN401  (any dataclass)
    return tuple(getattr(cls, each.name).__set__ for each in fields(cls))
