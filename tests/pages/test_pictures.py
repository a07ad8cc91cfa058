"""Pictures on public pages: small files of good formats where the browser can choose, the plain
file where there is nothing to choose from."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from lxml import html

from articles import editing
from articles.models import Image
from articles.pages.pictures import with_renditions
from articles.pictures import make_renditions, take_in
from tests.factories import make_article, make_image, make_section
from tests.pictures.files import drawn, photograph

pytestmark = pytest.mark.django_db

NAME = f"renditions/ab/ab{'0' * 62}"


def taken(content: bytes, **fields: Any) -> Image:
    image = take_in(BytesIO(content)).image
    for name, value in fields.items():
        setattr(image, name, value)
    image.save()
    make_renditions(image)
    return image


def page(client: Client, address: str) -> Any:
    return html.fromstring(client.get(address).content)


def published(**fields: Any) -> Any:
    article = make_article(**fields)
    editing.record([article])
    return article


def test_a_lead_image_comes_in_every_format_and_width(client: Client):
    image = taken(photograph(700, 420), alt_text="A flood.", caption="At Sukkur", credit="R. B.")
    article = published(lead_image=image)

    [figure] = page(client, article.path).xpath("//figure[@class='lead']")
    sources = figure.xpath(".//source")
    [shown] = figure.xpath(".//img")

    base = f"/media/renditions/{image.sha256[:2]}/{image.sha256}"
    assert [source.get("type") for source in sources] == ["image/avif", "image/webp"]
    assert sources[0].get("srcset") == (
        f"{base}-320.avif 320w, {base}-640.avif 640w, {base}-700.avif 700w"
    )
    assert shown.get("src") == f"{base}-700.jpg"
    assert shown.get("srcset").endswith(f"{base}-700.jpg 700w")
    assert (shown.get("width"), shown.get("height"), shown.get("alt")) == ("700", "420", "A flood.")
    assert sources[0].get("sizes") == shown.get("sizes")
    assert figure.text_content() == "At Sukkur R. B."
    for candidate in sources[1].get("srcset").split(", "):
        assert client.get(candidate.split()[0]).status_code == 200


def test_a_credit_leads_to_whom_it_credits(client: Client):
    image = taken(
        photograph(400, 300), credit="R. B.", credit_url="https://rahila.example/", alt_text="A"
    )
    article = published(lead_image=image)

    [link] = page(client, article.path).xpath("//figure[@class='lead']//figcaption//a")

    assert (link.text, link.get("href")) == ("R. B.", "https://rahila.example/")


def test_an_image_without_renditions_is_shown_as_it_is(client: Client):
    article = published(lead_image=make_image(is_decorative=True))

    [figure] = page(client, article.path).xpath("//figure[@class='lead']")

    assert not figure.xpath(".//source")
    [shown] = figure.xpath(".//img")
    assert shown.get("src") == article.lead_image.file.url
    assert (shown.get("width"), shown.get("height"), shown.get("alt")) == ("40", "30", "")
    assert shown.get("srcset") is None


def test_an_animation_moves_but_for_who_asked_for_rest(client: Client):
    image = taken(drawn("GIF", (400, 300), frames=3), alt_text="A")
    article = published(lead_image=image)

    [figure] = page(client, article.path).xpath("//figure[@class='lead']")

    assert figure.xpath(".//img")[0].get("src") == image.file.url
    assert {source.get("media") for source in figure.xpath(".//source")} == {
        "(prefers-reduced-motion: reduce)"
    }


def test_the_front_page_and_its_sections_show_cards(client: Client):
    section = make_section()
    for _ in range(2):
        published(section=section, lead_image=taken(photograph(1300, 1300), alt_text="A"))
    published(section=section, lead_image=taken(photograph(577, 384), alt_text="A"))

    shown = page(client, "/").xpath("//main//img")

    assert len(shown) == 2
    for each in shown:
        assert "-card-50-50-" in each.get("src")
        assert int(each.get("width")) / int(each.get("height")) == pytest.approx(1.5, abs=0.01)
        assert each.get("alt") == ""


def test_search_engines_and_other_sites_get_a_large_picture_that_all_can_show(client: Client):
    image = taken(photograph(2000, 1200), alt_text="A flood.")
    article = published(lead_image=image)

    head = page(client, article.path)

    address = f"http://127.0.0.1:8000/media/renditions/{image.sha256[:2]}/{image.sha256}-1920.jpg"
    assert head.xpath("string(//meta[@property='og:image']/@content)") == address
    assert head.xpath("string(//meta[@property='og:image:alt']/@content)") == "A flood."
    assert f'"image":"{address}"' in head.xpath("string(//script[@type='application/ld+json'])")


def test_a_picture_in_the_text_has_its_choice_without_a_query(django_assert_num_queries):
    body = f'<p id="p1">A</p><figure><img src="/media/{NAME}-700.jpg" alt="x" width="700"></figure>'

    with django_assert_num_queries(0):
        figure: Any = html.fromstring(f"<div>{with_renditions(body)}</div>")

    avif, _webp = figure.xpath(".//picture//source")
    assert avif.get("srcset").split(", ") == [
        f"/media/{NAME}-{width}.avif {width}w" for width in (320, 640, 700)
    ]
    [shown] = figure.xpath(".//picture//img")
    assert (shown.get("alt"), shown.get("width"), shown.get("loading")) == ("x", "700", "lazy")
    assert shown.get("srcset").endswith(f"/media/{NAME}-700.jpg 700w")


@pytest.mark.parametrize(
    "body",
    [
        "<p>No picture, but &lt;img src=&quot;x&quot;&gt;.</p>",
        f'<img src="https://elsewhere.example/media/{NAME}-700.jpg" alt="">',
        '<img alt="">',
    ],
)
def test_other_pictures_are_left_alone(body: str):
    assert with_renditions(body) == body


def test_a_file_of_ours_without_renditions_waits_until_it_is_scrolled_to():
    assert with_renditions('<img src="/media/images/ab/a.gif" alt="">') == (
        '<img src="/media/images/ab/a.gif" alt="" loading="lazy" decoding="async">'
    )


def test_a_body_shows_them_on_its_page_and_in_its_history(client: Client):
    image = taken(photograph(700, 420))
    source = f"/media/renditions/{image.sha256[:2]}/{image.sha256}-700.jpg"
    article = published(
        body=f'<figure><img src="{source}" alt="A flood."></figure><p id="p1">A</p>'
    )

    for address in (article.path, f"{article.path}history/1/"):
        shown = page(client, address)
        assert shown.xpath("//*[@class='body']//picture//source[@type='image/avif']")
        assert shown.xpath("//*[@class='body']//picture//img")[0].get("alt") == "A flood."
