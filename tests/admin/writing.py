"""What tests do in the body editor: open it, read what it holds, and what the form would send."""

import re

from playwright.sync_api import Locator, Page, expect

NEW = "/admin/articles/article/add/"


def open_editor(page: Page, address: str = NEW) -> Locator:
    """Goes to a page with the editor; the text in it."""
    page.goto(address)
    text = page.get_by_role("textbox", name="Body")
    expect(text).to_have_attribute("contenteditable", "true")
    return text


def written(page: Page) -> str:
    """The HTML that the form would send."""
    return page.locator("textarea[name=body]").input_value()


def expect_written(page: Page, html: str) -> None:
    """Waits until the form would send just this."""
    expect(page.locator("textarea[name=body]")).to_have_value(html)


def expect_within(page: Page, part: str) -> None:
    """Waits until this is in what the form would send."""
    expect(page.locator("textarea[name=body]")).to_have_value(re.compile(re.escape(part)))


def tool(page: Page, name: str) -> Locator:
    """A button of the toolbar."""
    return page.get_by_role("toolbar").get_by_role("button", name=name, exact=True)


def paste(page: Page, text: Locator, markup: str, plain: str = "") -> None:
    """Copies in the page, then pastes into ``text``, by the keys that people press."""
    page.evaluate(
        """([markup, plain]) => document.addEventListener("copy", (event) => {
          if (markup) event.clipboardData.setData("text/html", markup);
          event.clipboardData.setData("text/plain", plain);
          event.preventDefault();
        }, { once: true })""",
        [markup, plain],
    )
    page.get_by_label("Headline:").press("Control+c")
    text.press("Control+v")


def drop(
    page: Page, text: Locator, content: bytes, name: str, media_type: str = "image/png"
) -> None:
    """Drops a file at the end of ``text``."""
    transfer = page.evaluate_handle(
        """([bytes, name, type]) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([new Uint8Array(bytes)], name, { type }));
          return transfer;
        }""",
        [list(content), name, media_type],
    )
    last = text.locator("p").last
    box = last.bounding_box()
    assert box
    at = {"clientX": box["x"] + 5, "clientY": box["y"] + box["height"] / 2}
    last.dispatch_event("drop", {"dataTransfer": transfer, **at})
