-- One row per attributed quote, by speaker: those with most quotes first. Reads quotes, documents, entities and roles.
with held as (
    select doc_id, entity_id, arg_min(role, (is_former, role_no)) as role
    from roles
    where entity_id is not null
    group by all
),
said as (
    select
        coalesce(entities.name, quotes.speaker) as speaker, held.role, quotes.surface, quotes.verb, quotes.is_reported,
        quotes.doc_id, 'quote-' || quote_no as anchor, speaker_mention_no, quotes.quote_no,
        count(*) over (partition by coalesce(quotes.speaker_entity_id, quotes.doc_id || quotes.speaker)) as count_said,
        quotes.speaker_entity_id is not null as is_named,
    from quotes
    left join entities on entities.entity_id = quotes.speaker_entity_id
    left join held on held.doc_id = quotes.doc_id and held.entity_id = quotes.speaker_entity_id
    where quotes.speaker is not null
)
select speaker, role, surface, verb, is_reported, said.doc_id, anchor, speaker_mention_no, title, published_on
from said
join documents using (doc_id)
order by is_named desc, count_said desc, speaker, published_on, said.doc_id, quote_no
limit $most;
