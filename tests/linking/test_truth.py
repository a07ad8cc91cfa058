"""How much of marked agency copy is linked, and how surely; ``truth`` has the copy."""

from copy import copy

import pytest

from articles.linking.names import Vocabulary
from benchmarks.truth import DEVELOPMENT, HELD_OUT, World, read, score


@pytest.fixture(scope="module")
def world() -> World:
    return World()


@pytest.mark.parametrize("part", [DEVELOPMENT, HELD_OUT])
def test_what_is_linked_is_right_and_known_names_are_linked(world: World, part: str) -> None:
    result = score(read(part, world), world)
    assert result.precision >= 0.97
    assert result.recall >= 0.90


def test_there_is_enough_of_it_and_a_third_is_held_out(world: World) -> None:
    development, held_out = (
        sum(len(marked.copy.blocks) for marked in read(part, world))
        for part in (DEVELOPMENT, HELD_OUT)
    )
    assert development + held_out >= 60
    assert 3 * held_out >= development + held_out


def test_an_archive_that_knows_nothing_finds_nothing_known(world: World) -> None:
    ignorant = copy(world)
    ignorant.vocabulary = Vocabulary.of([])
    assert score(read(DEVELOPMENT, world), ignorant).recall == 0
