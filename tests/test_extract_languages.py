"""A language is a package behind one `Language`: what it lists is used for its texts, and for those of no other language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
import spacy

from tasks.extract import extract, language_of, ruled_languages, sentence_language, sentences
from tasks.extract.language import Article, Language, Rules, languages
from tasks.extract.mentions import Document, GazetteerMatch, add_where_free, found
from warehouse.facts import Facts, Figure, Mention

# Dutch, as docs/adding-a-language.md adds it: words, one finder, one rule on names, one known name.
TEXT = "Jan woont in Parijs met 12 katten. Dr. Ana kent het huis niet."
FOREIGN = "Il compte 12 chats dans la maison et sur les toits."


def find_figures(article: Article, facts: Facts) -> list[Figure]:
    return [
        Figure(
            sentence.start_char + digits.start(),
            sentence.start_char + digits.end(),
            digits[0],
            float(digits[0]),
            "count",
        )
        for sentence in article.sentences
        for digits in re.finditer(r"\d+", sentence.surface)
    ]


def find_doctors(mentions: list[Mention], document: Document) -> list[Mention]:
    return add_where_free(
        mentions,
        [found(*name.span(1), "PER", "title", document) for name in re.finditer(r"Dr\. (\w+)", document.text)],
    )


def label_known(mentions: list[Mention], document: Document) -> list[Mention]:
    known = document.known.values()
    return add_where_free(mentions, [found(one.start, one.end, one.label, "known", document) for one in known])


def make_gazetteer(nlp):
    return lambda doc: [
        GazetteerMatch(token.idx, token.idx + len(token), "LOC", "always") for token in doc if token.text == "Parijs"
    ]


RULES = Rules(finders={"figures": find_figures}, name_rules=(label_known, find_doctors), make_gazetteer=make_gazetteer)


def forget_words() -> None:
    """Word lists are read once per process: a language that comes or goes makes them new."""
    sentence_language._owners.cache_clear()
    sentences._words.cache_clear()


@pytest.fixture
def dutch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Language]:
    (tmp_path / "function_words.toml").write_text('words = ["het", "met", "naar", "niet", "van"]\n', encoding="utf-8")
    (tmp_path / "sentences.toml").write_text('never_last = ["Dhr"]\n', encoding="utf-8")
    language = Language(code="nl", folder=tmp_path, load_rules=lambda: RULES)
    monkeypatch.setitem(languages(), "nl", language)
    forget_words()
    yield language
    monkeypatch.undo()
    forget_words()


def facts_of(text: str, language: str) -> Facts:
    [facts] = extract(spacy.blank(language), [text], [None], [language])
    return facts


def test_the_finders_and_rules_of_a_language_read_its_texts(dutch: Language) -> None:
    facts = facts_of(TEXT, "nl")
    assert [(each.surface, each.label, each.extractor) for each in facts.mentions] == [
        ("Parijs", "LOC", "rule:known"),
        ("Ana", "PER", "rule:title"),
    ]
    assert [(each.surface, each.value) for each in facts.figures] == [("12", 12.0)]
    assert facts.dates == facts.quotes == facts.roles == ()


def test_a_sentence_in_another_language_is_not_read(dutch: Language) -> None:
    facts = facts_of(f"{TEXT} {FOREIGN}", "nl")
    assert [each.language for each in facts.sentences] == ["nl", "nl", "fr"]
    assert len(facts.figures) == 1


def test_the_words_of_a_language_count_for_the_texts_of_others(dutch: Language) -> None:
    assert sentence_language.detect_language("Hij gaat met Piet naar het huis.", "fr") == "nl"
    assert [each.surface for each in sentences.cut_sentences("Daar komt Dhr. Smit.")] == ["Daar komt Dhr. Smit."]


def test_a_language_with_words_only_gives_sentences_and_no_facts() -> None:
    facts = facts_of("Die Stadt hat 12 Brücken.", "de")
    assert [each.surface for each in facts.sentences] == ["Die Stadt hat 12 Brücken."]
    assert facts.mentions == facts.figures == ()


def test_a_text_in_a_language_without_a_package_gives_sentences_and_no_facts() -> None:
    assert language_of("nl") is None and language_of(None) is None
    assert facts_of(TEXT, "nl").figures == ()


def test_every_package_is_registered_and_lists_finders_of_facts_there_are() -> None:
    folder = Path(sentence_language.__file__).parent
    assert sorted(languages()) == sorted(file.parent.name for file in folder.glob("*/__init__.py"))
    assert ruled_languages() == ("fr",)
    names = {field.name for field in fields(Facts)} - {"sentences", "mentions"}
    for language in languages().values():
        assert language.rules.finders.keys() <= names
        assert language.read_words("function_words.toml")["words"]
