"""Lines, positions and assembling: the invariants of raw text, lines and text."""

from __future__ import annotations

import random

import pytest

from tasks.page.lines import LONGEST_LINE, PositionMap, cut_lines, joint, line_key
from tasks.strip.assemble import LineVerdict, assemble, judged_lines
from warehouse.rows import Line

BODY = LineVerdict("body", "prose", 0.9)
REMOVED = LineVerdict("chrome", "menu", 0.1)
BLANK = LineVerdict("blank", "blank", 0.0)


def assembled(raw: str, spans: list[tuple[int, int]], verdicts: list[LineVerdict]) -> tuple[str, tuple[Line, ...]]:
    return assemble(judged_lines(raw, spans, verdicts), verdicts)


def judged(raw: str, removed: tuple[str, ...] = ()) -> list[LineVerdict]:
    contents = [raw[start:end].strip() for start, end in cut_lines(raw)]
    return [BLANK if not content else REMOVED if content in removed else BODY for content in contents]


def test_lines_end_after_the_three_line_ends_and_nowhere_else() -> None:
    raw = "un\r\ndeux\ntrois\rquatre\x0bcinq\u2028six\x85sept"
    assert [raw[start:end] for start, end in cut_lines(raw)] == [
        "un\r\n",
        "deux\n",
        "trois\r",
        "quatre\x0bcinq\u2028six\x85sept",
    ]


def test_an_empty_text_has_no_lines() -> None:
    assert cut_lines("") == []


@pytest.mark.parametrize("seed", range(60))
def test_lines_concatenated_are_the_raw_text(seed: int) -> None:
    dice = random.Random(seed)
    pieces = [
        "\n",
        "\r",
        "\r\n",
        " ",
        "\u00a0",
        "Le port",
        ". ",
        " M. ",
        "!",
        "…",
        "«",
        "»",
        "é",
        "x" * 300,
        "\t",
        "。",
        "12",
        "\u2028",
        ".." * 40,
    ]
    raw = "".join(dice.choices(pieces, k=dice.randint(0, 400)))
    spans = cut_lines(raw)
    assert "".join(raw[start:end] for start, end in spans) == raw
    assert all(0 < end - start <= LONGEST_LINE for start, end in spans)
    text, lines = assembled(raw, spans, [dice.choice([BODY, REMOVED, BODY._replace(is_continued=True)]) for _ in spans])
    assert [line.line_no for line in lines] == list(range(1, len(spans) + 1))
    for line in lines:
        assert line.line == raw[line.raw_start : line.raw_end]
        if line.text_start is not None and line.text_end is not None:
            assert text[line.text_start : line.text_end] == line.line.strip()
        assert (line.text_start is not None) == line.is_kept


@pytest.mark.parametrize("seed", range(30))
def test_assembling_gives_kept_lines_their_places_and_changes_nothing_else(seed: int) -> None:
    dice = random.Random(seed)
    raw = "".join(dice.choices(["Le quai a rouvert.", "\n", "\n\n", "  ", "Menu"], k=60))
    spans = cut_lines(raw)
    kinds = [BODY, REMOVED, BLANK, LineVerdict("title", "title", 0.5), BODY._replace(is_continued=True)]
    verdicts = [dice.choice(kinds) for _ in spans]
    before = judged_lines(raw, spans, verdicts)
    text, after = assemble(before, verdicts)
    assert [line._replace(text_start=None, text_end=None) for line in after] == before
    assert [text[line.text_start : line.text_end] for line in after if line.is_kept] == [
        line.line.strip() for line in before if line.is_kept
    ]
    assert all(line.text_start is None for line in after if not line.is_kept)


def test_a_line_taken_out_after_it_was_judged_is_not_in_the_text() -> None:
    raw = "Le pont a rouvert.\nPar Anne Perrin\nLa foule a applaudi.\n"
    verdicts = judged(raw)
    lines = judged_lines(raw, cut_lines(raw), verdicts)
    lines[1] = lines[1]._replace(kind="byline", is_kept=False)
    assert assemble(lines, verdicts)[0] == "Le pont a rouvert.\n\nLa foule a applaudi."


@pytest.mark.parametrize("seed", range(30))
def test_positions_in_the_text_lead_back_to_the_same_characters(seed: int) -> None:
    dice = random.Random(seed)
    raw = "".join(dice.choices(["Le quai ", "a rouvert.", "\n", "\n\n", "  ", "Menu", "\r\n", "l’"], k=120))
    spans = cut_lines(raw)
    text, lines = assembled(raw, spans, [BODY if dice.random() < 0.6 else REMOVED for _ in spans])
    places = PositionMap(lines)
    for _ in range(50 if text else 0):
        start = dice.randrange(len(text))
        end = dice.randint(start + 1, len(text))
        raw_start, raw_end = places.raw_span(start, end)
        within_one_line = any(
            line.text_start is not None and line.text_start <= start and end <= (line.text_end or 0) for line in lines
        )
        if within_one_line:
            assert raw[raw_start:raw_end] == text[start:end]
        assert raw_start < raw_end or not text[start:end].strip()


def test_a_span_over_two_kept_lines_reads_the_same_without_white_space() -> None:
    raw = "  Le conseil a voté.  \n\n  Le budget passe.\n"
    text, lines = assembled(raw, cut_lines(raw), judged(raw))
    raw_start, raw_end = PositionMap(lines).raw_span(3, len(text))
    assert "".join(raw[raw_start:raw_end].split()) == "".join(text[3:].split())


def test_a_span_outside_the_text_is_an_error() -> None:
    raw = "Le conseil a voté.\n"
    _, lines = assembled(raw, cut_lines(raw), judged(raw))
    for start, end in ((0, 0), (-1, 4), (3, 19)):
        with pytest.raises(ValueError, match="no span"):
            PositionMap(lines).raw_span(start, end)


def test_a_long_line_is_cut_after_sentence_ends_and_joined_again_as_it_was() -> None:
    sentence = "La maire, Mme A. Lenoir, a promis à M. Petit une réponse avant le 3 mai pour « tout le quartier ». "
    raw = sentence * 15
    spans = cut_lines(raw)
    assert len(spans) == 15
    assert all(raw[start:end].rstrip().endswith("quartier ».") for start, end in spans)
    text, _ = assembled(raw, spans, [BODY] * 15)
    assert text == raw.strip()


def test_a_long_line_without_sentence_ends_is_cut_at_white_space() -> None:
    raw = "rubrique " * 400
    spans = cut_lines(raw)
    assert len(spans) > 3
    assert all(raw[start:end].endswith("rubrique ") for start, end in spans)


@pytest.mark.parametrize("filler", ["x", ".", " ", '"', ". A", "!\u00a0»", "a. "])
def test_a_line_of_millions_of_characters_is_cut_in_linear_time(filler: str) -> None:
    raw = filler * (3_000_000 // len(filler))
    spans = cut_lines(raw)
    assert spans[-1][1] == len(raw)
    assert all(end - start <= LONGEST_LINE for start, end in spans)


def test_kept_lines_around_a_removed_one_are_separate_paragraphs() -> None:
    raw = "Le pont a rouvert.\nPublicité\nLa foule a applaudi.\n"
    text, _ = assembled(raw, cut_lines(raw), judged(raw, ("Publicité",)))
    assert text == "Le pont a rouvert.\n\nLa foule a applaudi."


def test_neighbouring_lines_and_paragraphs_keep_their_separators() -> None:
    raw = "Premier point\nDeuxième point\n\nUn autre paragraphe.\n"
    text, _ = assembled(raw, cut_lines(raw), judged(raw))
    assert text == "Premier point\nDeuxième point\n\nUn autre paragraphe."


def test_the_pieces_of_one_sentence_are_joined_as_the_punctuation_demands() -> None:
    pieces = [
        "Le ministre de l’",
        "Intérieur",
        "(",
        "Paul Grand",
        ")",
        ", arrivé lundi,",
        "a salué",
        "« un effort »",
        ".",
    ]
    raw = "\n".join(pieces)
    verdicts = [BODY._replace(is_continued=number > 0) for number in range(len(pieces))]
    text, _ = assembled(raw, cut_lines(raw), verdicts)
    assert text == "Le ministre de l’Intérieur (Paul Grand), arrivé lundi, a salué « un effort »."


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [("mot", ",", ""), ("l’", "Etat", ""), ("mot", "mot", " "), ("(", "mot", ""), ("mot", "« mot", " ")],
)
def test_the_separator_of_two_pieces_depends_on_their_punctuation(before: str, after: str, expected: str) -> None:
    assert joint(before, after) == expected


def test_line_keys_ignore_case_white_space_and_digits_only() -> None:
    assert line_key("  Lire la  suite (12)\n") == line_key("lire la suite (7)")
    assert line_key("Lire la suite") != line_key("Lire la fin")
    assert -(2**63) <= line_key("Menu") < 2**63


def test_no_sentence_is_joined_across_a_removed_line():
    raw = "Le préfet a annoncé\nPublicité\nla réouverture du pont."
    spans = cut_lines(raw)
    kept, removed = LineVerdict("body", "prose", 1.0), LineVerdict("chrome", "advert", 0.0)
    joined = LineVerdict("body", "prose", 1.0, is_continued=True)
    assert assembled(raw, spans, [kept, removed, joined])[0] == "Le préfet a annoncé\n\nla réouverture du pont."
    assert assembled("Le préfet\na parlé.", cut_lines("Le préfet\na parlé."), [kept, joined])[0] == "Le préfet a parlé."
