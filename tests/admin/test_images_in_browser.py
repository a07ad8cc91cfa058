"""Pictures as a person brings them in: dropped, refused, described, pointed at, published."""

import base64
from collections.abc import Iterator
from io import BytesIO
from typing import Literal

import pytest
from playwright.sync_api import Browser, FilePayload, JSHandle, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles import editing
from articles.models import Image
from articles.pictures import make_renditions, take_in
from tests.admin.test_desk_in_browser import found_by_axe, sign_in
from tests.factories import make_article, make_image
from tests.pictures.files import drawn, photograph

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "/admin/articles/image/"
TRANSFER = """files => {
  const transfer = new DataTransfer();
  for (const [name, type, content] of files) {
    const bytes = Uint8Array.from(atob(content), letter => letter.charCodeAt(0));
    transfer.items.add(new File([bytes], name, { type }));
  }
  return transfer;
}"""


def dragged(page: Page, *files: tuple[str, str, bytes]) -> JSHandle:
    """What a hand that drags these files over a page carries: name, type, content."""
    sent = [(name, kind, base64.b64encode(content).decode()) for name, kind, content in files]
    return page.evaluate_handle(TRANSFER, sent)


def drop(page: Page, *files: tuple[str, str, bytes]) -> None:
    carried = {"dataTransfer": dragged(page, *files)}
    zone = page.locator("form.upload")
    for event in ("dragenter", "dragover", "drop"):
        zone.dispatch_event(event, carried)


def test_of_three_dropped_files_one_is_refused_one_is_known_and_one_described_and_published(
    browser_page: Page,
) -> None:
    known = take_in(BytesIO(photograph(300, 200)), alt_text="A flood.").image
    page = browser_page
    sign_in(page)
    page.goto(LIST)

    drop(
        page,
        ("tower.jpg", "image/jpeg", photograph(700, 1400)),
        ("map.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("flood.jpg", "image/jpeg", photograph(300, 200)),
    )

    expect(page.get_by_role("status")).to_contain_text("1 taken in, 1 here already, 1 refused.")
    lines = page.locator(".uploads li")
    expect(lines.filter(has_text="map.svg")).to_contain_text("not a picture but an SVG drawing")
    expect(lines.filter(has_text="flood.jpg").get_by_role("link")).to_have_attribute(
        "href", f"{LIST}{known.pk}/change/"
    )

    page.get_by_role("link", name="Describe what was taken in").click()
    page.get_by_role("button", name="Save").click()
    expect(
        page.get_by_text("Say what the picture shows, or mark it as decorative.")
    ).to_be_visible()
    page.get_by_label("Alternative text").fill("A tower.")
    image = page.locator(".focal-point .whole img")
    box = image.bounding_box()
    assert box
    image.click(position={"x": box["width"] * 0.75, "y": box["height"] * 0.9})
    mark = page.get_by_role("button", name="Focal point")
    expect(mark).to_contain_text("75% from the left, 90% from the top")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowLeft")
    expect(mark).to_contain_text("65% from the left, 91% from the top")
    # A card is as wide as the tower and a third as high; its middle is at 91%, its end past 100%.
    expect(page.locator(".cut img")).to_have_css("object-position", "50% 100%")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("One image is described.")).to_be_visible()

    tower = Image.objects.exclude(pk=known.pk).get()
    assert (tower.alt_text, tower.focal_x, tower.focal_y) == ("A tower.", 0.65, 0.91)
    article = make_article("A tower stands", lead_image=tower)
    editing.record([article])
    page.goto(article.get_absolute_url())
    lead = page.get_by_role("img", name="A tower.")
    expect(lead).to_have_js_property("complete", True)
    assert lead.evaluate("image => image.currentSrc").endswith(f"{tower.sha256}-700.avif")
    assert lead.evaluate("image => image.naturalWidth") > 0
    page.goto("/")
    card = page.locator(".opening img")
    expect(card).to_have_js_property("complete", True)
    assert "-card-65-91-" in card.evaluate("image => image.currentSrc")
    assert card.evaluate("image => image.currentSrc").endswith(".avif")


def test_when_all_are_taken_in_their_description_comes_by_itself(browser_page: Page) -> None:
    sign_in(browser_page)
    browser_page.goto(LIST)

    browser_page.get_by_label("Drop pictures here, or choose them").set_input_files(
        [
            FilePayload(
                name=f"{number}.png", mimeType="image/png", buffer=drawn("PNG", (40, number))
            )
            for number in (30, 31, 32)
        ]
    )

    expect(browser_page.get_by_role("heading", name="Describe what you uploaded")).to_be_visible()
    expect(browser_page.get_by_label("Alternative text")).to_have_count(3)


def test_without_scripts_files_are_uploaded_and_the_point_is_set_in_numbers(
    browser: Browser, live_server: LiveServer
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page)
    page.goto(LIST)
    page.get_by_label("Drop pictures here, or choose them").set_input_files(
        [
            FilePayload(name="a.jpg", mimeType="image/jpeg", buffer=photograph(60, 90)),
            FilePayload(name="b.jpg", mimeType="image/jpeg", buffer=b"no picture"),
        ]
    )
    page.get_by_role("button", name="Upload").click()

    expect(page.get_by_text("“b.jpg” was not taken in.")).to_be_visible()
    page.get_by_label("Alternative text").fill("A tower.")
    page.get_by_label("Focal y").fill("0.8")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("One image is described.")).to_be_visible()
    assert Image.objects.get().focal_y == 0.8
    context.close()


@pytest.fixture(params=["light", "dark"])
def everybody(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer
) -> Iterator[Page]:
    """A window in which pages are checked for everybody's use."""
    scheme: Literal["light", "dark"] = request.param
    # The checker puts styles of its own into the page, which the security policy refuses.
    context = browser.new_context(base_url=live_server.url, color_scheme=scheme, bypass_csp=True)
    yield context.new_page()
    context.close()


def test_everybody_can_use_the_pages_of_images(everybody: Page) -> None:
    used, bare = make_image(width=400, height=300), make_image(alt_text="")
    make_renditions(used)
    make_article(lead_image=used)
    sign_in(everybody)
    violations = []
    for address in (
        LIST,
        f"{LIST}add/",
        f"{LIST}{used.pk}/change/",
        f"{LIST}{used.pk}/delete/",
        f"{LIST}{bare.pk}/delete/",
        f"{LIST}describe/?image={used.pk}&image={bare.pk}",
    ):
        everybody.goto(address)
        violations += found_by_axe(everybody)
    everybody.goto(LIST)
    drop(everybody, ("map.svg", "image/svg+xml", b"<svg/>"))
    expect(everybody.get_by_role("status")).to_contain_text("1 refused")
    violations += found_by_axe(everybody)

    assert violations == []
