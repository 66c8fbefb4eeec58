"""Modules of the page by themselves: places and offsets, and what a drawing may hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from support.browsing import Tab
from support.samples import project
from support.serving import serving

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 1 1">{}</svg>'


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with serving(project(tmp_path_factory.mktemp("資料"))) as client:
        tab = Tab(browser, client)
        tab.enter()
        yield tab.page
        assert all("has been blocked" in each for each in tab.said), (
            tab.said
        )  # of what is refused, in parsing it already
        tab.said.clear()
        tab.close()


def called(page: Page, module: str, body: str, given: object = None) -> Any:  # noqa: ANN401  (whatever JavaScript gives)
    """What a function body gives that sees the names of a module as `m`, and `given`."""
    return page.evaluate(f"async (given) => {{ const m = await import('/static/{module}'); {body} }}", given)


def test_places_count_characters_and_offsets_units(page: Page) -> None:
    body = """
      const { Text } = await import('/static/vendor/codemirror.js');
      const text = Text.of(['a𠮟b', '𩸽']);
      return {
        offsets: [[1, 1], [1, 3], [2, 2], [1, 99], [9, 9], [0, 0]].map((place) => m.offsetOf(text, place)),
        places: [0, 1, 3, 4, 5, 7].map((offset) => m.placeOf(text, offset)),
      };"""
    assert called(page, "positions.js", body) == {
        "offsets": [0, 3, 7, 4, 7, 0],
        "places": [[1, 1], [1, 2], [1, 3], [1, 4], [2, 1], [2, 2]],
    }


@pytest.mark.parametrize(
    "held",
    [
        "<script>document.title='x'</script>",
        '<g onclick="x()"/>',
        '<style>@import "http://evil.example"</style>',
        '<g style="fill:red"/>',
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
        '<p xmlns="http://www.w3.org/1999/xhtml">x</p>',
        '<a href="http://evil.example"><text>x</text></a>',
        '<use href="http://evil.example/#x"/>',
        '<image href="http://evil.example/x.png"/>',
        '<image href="data:text/html;base64,eA=="/>',
        '<image xlink:href="javascript:x()"/>',
        '<rect fill="url(http://evil.example/#x)"/>',
        '<animate attributeName="href" to="javascript:x()"/>',
        '<set attributeName="href"/>',
        "<text>",
        "]]>&nbsp;",
    ],
)
def test_a_page_is_drawn_with_what_pages_are_drawn_with_alone(page: Page, held: str) -> None:
    body = "try { m.drawn(given); return 'drawn'; } catch (error) { return 'refused'; }"
    assert called(page, "drawing.js", body, SVG.format(held)) == "refused"
    assert (
        called(page, "drawing.js", body, SVG.format('<g><text x="0">&lt;script&gt;</text><use href="#a"/></g>'))
        == "drawn"
    )
