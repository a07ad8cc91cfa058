from typing import cast

import pytest
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.utils.safestring import mark_safe
from jinja2 import Environment, UndefinedError

ENVIRONMENT: Environment = cast("Jinja2", engines["jinja2"]).env


@pytest.mark.parametrize("name", ENVIRONMENT.list_templates())
def test_every_template_of_a_public_page_can_be_read(name):
    ENVIRONMENT.get_template(name)


def test_text_is_escaped_and_markup_that_is_known_to_be_safe_is_not():
    template = ENVIRONMENT.from_string('<p title="{{ text }}">{{ markup }}</p>')

    page = template.render(text='"><script>', markup=mark_safe("<b>bold</b>"))

    assert page == '<p title="&#34;&gt;&lt;script&gt;"><b>bold</b></p>'


def test_lines_of_plain_text_become_paragraphs_of_plain_text():
    template = ENVIRONMENT.from_string("{{ text|linebreaks }}")

    assert template.render(text="<b>\n\nTwo") == "<p>&lt;b&gt;</p>\n\n<p>Two</p>"


def test_a_name_that_no_view_gave_is_an_error_and_not_a_hole_in_the_page():
    with pytest.raises(UndefinedError, match="headlin"):
        ENVIRONMENT.from_string("{{ headlin }}").render(headline="News")
