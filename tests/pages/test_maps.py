import re
from itertools import combinations

import pytest

from articles.pages.maps.drawing import HEIGHT, WIDTH, Mark, Spot, draw
from articles.pages.maps.outlines import outlines
from articles.pages.maps.svg import svg

BALOCHISTAN = [
    Spot(name, f"/places/{name.lower()}/", latitude, longitude)
    for name, latitude, longitude in (
        ("Quetta", 30.18, 67.0),
        ("Nushki", 29.55, 66.02),
        ("Pasni", 25.26, 63.47),
        ("Gwadar", 25.12, 62.33),
        ("Mastung", 29.8, 66.85),
        ("Harnai", 30.1, 67.94),
    )
]


def label_box(mark: Mark) -> tuple[float, float, float, float]:
    assert mark.label
    width = len(mark.spot.name) * 6.4
    left = mark.label.x - {"start": 0, "middle": width / 2, "end": width}[mark.label.anchor]
    return left, mark.label.y - 10, left + width, mark.label.y + 3


def test_north_is_up_and_east_is_right():
    marks = {mark.spot.name: mark for mark in draw(BALOCHISTAN).marks}

    assert marks["Quetta"].y < marks["Pasni"].y
    assert marks["Gwadar"].x < marks["Pasni"].x < marks["Harnai"].x


def test_every_place_is_on_the_map():
    assert all(0 <= mark.x <= WIDTH and 0 <= mark.y <= HEIGHT for mark in draw(BALOCHISTAN).marks)


def test_no_two_labels_collide():
    boxes = [label_box(mark) for mark in draw(BALOCHISTAN).marks if mark.label]

    assert len(boxes) >= 4
    for one, other in combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart


def test_a_label_that_fits_nowhere_is_left_out_and_its_dot_stays():
    crowd = [Spot(f"A long name {number}", "/", 30, 67) for number in range(12)]

    marks = draw(crowd).marks

    assert len(marks) == 12
    assert any(mark.label is None for mark in marks)


def test_a_single_place_stands_in_the_middle():
    (mark,) = draw([Spot("Quetta", "/q/", 30.18, 67.0)]).marks

    assert (mark.x, mark.y) == (WIDTH / 2, HEIGHT / 2)


@pytest.mark.parametrize("latitude", [-90, 90])
def test_the_poles_can_be_drawn(latitude):
    assert draw([Spot("Pole", "/", latitude, 0)]).marks


def test_there_is_land_under_quetta_and_none_in_the_middle_of_the_ocean():
    assert outlines(66, 29, 68, 31).land
    assert not outlines(-140, -41, -138, -39).land


def test_a_country_stands_out_by_its_own_outline():
    assert outlines(66, 29, 68, 31, "PK").country
    assert not outlines(66, 29, 68, 31, "CL").country
    assert 'class="country"' in svg(draw(BALOCHISTAN, country="PK"), "")
    assert 'class="country"' not in svg(draw(BALOCHISTAN), "")


def test_a_wide_map_is_drawn_in_finer_steps_than_a_small_one():
    bounds = (55, 20, 75, 40)

    fine, coarse = (outlines(*bounds, width=width).coasts for width in (960, 320))

    assert max(steps(fine)) < max(steps(coarse))


def test_no_coast_runs_right_across_the_map():
    assert max(steps(outlines(-179, -85, 179, 85).coasts)) < 9_000


def steps(path: str) -> list[int]:
    """How far each line of the path goes to the east or west, in hundredths of a degree."""
    lines = [re.findall(r"-?\d+", line)[2:] for line in path.split("M")[1:]]
    return [abs(int(step)) for line in lines for step in line[::2]]


def test_the_area_of_a_dot_tells_its_number():
    one, four = draw(BALOCHISTAN[:2], counts=[100, 25]).marks

    assert one.radius == pytest.approx(2 * four.radius, abs=0.1)
    assert 'aria-label="Nushki: 25 articles"' in svg(draw(BALOCHISTAN[:2], counts=[100, 25]), "")


def test_a_map_of_the_world_is_drawn_coarsely():
    world = outlines(-179, -85, 179, 85)

    assert world.land
    assert sum(map(len, world)) < 60_000


def test_a_name_cannot_become_markup():
    drawn = svg(draw([Spot("<b>&", '/">', 30, 67)]), '"')

    assert "<b>" not in drawn
    assert 'href="/&quot;&gt;"' in drawn
    assert "&lt;b&gt;&amp;" in drawn
