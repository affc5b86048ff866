"""The finders and name rules of French, each list in the order in which they are called."""

from __future__ import annotations

from tasks.extract.fr.dates import find_dates
from tasks.extract.fr.figures import find_figures, with_subjects
from tasks.extract.fr.names.boundaries import trim
from tasks.extract.fr.names.capitals import read_capitals
from tasks.extract.fr.names.consistency import follow_full_names, spread, vote
from tasks.extract.fr.names.cues import read_cues
from tasks.extract.fr.names.demonyms import mark_demonyms
from tasks.extract.fr.names.gazetteer import make_gazetteer
from tasks.extract.fr.names.gazetteer_rule import apply_gazetteer
from tasks.extract.fr.names.hyphens import join_hyphens, split_pairs
from tasks.extract.fr.names.not_names import reject
from tasks.extract.fr.names.organisation_forms import find_groups, pair_acronyms
from tasks.extract.fr.quotes import find_quotes
from tasks.extract.fr.roles import find_roles
from tasks.extract.fr.topics import with_events, with_offices, with_topics
from tasks.extract.language import Article, Rules
from warehouse.facts import DateMention, Facts, Figure, Quote, Role


def _dates(article: Article, facts: Facts) -> list[DateMention]:
    # in all sentences: the rules know the English forms of embedded posts
    dates = find_dates(article.text, facts.sentences, published_at=article.published_at)
    return with_events(article.text, article.sentences, dates, facts.mentions)


def _figures(article: Article, facts: Facts) -> list[Figure]:
    figures = find_figures(article.text, article.sentences, dates=facts.dates)
    figures = with_subjects(article.text, article.sentences, figures, facts.mentions)
    return with_topics(article.text, article.sentences, figures, facts.mentions, facts.dates, article.published_at)


def _quotes(article: Article, facts: Facts) -> list[Quote]:
    # marks are found in all sentences; what is reported without them, in French ones
    return find_quotes(article.text, facts.sentences, facts.mentions, facts.roles)


def _roles(article: Article, facts: Facts) -> list[Role]:
    roles = find_roles(article.text, article.sentences, facts.mentions)
    return with_offices(article.text, article.sentences, roles)


RULES = Rules(
    finders={"dates": _dates, "figures": _figures, "roles": _roles, "quotes": _quotes},
    name_rules=(
        read_capitals,
        trim,
        reject,
        join_hyphens,
        mark_demonyms,
        apply_gazetteer,
        split_pairs,
        read_cues,
        pair_acronyms,
        follow_full_names,
        vote,
        spread,
        find_groups,
    ),
    make_gazetteer=make_gazetteer,
)
