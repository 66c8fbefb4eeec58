"""The tags of somebody else's pages, carried into a PDF of ours with the pages (ISO 32000-1, 14.7).

In: a tagged file, and where its pages stand in ours: each as a form of a page. Out: its structure below an element of
ours, as much of it as is on these pages (a table whole). Marks stay in the forms; custom kinds become the standard ones they
stand for, classes of attributes the attributes, and ids are told apart by a prefix. A structure that is no tree, or a
hostile one (`kotobuki.limits`), is a `ValueError`; `can_carry` tries it beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kotobuki.limits import TAG_DEPTH, TAG_STEPS
from kotobuki.named_tuples import NamedTuple

if TYPE_CHECKING:
    import pikepdf

_KEPT = ("/T", "/Lang", "/Alt", "/E", "/ActualText")
_ROWS = ("/Table", "/THead", "/TBody", "/TFoot", "/TR")
_RENAMED = {"/Document": "/Part", "/Link": "/Span"}
"""There is one Document, and links do not come along."""
SPOILT = (RuntimeError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError)
"""What comes of values of another kind than the standard asks for; RuntimeError: circles, and whatever qpdf says, too."""
_MOST_ROLES = 9  # in a chain of custom kinds


class Placed(NamedTuple):
    """Where a page of the source stands: on a page of ours, as a form."""

    page: pikepdf.Object
    form: pikepdf.Object


class Tags:
    """Carries the structure of one source over."""

    def __init__(
        self, target: pikepdf.Pdf, source: pikepdf.Pdf, placed: Mapping[tuple[int, int], Placed], prefix: str
    ) -> None:
        """`placed`: by the pages of the source; `prefix` tells its ids from those of others."""
        self._target, self._placed, self._prefix = target, placed, prefix.encode()
        self._root, self._language = source.Root.StructTreeRoot, source.Root.get("/Lang")
        self._marks: dict[tuple[int, int], tuple[pikepdf.Object, dict[int, pikepdf.Object]]] = {}
        self._ids: dict[bytes, pikepdf.Object] = {}
        self._here: dict[tuple[tuple[int, int], tuple[int, int] | None], bool] = {}
        self._steps, self._seen = 0, set[tuple[int, int]]()

    def put_below(self, element: pikepdf.Object) -> None:
        """Make the source's structure all that stands in `element`."""
        import pikepdf

        element.K = pikepdf.Array(self._kids(self._root, element, None, rows=False, depth=0))
        if self._language is not None:
            element.Lang = pikepdf.String(str(self._language))
        self._tell()

    def _kids(
        self, node: pikepdf.Object, parent: pikepdf.Object, page: pikepdf.Object | None, *, rows: bool, depth: int
    ) -> Iterator[pikepdf.Object]:
        """What of `node` is on our pages, as objects of ours below `parent`; if it is `rows`, all of it."""
        for kid in _each(node.get("/K")):
            self._step(depth)
            if isinstance(kid, int):
                yield from self._mark(page, None, kid, parent)
            elif kid.get("/Type") == "/MCR":
                yield from self._mark(kid.get("/Pg", page), kid.get("/Stm"), int(kid.MCID), parent)
            elif kid.get("/Type") != "/OBJR" and (rows or self._is_here(kid, page, depth)):
                yield self._element(kid, parent, page, rows=rows, depth=depth + 1)

    def _element(
        self, node: pikepdf.Object, parent: pikepdf.Object, page: pikepdf.Object | None, *, rows: bool, depth: int
    ) -> pikepdf.Object:
        import pikepdf

        if node.is_indirect and node.objgen in self._seen:
            raise ValueError("no tree")
        self._seen.add(node.objgen)
        kind = self._kind(node)
        new = self._target.make_indirect(pikepdf.Dictionary(S=pikepdf.Name(_RENAMED.get(kind, kind)), P=parent))
        rows = kind in _ROWS and (rows or kind == "/Table")
        new.K = pikepdf.Array(self._kids(node, new, node.get("/Pg", page), rows=rows, depth=depth))
        for key in _KEPT:
            if key in node:
                new[key] = self._copied(node[key])
        if attributes := [*self._of_classes(node), *_each(node.get("/A"))]:
            new.A = pikepdf.Array([self._copied(each) for each in attributes if not isinstance(each, int)])
        if "/ID" in node:
            own = self._prefix + bytes(node.ID)
            new.ID, self._ids[own] = pikepdf.String(own), new
        return new

    def _of_classes(self, node: pikepdf.Object) -> list[pikepdf.Object]:
        classes = self._root.get("/ClassMap")
        if classes is None:
            return []
        return [each for name in _each(node.get("/C")) for each in _each(classes.get(str(name)))]

    def _is_here(self, node: pikepdf.Object, page: pikepdf.Object | None, depth: int) -> bool:
        page = node.get("/Pg", page)
        key = (node.objgen, page.objgen if page is not None else None)
        if not node.is_indirect or key not in self._here:
            self._here[key] = self._has_marks(node, page, depth)
        return self._here[key]

    def _has_marks(self, node: pikepdf.Object, page: pikepdf.Object | None, depth: int) -> bool:
        for kid in _each(node.get("/K")):
            self._step(depth)
            if isinstance(kid, int) or kid.get("/Type") == "/MCR":
                where = page if isinstance(kid, int) else kid.get("/Pg", page)
                if where is not None and where.objgen in self._placed:
                    return True
            elif kid.get("/Type") != "/OBJR" and self._is_here(kid, page, depth + 1):
                return True
        return False

    def _step(self, depth: int = 0, steps: int = 1) -> None:
        """Count what is done. Raises `ValueError` where it is too much, or too deep."""
        self._steps += steps
        if self._steps > TAG_STEPS or depth > TAG_DEPTH:
            raise ValueError("too much")

    def _mark(
        self, page: pikepdf.Object | None, stream: pikepdf.Object | None, number: int, element: pikepdf.Object
    ) -> Iterator[pikepdf.Object]:
        """The mark `number` of a page, or of a form on it, as one of our file."""
        import pikepdf

        placed = self._placed.get(page.objgen) if page is not None else None
        if placed is None:
            return
        form = placed.form if stream is None else self._target.copy_foreign(stream)
        self._marks.setdefault(form.objgen, (form, {}))[1][number] = element
        yield pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=placed.page, Stm=form, MCID=number)

    def _kind(self, node: pikepdf.Object) -> str:
        roles, kind = self._root.get("/RoleMap"), str(node.S)
        for _ in range(_MOST_ROLES):
            if roles is None or kind not in roles:
                break
            kind = str(roles[kind])
        return kind

    def _copied(self, value: pikepdf.Object, depth: int = 0) -> pikepdf.Object:
        """A value without references to its file; ids in it with our prefix."""
        import pikepdf

        self._step(depth)
        if isinstance(value, pikepdf.Dictionary):
            return pikepdf.Dictionary({key: self._entry(key, each, depth + 1) for key, each in value.items()})
        if isinstance(value, pikepdf.Array):
            return pikepdf.Array([self._copied(each, depth + 1) for each in value])
        if isinstance(value, pikepdf.String):
            return pikepdf.String(bytes(value))
        return pikepdf.Name(str(value)) if isinstance(value, pikepdf.Name) else value

    def _entry(self, key: str, value: pikepdf.Object, depth: int) -> pikepdf.Object:
        import pikepdf

        if key != "/Headers":
            return self._copied(value, depth)
        return pikepdf.Array([pikepdf.String(self._prefix + bytes(each)) for each in value])

    def _tell(self) -> None:
        """Say in the structure of our file which marks belong to what, and what bears which id."""
        import pikepdf

        root = self._target.Root.StructTreeRoot
        for form, marks in self._marks.values():
            self._step(steps=max(marks) + 1)
            form.StructParents = number = int(root.ParentTreeNextKey)
            root.ParentTree.Nums.append(number)
            root.ParentTree.Nums.append(pikepdf.Array([marks.get(each) for each in range(max(marks) + 1)]))
            root.ParentTreeNextKey = number + 1
        before = root.get("/IDTree")
        known = _each(before.get("/Names")) if before is not None else []
        ids = {**self._ids, **{bytes(name): known[at + 1] for at, name in enumerate(known) if not at % 2}}
        if ids:
            names = [each for name in sorted(ids) for each in (pikepdf.String(name), ids[name])]
            root.IDTree = pikepdf.Dictionary(Names=pikepdf.Array(names))


def can_carry(source: pikepdf.Pdf) -> bool:
    """Whether the structure of a file can be carried over: tried with a file that is thrown away."""
    import pikepdf

    with pikepdf.new() as target:
        page = target.add_blank_page().obj
        target.Root.StructTreeRoot = pikepdf.Dictionary(
            ParentTree=pikepdf.Dictionary(Nums=pikepdf.Array()), ParentTreeNextKey=0
        )
        placed = {each.obj.objgen: Placed(page, target.make_stream(b"")) for each in source.pages}
        try:
            Tags(target, source, placed, "").put_below(target.make_indirect(pikepdf.Dictionary()))
        except SPOILT:
            return False
    return True


def _each(value: pikepdf.Object | None) -> list[pikepdf.Object]:
    """The members of an array, or the one thing that stands instead."""
    import pikepdf

    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]
