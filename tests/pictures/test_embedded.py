"""Caption, credit and rights as agencies and photographers write them into their files."""

import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.pictures import clean
from articles.pictures.embedded import Words, words_in
from articles.pictures.formats import Parts
from tests.pictures.files import exif, iptc, photograph, png_with, with_segments, xmp

PROPERTIES = """
<dc:description><rdf:Alt><rdf:li xml:lang="ur">سیلاب</rdf:li>
<rdf:li xml:lang="x-default">A flooded street in Quetta.</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>Rahila Baloch</rdf:li></rdf:Seq></dc:creator>
<photoshop:Credit>Agency</photoshop:Credit>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2026 Agency</rdf:li></rdf:Alt></dc:rights>
<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">Editorial use only</rdf:li></rdf:Alt>
</xmpRights:UsageTerms>
<Iptc4xmpCore:AltTextAccessibility><rdf:Alt>
<rdf:li xml:lang="x-default">Water to the sills.</rdf:li></rdf:Alt>
</Iptc4xmpCore:AltTextAccessibility>
<Iptc4xmpCore:CreatorContactInfo rdf:parseType="Resource">
<Iptc4xmpCore:CiUrlWork>www.rahila.example</Iptc4xmpCore:CiUrlWork></Iptc4xmpCore:CreatorContactInfo>
"""
# Pillow says on standard error what it found broken.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")

UTF_8 = {(1, 90): b"\x1b%G"}


def words_of_jpeg(*segments: bytes, **options: Any) -> Words:
    return clean(BytesIO(with_segments(photograph(40, 30, **options), *segments))).words


def test_xmp_fills_every_field():
    assert words_of_jpeg(xmp=xmp(PROPERTIES)) == Words(
        alt_text="Water to the sills.",
        caption="A flooded street in Quetta.",
        credit="Rahila Baloch/Agency",
        rights="© 2026 Agency Editorial use only",
        credit_url="https://www.rahila.example",
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_xmp_is_read_from_every_format_that_has_it(kind: str):
    content = photograph(40, 30, kind=kind, xmp=xmp(PROPERTIES))
    if kind == "PNG":
        content = png_with(content, (b"iTXt", b"XML:com.adobe.xmp" + bytes(5) + xmp(PROPERTIES)))

    assert clean(BytesIO(content)).words.caption == "A flooded street in Quetta."


def test_xmp_that_a_png_has_compressed_is_read():
    packet = b"XML:com.adobe.xmp\x00\x01" + bytes(3) + zlib.compress(xmp(PROPERTIES))

    content = png_with(photograph(40, 30, kind="PNG"), (b"iTXt", packet))

    assert clean(BytesIO(content)).words.caption == "A flooded street in Quetta."


def test_properties_may_be_attributes_too():
    packet = xmp().replace(b'rdf:about=""', b'rdf:about="" photoshop:Credit="Agency"')

    assert words_of_jpeg(xmp=packet).credit == "Agency"


def test_iim_is_read_where_there_is_no_xmp():
    datasets: dict[tuple[int, int], Any] = {
        (2, 120): b"A flood.",
        (2, 80): [b"Rahila", b"Karim"],
        (2, 110): b"Agency",
        (2, 116): b"(c) Agency",
    }

    assert words_of_jpeg(iptc(datasets)) == Words(
        caption="A flood.", credit="Rahila, Karim/Agency", rights="(c) Agency"
    )


def test_xmp_goes_before_iim_and_iim_before_exif():
    camera = exif(artist="Camera owner", copyright="Theirs")
    desk = iptc({(2, 110): b"Agency of IIM", (2, 116): b"Of IIM"})
    packet = xmp("<photoshop:Credit>Agency of XMP</photoshop:Credit>")

    assert words_of_jpeg(exif=camera).credit == "Camera owner"
    assert words_of_jpeg(desk, exif=camera).credit == "Agency of IIM"
    both = words_of_jpeg(desk, exif=camera, xmp=packet)
    assert (both.credit, both.rights) == ("Agency of XMP", "Of IIM")


def test_a_credit_line_that_names_the_photographer_is_taken_as_it_is():
    datasets = {(2, 80): b"Rahila Baloch", (2, 110): b"Agency / rahila baloch"}

    assert words_of_jpeg(iptc(datasets)).credit == "Agency / rahila baloch"


@pytest.mark.parametrize(
    ("datasets", "caption"),
    [
        ({**UTF_8, (2, 120): "سیلاب".encode()}, "سیلاب"),
        ({(2, 120): "Gülşen in Zürich".encode()}, "Gülşen in Zürich"),
        ({(2, 120): "Zürich – “floods”".encode("cp1252")}, "Zürich – “floods”"),
        ({**UTF_8, (2, 120): b"broken \xff"}, "broken \ufffd"),
        ({(2, 120): b"two\r\nlines\x00\x07 and a bell"}, "two lines and a bell"),
    ],
)
def test_text_in_any_encoding_is_read(datasets: dict[tuple[int, int], bytes], caption: str):
    assert words_of_jpeg(iptc(datasets)).caption == caption


def test_exif_in_utf_8_is_read_as_it_was_meant():
    camera = exif(artist="G..l..en").replace(b"G..l..en", "Gülşen".encode())

    assert words_of_jpeg(exif=camera).credit == "Gülşen"


def test_what_is_too_long_for_its_field_is_cut():
    credit = words_of_jpeg(iptc({(2, 110): b"a" * 3000})).credit

    assert credit == f"{'a' * 199}…"


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("ftp://rahila.example/", ""),
        ("https://rahila.example/a?b=1", "https://rahila.example/a?b=1"),
        ("nothing, http://second.example", "http://second.example"),
    ],
)
def test_only_a_web_address_becomes_the_link_of_the_credit(address: str, taken: str):
    packet = xmp(f"<Iptc4xmpCore:CiUrlWork>{address}</Iptc4xmpCore:CiUrlWork>")

    assert words_of_jpeg(xmp=packet).credit_url == taken


def test_xmp_that_is_made_to_do_harm_is_not_read(data_dir: Path):
    for path in sorted((data_dir / "hostile" / "xml").glob("*.xml")):
        assert words_in(Parts(b"", xmp=path.read_bytes())) == Words()


@given(exif=st.binary(), xmp=st.binary(), iptc=st.binary())
def test_no_bytes_break_the_reading(exif: bytes, xmp: bytes, iptc: bytes):
    words_in(Parts(b"", exif, xmp, iptc))


@given(st.binary(max_size=200), st.integers(0, 400))
def test_no_damage_to_real_metadata_breaks_the_reading(noise: bytes, at: int):
    camera, packet = exif(artist="A")[6:], xmp(PROPERTIES)
    words_in(
        Parts(
            b"",
            camera[:at] + noise + camera[at + len(noise) :],
            packet[:at] + noise + packet[at + len(noise) :],
            b"\x1c\x02\x78\x00\x05" + noise,
        )
    )
