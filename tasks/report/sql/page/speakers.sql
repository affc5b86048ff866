-- One row per speaker, those with most quotes first: the role stated, the document of every quote, and the latest quotes with
-- their places. Reads quotes, documents, entities and roles.
with held as (
    select entity_id, arg_min(role, (is_former, -count_documents, role)) as role
    from (
        select entity_id, lower(role) as role, is_former, count(distinct doc_id) as count_documents
        from roles
        where entity_id is not null
        group by all
    )
    group by entity_id
),
said as (
    select
        coalesce(quotes.speaker_entity_id, quotes.doc_id || quotes.speaker) as speaker_id,
        coalesce(entities.name, quotes.speaker) as speaker,
        quotes.speaker_entity_id,
        quotes.doc_id,
        quotes.quote_no,
        documents.published_on,
        {
            'doc_id': quotes.doc_id, 'anchor': 'quote-' || quote_no, 'mention_no': speaker_mention_no,
            'surface': quotes.surface, 'is_reported': is_reported, 'published_on': published_on,
        } as quote,
    from quotes
    join documents using (doc_id)
    left join entities on entities.entity_id = quotes.speaker_entity_id
    where quotes.speaker is not null
),
told as (
    -- copies of an article repeat its quotes
    select
        said.*,
        quote.is_reported,
        quote.surface,
        row_number() over (
            partition by speaker_id, translate(lower(quote.surface), '’', '''') order by published_on desc nulls last, doc_id, quote_no
        ) = 1 as is_first,
    from said
)
select
    any_value(speaker) as speaker,
    any_value(held.role) as role,
    list(doc_id order by doc_id) as doc_ids,
    -- words in marks before reported speech, the longer before a word or two
    list(quote order by is_reported, least(length(surface), 60) desc, published_on desc nulls last, doc_id, quote_no)
        filter (is_first)[:$most_quotes] as quotes,
from told
left join held on held.entity_id = speaker_entity_id
group by speaker_id
order by any_value(speaker_entity_id) is null, count(*) desc, speaker, speaker_id
limit $most;
