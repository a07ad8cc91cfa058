from articles.models import Correction, CorrectionKind
from articles.pages.note_marks import mark_notes


def note(pk: int, paragraph: str, kind: str = CorrectionKind.CORRECTION) -> Correction:
    return Correction(pk=pk, paragraph=paragraph, kind=kind, text="It was Tuesday.")


def mark(pk: int, words: str = "Correction") -> str:
    return f' <a class="note-mark ui" href="#correction-{pk}">{words}</a>'


BODY = '<p id="p1">One.</p><p id="p2">Two <b>bold</b>.</p>'


def test_the_paragraph_a_note_concerns_leads_to_it() -> None:
    assert mark_notes(BODY, [note(7, "p2")]) == BODY.replace("</b>.", f"</b>.{mark(7)}")


def test_several_notes_on_one_paragraph_stand_in_their_order() -> None:
    notes = [note(7, "p1"), note(8, "p1", CorrectionKind.UPDATE)]

    assert mark_notes(BODY, notes) == BODY.replace("One.", f"One.{mark(7)}{mark(8, 'Update')}")


def test_a_note_on_the_whole_article_or_on_what_is_gone_leaves_no_mark() -> None:
    assert mark_notes(BODY, [note(7, ""), note(8, "p9")]) == BODY
    assert mark_notes(BODY, []) == BODY


def test_a_paragraph_inside_another_block_is_told_from_it() -> None:
    body = '<blockquote id="p1"><p id="p2">It rained.</p></blockquote>'

    assert mark_notes(body, [note(7, "p2")]) == body.replace("rained.", f"rained.{mark(7)}")
    assert mark_notes(body, [note(7, "p1")]) == body.replace("</p>", f"</p>{mark(7)}")


def test_blocks_with_attributes_of_their_own_are_found() -> None:
    body = '<p dir="rtl" lang="ur" id="p1">بارش</p><td colspan="2" id="p2">x</td>'

    assert mark_notes(body, [note(7, "p1")]) == body.replace("بارش", f"بارش{mark(7)}")
    assert mark_notes(body, [note(7, "p2")]) == body.replace(">x<", f">x{mark(7)}<")
