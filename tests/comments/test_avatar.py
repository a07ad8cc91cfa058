from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from articles.comments.avatar import avatar


def test_a_name_has_always_the_same_picture_and_another_name_another():
    assert avatar("Zarina") == avatar(" zarina ")
    assert avatar("Zarina") != avatar("Sana")


@given(st.text())
def test_a_picture_is_a_drawing_without_style_script_or_outside_address(name):
    drawing = ElementTree.fromstring(avatar(name))
    assert [element.tag for element in drawing.iter()] == ["svg", "rect", "path"]
    attributes = {key for element in drawing.iter() for key in element.attrib}
    assert attributes <= {"class", "viewBox", "aria-hidden", "width", "height", "d", "fill"}
