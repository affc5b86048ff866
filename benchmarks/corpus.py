"""A corpus of generated French pages: `python -m benchmarks.corpus FOLDER COUNT`.

Pages are put together from the sentences and the navigation of the sample pages, then varied: three long words in four, all
proper names, numbers and dates become others. No two paragraphs are equal, and no two articles are near copies: any two
share fewer than one pair of long words in a hundred, as news articles do. A page depends on its number alone, so a larger
corpus holds the smaller one. The sentences make no sense; they are as long, and have as many names and figures, as real ones.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

from tasks.strip import strip_text

SAMPLES = Path(__file__).parents[1] / "seeds" / "articles"
FILES_PER_FOLDER = 1_000
_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?»]) (?=[A-ZÀ-Ý«])")
_LEAST_WORDS, _MOST_WORDS = 8, 45  # of a sentence that is used
_LONG = 5  # letters of a word that may be replaced
_REPLACED = 0.75
_PREFIXES = ("", "", "", "contre", "sur", "inter", "auto", "pré", "re", "non-", "multi", "co")
_STARTS = (
    "Mar",
    "Bel",
    "Cor",
    "Lan",
    "Vau",
    "Ker",
    "Mont",
    "Pel",
    "Gra",
    "Thi",
    "Ro",
    "Fau",
    "Des",
    "Bour",
    "Cha",
    "Lou",
)
_MIDDLES = ("", "", "ba", "re", "li", "gue", "ne", "ti", "che", "vi", "ma", "sau", "do")
_ENDS = (
    "nois",
    "leau",
    "ville",
    "court",
    "zac",
    "gny",
    "tel",
    "mart",
    "rand",
    "quin",
    "doux",
    "lier",
    "neuf",
    "bert",
    "mont",
)
_GIVEN = (
    "Agathe", "Bruno", "Cécile", "Damien", "Élise", "Fabrice", "Gaëlle", "Hugo", "Inès", "Jérôme", "Karine", "Laurent",
    "Maud", "Nicolas", "Odile", "Patrick", "Quentin", "Rachida", "Sophie", "Thierry", "Ursule", "Victor", "Xavier", "Yves",
)  # fmt: skip
_OFFICES = ("le maire", "la ministre", "le préfet", "la présidente", "le directeur", "la porte-parole", "le député")


class Corpus:
    """The material of the sample pages: navigation above and below the article, titles, sentences, words by ending."""

    def __init__(self) -> None:
        self.frames: list[tuple[list[str], list[str]]] = []
        self.titles: list[str] = []
        self.sentences: list[str] = []
        words: set[str] = set()
        for path in sorted(SAMPLES.glob("*.txt")):
            page = strip_text(path.read_bytes().decode("utf-8", "replace"))
            if page.reason or not page.text:
                continue
            kept = [
                number
                for number, line in enumerate(page.lines)
                if line.is_kept or line.kind in {"title", "subtitle", "byline", "dateline"}
            ]
            above, below = page.lines[: kept[0]], page.lines[kept[-1] + 1 :]
            self.frames.append(([line.line.strip() for line in above], [line.line.strip() for line in below]))
            self.titles.append(page.description.title or "")
            for paragraph in page.text.split("\n"):
                for sentence in _SENTENCE_END.split(paragraph):
                    if _LEAST_WORDS <= len(sentence.split()) <= _MOST_WORDS:
                        self.sentences.append(sentence)
                        words |= {word for word in _TOKEN.findall(sentence) if word.islower() and len(word) >= _LONG}
        by_ending: dict[str, list[str]] = defaultdict(list)
        for word in sorted(words):
            by_ending[word[-2:]].append(word)
        self.words = dict(by_ending)

    def make_page(self, number: int) -> str:
        """Return page `number`."""
        chance = random.Random(number)
        above, below = chance.choice(self.frames)
        day = date(2024, 1, 1) + timedelta(days=chance.randrange(700))
        names: dict[str, str] = {}

        def vary(text: str) -> str:
            return self.vary(text, chance, names)

        sentences = [vary(sentence) for sentence in chance.sample(self.sentences, chance.randint(12, 26))]
        person = make_person(chance)
        sentences.insert(
            1,
            f"« {vary(chance.choice(self.sentences)).strip('« »')} », a déclaré {chance.choice(_OFFICES)} de {make_name(chance)}, {person}.",
        )
        paragraphs, start = [], 0
        while start < len(sentences):
            size = chance.randint(2, 4)
            paragraphs.append(" ".join(sentences[start : start + size]))
            start += size
        lines = [
            *above,
            "",
            vary(chance.choice(self.titles)),
            f"Par {make_person(chance)}",
            f"Publié le {day:%d/%m/%Y} à {chance.randrange(6, 23)}h{chance.randrange(60):02}",
            "",
        ]
        return "\n".join([*lines, "\n\n".join(paragraphs), "", *below, ""])

    def vary(self, text: str, chance: random.Random, names: dict[str, str]) -> str:
        """Return a text with other numbers, names and words of the same ending; `names` are those of this page so far."""

        def replace(match: re.Match[str]) -> str:
            word = match[0]
            if word.isdigit():
                return str(
                    chance.randrange(1990, 2031) if len(word) == 4 else chance.randrange(1, 10 ** min(len(word), 3) + 2)
                )
            if word[0].isupper() and match.start() > 0 and len(word) >= 4:
                if word not in names:
                    names[word] = make_name(chance)
                return names[word]
            if word.islower() and len(word) >= _LONG and chance.random() < _REPLACED:
                return chance.choice(_PREFIXES) + chance.choice(self.words.get(word[-2:], [word]))
            return word

        return _TOKEN.sub(replace, text)


def make_name(chance: random.Random) -> str:
    """Return a name; some are frequent, most are rare."""
    rank = int(chance.paretovariate(0.35)) % 200_000  # the same rank is the same name
    own = random.Random(rank)
    name = own.choice(_STARTS) + own.choice(_MIDDLES) + own.choice(_MIDDLES) + own.choice(_ENDS)
    return name if rank % 5 else f"{name}-{own.choice(('sur-Mer', 'les-Bains', 'en-Vaux', 'Saint-Paul'))}"


def make_person(chance: random.Random) -> str:
    """Return a given name and a surname."""
    return f"{chance.choice(_GIVEN)} {make_name(chance)}"


def write_corpus(folder: Path, count: int, *, first: int = 0) -> None:
    """Write pages `first` to `first + count` as `.txt` files, a thousand in a folder."""
    corpus = Corpus()
    for number in range(first, first + count):
        path = folder / f"{number // FILES_PER_FOLDER:04}" / f"{number:07}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(corpus.make_page(number), encoding="utf-8")


def main() -> None:
    """Write the corpus."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    arguments = parser.parse_args()
    write_corpus(arguments.folder, arguments.count)


if __name__ == "__main__":
    main()
