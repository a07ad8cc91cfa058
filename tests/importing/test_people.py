"""People and positions from a table: what goes in, what stays, what is refused and why."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.importing.people import Line, Outcome, run
from articles.importing.people.rows import stated
from articles.importing.people.table import LONGEST_LINE, Cells, read
from articles.importing.records import ImportFault
from articles.models import AuditEntry, Person, Position
from articles.vocabulary.merging import merge
from tests.factories import make_organisation, make_person, make_place, make_staff

HEAD = "position,person,personID,start,end\n"


def lines(text: str | bytes, **options: object) -> list[Line]:
    content = text.encode() if isinstance(text, str) else text
    return list(run(BytesIO(content), **options))  # type: ignore[arg-type]


class TestTable:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_its_encoding_is_found(self, encoding: str) -> None:
        text = "Name;Office\nJosé Muñoz Ibáñez;Alcalde de Logroño\n" * 20
        first = next(read(BytesIO(text.encode(encoding))))
        assert first == Cells(2, {"name": "José Muñoz Ibáñez", "office": "Alcalde de Logroño"})

    @pytest.mark.parametrize("delimiter", list(",;\t|"))
    def test_its_delimiter_is_found(self, delimiter: str) -> None:
        text = delimiter.join(["Person", "Start Date"]) + "\n" + delimiter.join(["A B", "2006"])
        assert next(read(BytesIO(text.encode()))).cells == {"person": "A B", "startdate": "2006"}

    def test_a_line_number_is_that_of_the_file(self) -> None:
        text = 'person,source\nA,"two\nlines"\n\nB,x\n'
        assert [line.number for line in read(BytesIO(text.encode()))] == [2, 5]

    def test_what_is_too_long_or_never_closed_costs_that_line_only(self) -> None:
        text = f"person\nA\n{'x' * LONGEST_LINE * 3}\nB\n"
        found = list(read(BytesIO(text.encode())))
        assert [line.cells.get("person") for line in found] == ["A", None, "B"]
        assert "more than" in found[1].fault

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "empty"),
            (b"PK\x03\x04xyz", "Save it as CSV"),
            (b"name\0,title\nA,B\n", "is no text"),
            (b"\xff\xfe\x00", "is no text"),
        ],
    )
    def test_what_is_no_table_is_refused(self, content: bytes, said: str) -> None:
        with pytest.raises(ImportFault, match=said):
            list(read(BytesIO(content)))


class TestLine:
    @pytest.mark.parametrize(
        ("text", "day", "precision"),
        [
            ("2006", date(2006, 1, 1), "year"),
            ("2006-05", date(2006, 5, 1), "month"),
            ("2006-05-12", date(2006, 5, 12), "day"),
            ("2006-00-00", date(2006, 1, 1), "year"),
            ("+2006-05-00T00:00:00Z", date(2006, 5, 1), "month"),
        ],
    )
    def test_a_date_is_as_precise_as_it_is_known(
        self, text: str, day: date, precision: str
    ) -> None:
        said = stated(Cells(2, {"name": "A B", "office": "Mayor", "from": text}))
        assert said.started == (day, precision)

    def test_an_end_known_less_exactly_is_not_before_the_start(self) -> None:
        cells = {"name": "A", "title": "Mayor", "start": "2006-05-12", "end": "2006"}
        assert stated(Cells(2, cells)).ended == (date(2006, 5, 12), "year")

    @pytest.mark.parametrize(
        ("cells", "said"),
        [
            ({"title": "Mayor"}, "names no person"),
            ({"name": "A", "title": "Mayor", "start": "12 May"}, "“12 May”, is not a date"),
            ({"name": "A", "title": "Mayor", "start": "2006-02-30"}, "is not a date"),
            ({"name": "A", "title": "M", "start": "2006", "end": "2005"}, "ends before it starts"),
            ({"name": "A", "start": "2006"}, "no position"),
            ({"name": "A", "wikidata": "1362"}, "is not a Wikidata number"),
            ({"name": "=HYPERLINK(1)"}, "is a formula"),
            ({"name": "A\0B"}, "no text"),
            ({"name": "A" * 201}, "more than 200"),
            ({"name": "123"}, "is no name"),
        ],
    )
    def test_what_is_wrong_is_said(self, cells: dict[str, str], said: str) -> None:
        with pytest.raises(ValueError, match=said):
            stated(Cells(2, cells))


@pytest.mark.django_db
class TestStoring:
    def test_people_come_with_their_positions(self) -> None:
        told = lines(
            HEAD + "President,Arif Alvi,Q4790529,2018-09-09,\n"
            "Finance Minister,Rana Afzal,Q16,2017-12,2018-05\n"
        )
        assert [line.outcome for line in told] == [Outcome.ADDED] * 2
        alvi = Position.objects.get(title="President")
        assert (alvi.person.name, alvi.person.wikidata_id) == ("Arif Alvi", "Q4790529")
        assert (alvi.started_on, alvi.ended_on) == (date(2018, 9, 9), None)
        afzal = Position.objects.get(title="Finance Minister")
        assert (afzal.start_precision, afzal.end_precision) == ("month", "month")

    def test_again_it_changes_nothing(self) -> None:
        text = HEAD + "President,Arif Alvi,Q4790529,2018-09-09,\nMayor,Wasim Akhtar,,2016,2020\n"
        lines(text)
        before = list(Person.objects.values()), list(Position.objects.values())
        assert [line.outcome for line in lines(text)] == [Outcome.UNCHANGED] * 2
        assert before == (list(Person.objects.values()), list(Position.objects.values()))

    def test_an_end_that_was_not_known_is_filled_in(self) -> None:
        lines(HEAD + "President,Arif Alvi,Q1,2018-09-09,\n")
        lines(HEAD + "President,Arif Alvi,Q1,2018-09-09,2024-03-10\n")
        assert Position.objects.get().ended_on == date(2024, 3, 10)

    def test_what_an_editor_put_right_stays(self) -> None:
        text = HEAD + "President,Arif Alvi,Q1,2018-09-09,\nMayor,Arif Alvi,Q1,2001,2002\n"
        lines(text)
        person = Person.objects.get()
        person.name = "Dr Arif Alvi"
        person.save()
        Position.objects.filter(title="Mayor").delete()
        Position.objects.update(started_on=date(2018, 9, 10), title="President of Pakistan")
        AuditEntry.objects.note(make_staff(), "change", person, "deleted position “Mayor”")
        told = lines(text)

        assert [line.outcome for line in told] == [Outcome.KEPT] * 2
        assert "an editor has seen to the positions" in told[0].remarks[0]
        assert Position.objects.get().title == "President of Pakistan"
        assert Person.objects.get().name == "Dr Arif Alvi"

    def test_only_a_change_of_positions_keeps_them(self) -> None:
        text = HEAD + "Mayor,A B,,2001,\n"
        person = make_person("A B")
        AuditEntry.objects.note(
            make_staff(), "change", person, "name; added other name “Opposition”"
        )
        assert lines(text)[0].outcome == Outcome.ADDED

    def test_one_title_in_two_organisations_is_two_positions(self) -> None:
        make_organisation("Alpha")
        make_organisation("Beta")
        head = "name,title,organisation,place\n"
        lines(head + "Ali Khan,Member,Alpha,\nAli Khan,Member,Beta,\nAli Khan,Member,,\n")
        held = Position.objects.order_by("organisation__name")
        assert list(held.values_list("organisation__name", flat=True)) == ["Alpha", "Beta"]

    def test_who_was_merged_or_is_called_otherwise_is_known(self) -> None:
        bugti = make_person("Mir Sarfraz Bugti", wikidata_id="Q7")
        kept = make_person("Sarfraz Bugti", names=["S. Bugti"], wikidata_id="Q8")
        merge(bugti, kept, by=None)
        lines(HEAD + "Senator,Somebody,Q7,2018,\nMinister,S. Bugti,,2023,\n")
        assert set(kept.positions.values_list("title", flat=True)) == {"Senator", "Minister"}

    def test_namesakes_are_told_apart_by_number_or_not_guessed(self) -> None:
        make_person("Imran Khan", wikidata_id="Q1")
        make_person("Imran Khan", wikidata_id="Q2", slug="imran-khan-2")
        told = lines("name,title,wikidata\nImran Khan,Mayor,\nImran Khan,Captain,Q3\n")
        assert [line.outcome for line in told] == [Outcome.FAILED, Outcome.ADDED]
        assert "2 people are called" in told[0].remarks[0]
        assert Person.objects.get(wikidata_id="Q3").slug == "imran-khan-3"

    def test_a_place_and_an_organisation_are_found_or_left_out(self) -> None:
        place, party = make_place("Karachi"), make_organisation("MQM", names=["Muttahida"])
        told = lines("name,title,place,organization\nA B,Mayor,Karachi,Muttahida\nC D,Mayor,Xyz,\n")
        assert Position.objects.get(person__name="A B").place == place
        assert Position.objects.get(person__name="A B").organisation == party
        assert told[1].remarks == ("no one place is called “Xyz”: left out",)

    def test_a_bad_line_keeps_no_other_out(self) -> None:
        told = lines(HEAD + "Mayor,A B,,x,\nMayor,,,,\nMayor,C D,,2001,\n")
        assert [(line.number, line.outcome) for line in told] == [
            (2, Outcome.FAILED),
            (3, Outcome.FAILED),
            (4, Outcome.ADDED),
        ]

    def test_a_dry_run_stores_nothing(self) -> None:
        told = lines(HEAD + "Mayor,A B,,2001,\n", dry_run=True)
        assert told[0].added == ("A B", "Mayor")
        assert not Person.objects.exists()

    def test_a_dry_run_holds_no_more_than_a_batch(self) -> None:
        text = HEAD + "Mayor,Person A,,2001,\n" * 5_000
        file = BytesIO(text.encode())
        told = run(file, dry_run=True)
        next(told)
        assert file.tell() < len(text) / 2
        assert not Person.objects.exists()

    @pytest.mark.parametrize(
        "content",
        [b"city,country\nQuetta,Pakistan\n", b"city,country\n", b"\xff\xfe\x00garbage"],
    )
    def test_a_table_without_people_is_refused(self, content: bytes) -> None:
        with pytest.raises(ImportFault, match="no column of people"):
            lines(content)

    def test_the_command_says_what_it_did(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "people.csv"
        path.write_text(HEAD + "Mayor,A B,,2001,\n")
        call_command("import_people", path)
        said = capsys.readouterr().out
        assert "1 added, 0 unchanged" in said
        assert "find_duplicates" in said
        path.write_text(HEAD + "Mayor,A B,,x,\n")
        with pytest.raises(CommandError, match="1 failed"):
            call_command("import_people", path)
        assert "line 2: the start, “x”, is not a date" in capsys.readouterr().err
        with pytest.raises(CommandError, match="No such file"):
            call_command("import_people", tmp_path / "none.csv")

    def test_the_office_holders_of_pakistan(self, data_dir: Path) -> None:
        path = data_dir / "people" / "pk-office-holders.csv"
        with path.open("rb") as file:
            told = list(run(file))
        with path.open("rb") as file:
            again = list(run(file))

        assert {line.outcome for line in told} == {Outcome.ADDED}
        assert {line.outcome for line in again} == {Outcome.UNCHANGED}
        assert Position.objects.filter(start_precision="month").exists()
