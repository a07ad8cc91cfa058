"""Nothing that an editor never touched gets lost in the editor. Its scripts run in a browser; the
bodies are drawn by chance, and those of the sample archive are tried as well."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from articles.importing.pipeline import run
from articles.importing.records import Options
from articles.models import Article
from articles.sample.load import FOLDER
from articles.text.body import blocks, clean, identify
from tests.admin.bodies import bodies, imported
from tests.admin.writing import open_editor, written
from tests.factories import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

examples = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)

# The body as the scripts would write all of it had every block been edited.
REWRITTEN = """async (html) => {
  const { WrittenBody, markup } = await import("newsroom-editor/written");
  const { schema } = document.querySelector(".ProseMirror").editor;
  const body = new WrittenBody(schema, html);
  body.doc.check();
  return body.doc.content.content.map(markup).join("");
}"""

# The body as the form sends it after a paragraph was added at its end, or at its beginning.
ADDED = """async ([html, isFirst]) => {
  const { WrittenBody } = await import("newsroom-editor/written");
  const { schema } = document.querySelector(".ProseMirror").editor;
  const body = new WrittenBody(schema, html);
  if (body.write(body.doc) !== html) throw new Error("it changed before anybody touched it");
  const added = schema.nodes.paragraph.create(null, schema.text("Added."));
  const { content } = body.doc;
  const edited = isFirst ? content.addToStart(added) : content.addToEnd(added);
  return body.write(body.doc.copy(edited));
}"""


@pytest.fixture
def rewritten(desk_page: Page) -> Callable[[str], str]:
    open_editor(desk_page)
    return lambda body: str(desk_page.evaluate(REWRITTEN, body))


@pytest.fixture
def added(desk_page: Page) -> Callable[[str, bool], str]:
    open_editor(desk_page)
    return lambda body, is_first: str(desk_page.evaluate(ADDED, [body, is_first]))


def test_an_edited_block_keeps_every_element_and_attribute(
    rewritten: Callable[[str], str],
) -> None:
    @examples
    @given(bodies)
    def keeps(body: str) -> None:
        assert identify(clean(rewritten(body)), previous=body) == body

    keeps()


def test_blocks_beside_an_edited_one_stay_to_the_letter(added: Callable[[str, bool], str]) -> None:
    @examples
    @given(imported, st.booleans())
    def stays(body: str, is_first: bool) -> None:
        edited = added(body, is_first)

        expected = f"<p>Added.</p>{body}" if is_first else f"{body}<p>Added.</p>"
        assert edited == expected

    stays()


def test_the_sample_archive_comes_out_as_it_went_in(rewritten: Callable[[str], str]) -> None:
    paths = sorted((FOLDER / "articles").glob("*.txt"))
    list(run(paths, Options(source="sample")))
    stored = list(Article.objects.values_list("body", flat=True))

    assert len(stored) == len(paths)
    for body in stored:
        again = identify(clean(rewritten(body)), previous=body)
        # The breaks between blocks are not written again.
        assert again == "".join(body.splitlines())
        assert blocks(again) == blocks(body)


def test_an_article_that_is_opened_and_saved_is_the_same(desk_page: Page) -> None:
    body = (
        '<h2 id="p1">Rain</h2>\n<p lang="ur" dir="rtl" id="p2">بارش <abbr title="x">a</abbr></p>\n'
        '<table><caption id="p3">Rain</caption><tbody><tr><td id="p4"><p id="p5">12</p></td></tr>'
        "</tbody></table>"
    )
    article = make_article("Rain", body=body, published=None)
    open_editor(desk_page, f"/admin/articles/article/{article.pk}/change/")
    assert written(desk_page) == body

    desk_page.get_by_role("button", name="Save draft").click()
    desk_page.get_by_text("Saved; it is draft.").wait_for()

    article.refresh_from_db()
    assert article.body == body


def test_undoing_a_change_gives_back_the_text_to_the_letter(desk_page: Page) -> None:
    body = '<p id="p1">One  two</p>\n<ul><li id="p2"><p id="p3">Three</p></li></ul>'
    article = make_article("Rain", body=body, published=None)
    text = open_editor(desk_page, f"/admin/articles/article/{article.pk}/change/")

    text.press("Control+Home")
    text.press_sequentially("Zero ")
    assert written(desk_page) != body
    text.press("Control+z")

    assert written(desk_page) == body
