"""Names of entities."""

import pytest

from articles.models import PersonName
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def test_a_name_of_ligatures_that_fold_to_many_letters_can_be_stored() -> None:
    name = PersonName(person=make_person("Ann Reed"), name="ﷺ" * 200)
    name.full_clean(exclude=["folded"])
    name.save()

    assert len(PersonName.objects.get().folded) == 200
