"""A page described: from its lines with their verdicts, its markup and its record to a `Description`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tasks.strip.describe.author_choice import (
    agency_claims,
    choose_agency,
    choose_authors,
    credit_claims,
    declared_agencies,
    given_authors,
)
from tasks.strip.describe.claims import Choice, Claim, choose, confidences
from tasks.strip.describe.credit_candidates import CreditCandidate, credit_candidates, weigh_credits
from tasks.strip.describe.date_candidates import date_candidates, day_order, find_dates, weigh_dates
from tasks.strip.describe.date_choice import (
    Published,
    choose_published,
    choose_updated,
    days_beside,
    update_claims,
    without_updates,
)
from tasks.strip.describe.date_claims import (
    address_date,
    given_date,
    inferred_date,
    line_dates,
    month_claim,
    opening_claim,
)
from tasks.strip.describe.language import detect_language
from tasks.strip.describe.layout import Layout, lay_out
from tasks.strip.describe.markup_claims import markup_claims, standfirsts
from tasks.strip.describe.outlet_names import name_key
from tasks.strip.describe.publisher_claims import publisher_claims
from tasks.strip.describe.source_credits import formula_claims, signature_claims
from tasks.strip.describe.sources import Source, Sources, registered_domain, seed_sources
from tasks.strip.describe.title_candidates import TitleCandidate, title_candidates, weigh_titles
from tasks.strip.describe.title_choice import choose_title, subtitle_claim, title_claims, titles_without_site
from tasks.text.addresses import host_of
from tasks.text.clean_view import without_invisible
from tasks.text.words import word_key
from warehouse.rows import Description, Evidence, EvidenceField, Line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SIGNATURES = ("signature", "signature_known", "signature_unsure")
VERSION = 5  # raised whenever the same page comes out described differently


def describe(
    lines: Sequence[Line],
    *,
    url: str | None = None,
    given: Mapping[str, str] | None = None,
    tree: HtmlElement | None = None,
    metadata: Mapping[str, Any] | None = None,
    sources: Sources | None = None,
    is_wrapped: Sequence[bool] | None = None,
) -> Description:
    """A page's title, subtitle, authors, dates, publisher, address, agency and language, with the evidence for each.

    `lines` are the lines of its raw text, each kept or removed; their places in the text are not used. `given` is
    what the record gives (`title`, `date`, `author`, `source`, `url`, `language`): it wins. `tree` and `metadata` are the
    parsed page and what trafilatura reads in its head, where the page is HTML. `sources` are the known publishers, by
    default those this project ships; `is_wrapped` is what `find_wraps` gives for these lines, if it is known. Raises nothing: what cannot be known stays None.
    """
    layout = lay_out(lines, is_wrapped)
    describer = _Describer(layout, given or {}, tree, metadata or {}, sources or seed_sources(), url)
    return describer.describe()


class _Describer:
    """The state of describing one page: what is found first is used to find the rest, so the order of the steps matters."""

    def __init__(
        self,
        layout: Layout,
        given: Mapping[str, str],
        tree: HtmlElement | None,
        metadata: Mapping[str, Any],
        sources: Sources,
        url: str | None,
    ) -> None:
        self.layout, self.sources = layout, sources
        self.given = {name: without_invisible(value) for name, value in given.items()}
        self.standfirsts = standfirsts(tree, metadata) if tree is not None else frozenset()
        declared = markup_claims(tree, metadata) if tree is not None else []
        self.declared = [replace(claim, value=without_invisible(claim.value)) for claim in declared]
        self.claims: list[Claim] = []
        self.choices: dict[EvidenceField, Choice] = {}  # one for each field, so that no field has two values
        self.authors: list[Choice] = []
        self.url = self._url(url)
        self.language = self._language()
        listed = sources.by_domain(host_of(self.url))
        self.order = day_order(layout, self.language, listed.country if listed else None)
        self.dated = find_dates(layout, month_first=self.order == "month")

    def describe(self) -> Description:
        titles = weigh_titles(title_candidates(self.layout, self.dated, self.language))
        likely = max(titles, key=lambda candidate: candidate.probability, default=None)
        source, name = self._source(likely.text if likely else None)
        title = self._choose(choose_title(self._title_claims(titles), self.sources, self.site_names))
        at = self._title_line(
            title, likely.line_index if likely and likely.probability >= confidences()["thresholds"]["title"] else None
        )
        published, updated_at = self._dates(at, source)
        authors = self._authors(at)
        declared = [*self._declared("author"), *given_authors(self.given.get("author"))]
        agencies = self._claims([*agency_claims(self.layout, at), *declared_agencies(declared)])
        agency = self._choose(choose_agency(agencies))
        subtitle = self._subtitle(at)
        return Description(
            title=title.best.value if title else None,
            subtitle=subtitle,
            authors=authors,
            published_on=published.on,
            published_at=published.at,
            published_zone=published.zone,
            published_granularity=published.granularity,
            published_method=published.method,
            published_confidence=published.confidence,
            updated_at=updated_at,
            source_name=name,
            source_domain=registered_domain(host_of(self.url)) or (source.domain if source else self._printed_domain()),
            url=self.url,
            language=self.language,
            agency=agency.best.value if agency else None,
            evidence=self._evidence(),
        )

    def _claims(self, claims: Iterable[Claim]) -> list[Claim]:
        """Record claims as evidence, and return them."""
        kept = list(claims)
        self.claims.extend(kept)
        return kept

    def _choose(self, choice: Choice | None) -> Choice | None:
        if choice:
            self.choices[choice.best.field] = choice
        return choice

    def _declared(self, field: EvidenceField) -> list[Claim]:
        return [claim for claim in self.declared if claim.field == field]

    def _url(self, url: str | None) -> str | None:
        claims = self._claims(
            [
                *self._declared("url"),
                *(Claim("url", address, "record", 1.0) for address in (self.given.get("url") or url,) if address),
            ]
        )
        choice = self._choose(choose(claims, lambda one: one.value, 0.5))
        return choice.best.value if choice else None

    def _language(self) -> str | None:
        claims = self._declared("language")
        if given := self.given.get("language"):
            claims.append(Claim("language", given[:2].lower(), "record", 1.0))
        kept = [line for line in self.layout.lines if line.row.is_kept] or list(self.layout.lines)
        text = "\n".join(line.text for line in kept[:60])
        if detected := detect_language(text):
            code, probability = detected
            least = confidences()["language"]["detector_words"]
            is_long = len(text.split(None, least)) >= least
            claims.append(Claim("language", code, "detector", min(probability, 0.98) * (1.0 if is_long else 0.5)))
        choice = self._choose(choose(self._claims(claims), lambda one: one.value, 0.0))
        return choice.best.value if choice else None

    def _source(self, title: str | None) -> tuple[Source | None, str | None]:
        """The listed publisher, if it is one, and its name; also sets the names of the site that may stand after a title."""
        declared = self._declared("source")
        claims = [
            *declared,
            *publisher_claims(self.layout, self.sources, title, declared),
            *signature_claims(self.layout, self.dated, self.sources),
            *formula_claims(self.layout, self.sources),
        ]
        listed = self.sources.by_domain(host_of(self.url))
        if listed:
            claims.append(Claim("source", listed.name, "url", confidences()["source"]["url"]))
        if given := self.given.get("source"):
            claims.append(Claim("source", given, "record", 1.0))
        choice = self._choose(choose(self._claims(claims), self._source_key, confidences()["thresholds"]["source"]))
        sure = [*(one for one in claims if one.method != "self"), *(choice.claims if choice else ())]
        keys = {word_key(one.value) for one in sure}
        self.site_names = frozenset(keys | {key.replace(" ", "") for key in keys})
        if choice is None:
            self._choose_address()
            return None, None
        source = (
            self.sources.by_name(choice.best.value)
            or self.sources.by_domain(choice.best.value)
            or (listed if choice.best.method != "record" else None)
        )
        return source, source.name if source else choice.best.value

    def _choose_address(self) -> None:
        """Make the address of the page the evidence of its source, which is then its domain."""
        if domain := registered_domain(host_of(self.url)):
            claims = self._claims([Claim("source", domain, "url", confidences()["source"]["url"])])
            self._choose(choose(claims, self._source_key, 0.0))

    def _printed_domain(self) -> str | None:
        """The domain of the address that the page prints for the source chosen: by it the source is the one of its HTML pages."""
        choice = self.choices.get("source")
        for one in choice.claims if choice else ():
            if one.method == "address" and one.line:
                return registered_domain(host_of(f"https://{one.line.text[one.start : one.end]}"))
        return None

    def _source_key(self, one: Claim) -> str:
        known = self.sources.by_name(one.value)
        return known.source_id if known else name_key(one.value)

    def _title_claims(self, titles: Sequence[TitleCandidate]) -> list[Claim]:
        declared = titles_without_site(self._declared("title"), self.sources, self.site_names)
        claims = [*declared, *title_claims(titles, self.layout, self.sources, self.site_names)]
        if given := self.given.get("title"):
            claims.append(Claim("title", given.strip(), "record", 1.0))
        return self._claims(claims)

    def _title_line(self, title: Choice | None, likely: int | None) -> int | None:
        """The line from which the distances of date, credit and subtitle are measured: that of the title chosen, the last of equals above the body."""
        if title:
            key = word_key(title.best.value)
            same = [i for i, other in enumerate(self.layout.keys) if other == key]
            above = [i for i in same if i <= self.layout.body_start]
            if same:
                return above[-1] if above else same[0]
        return likely

    def _dates(self, at: int | None, source: Source | None) -> tuple[Published, datetime | None]:
        candidates = weigh_dates(date_candidates(self.layout, self.dated, at))
        claims = [
            *self._declared("published"),
            *line_dates(candidates, self.layout, is_order_known=self.order != "unknown"),
        ]
        claims += [
            one
            for one in (
                given_date(self.given.get("date")),
                address_date(self.url),
                opening_claim(self.layout, self.dated),
            )
            if one
        ]
        possible = without_updates(claims, self._declared("updated"))
        published = choose_published(possible, source, beside=days_beside(candidates, self.layout, at))
        if published.on is None:
            claims += [one for one in (month_claim(self.layout, self.dated, at), inferred_date(self.layout)) if one]
            published = choose_published(without_updates(claims, self._declared("updated")), source)
        updates = [*self._declared("updated"), *update_claims(candidates, self.layout, published, at)]
        updated_at, updated = choose_updated(updates, published, source)
        self._claims([*claims, *updates])
        self._choose(published.choice)
        self._choose(updated)
        return published, updated_at

    def _authors(self, at: int | None) -> tuple[str, ...]:
        credits = [
            one for one in credit_candidates(self.layout, self.dated, at) if not self._is_signature_of_source(one)
        ]
        claims = [
            *self._declared("author"),
            *credit_claims(weigh_credits(credits), self.layout),
            *given_authors(self.given.get("author")),
        ]
        self.authors = choose_authors(self._claims(claims), self.site_names)
        return tuple(choice.best.value for choice in self.authors)

    def _is_signature_of_source(self, credit: CreditCandidate) -> bool:
        """Whether a credit is the publisher's, in the signature line by which the publisher is known."""
        source = self.choices.get("source")
        signed = [one for one in source.claims if one.method in SIGNATURES] if source else []
        line = self.layout.lines[credit.line_index]
        return any(one.line is line and one.start <= credit.start < one.end for one in signed)

    def _subtitle(self, at: int | None) -> str | None:
        claim = subtitle_claim(self.layout, at, self.dated, self.standfirsts)
        if claim is None:
            return None
        self._claims([claim])
        self._choose(Choice((claim,), claim.confidence))
        return claim.value

    def _evidence(self) -> tuple[Evidence, ...]:
        """All claims; chosen are the best of each choice, the line that shows it, and every line that repeats the title.

        Chosen claims of one choice have one value, however each spells it: their places show what was read.
        """
        values: dict[int, str] = {}
        for choice in (*self.choices.values(), *self.authors):
            on_lines = [claim for claim in choice.claims if claim.line is not None]
            shown = on_lines if choice.best.field == "title" else on_lines[:1]
            values |= dict.fromkeys(map(id, (choice.best, *shown)), choice.best.value)
        if title := self.choices.get("title"):
            repeated = [
                one for one in self.claims if one.line and (one.field, one.value) == ("title", title.best.value)
            ]
            values |= dict.fromkeys(map(id, repeated), title.best.value)
        return tuple(
            replace(claim, value=values.get(id(claim), claim.value)).as_evidence(is_chosen=id(claim) in values)
            for claim in self.claims
        )
