-- One row per quote: who said what about whom. Reads quotes, entities, roles, mentions and documents.
create or replace view v_quotes as
with held as (
    select doc_id, entity_id, arg_min(role, (is_former, role_no)) as role,
    from roles
    where entity_id is not null
    group by all
),
named as (
    select quotes.doc_id, quotes.quote_no, list(distinct entities.name order by entities.name) as about,
    from quotes
    join mentions
        on mentions.doc_id = quotes.doc_id
        and mentions.start_char >= quotes.start_char
        and mentions.end_char <= quotes.end_char
    join entities on entities.entity_id = mentions.entity_id
    where quotes.speaker_entity_id is distinct from mentions.entity_id
    group by all
),
said as (
    select
        coalesce(entities.name, quotes.speaker) as speaker,
        held.role,
        quotes.surface as quote,
        coalesce(named.about, []) as about,
        documents.title,
        documents.source_id,
        documents.published_on,
        quotes.doc_id,
        documents.story_id,
    from quotes
    join documents on documents.doc_id = quotes.doc_id
    left join entities on entities.entity_id = quotes.speaker_entity_id
    left join held on held.doc_id = quotes.doc_id and held.entity_id = quotes.speaker_entity_id
    left join named on named.doc_id = quotes.doc_id and named.quote_no = quotes.quote_no
)
select * from said order by published_on desc nulls last, doc_id;

comment on view v_quotes is 'Quotes with their speakers and the people, places and organisations named in them, the latest first.';
comment on column v_quotes.speaker is 'The usual name of who speaks (entities.name), else the words for a speaker without a name; null when it is not known.';
comment on column v_quotes.role is 'A role of the speaker that the document states; null where it states none.';
comment on column v_quotes.quote is 'The words quoted or the clause reported; quotes.surface.';
comment on column v_quotes.about is 'The usual names of the people, places and organisations named in the quote, but the speaker.';
comment on column v_quotes.title is 'Headline of the document.';
comment on column v_quotes.source_id is 'The publisher; sources.source_id.';
comment on column v_quotes.published_on is 'Day of publication of the document.';
comment on column v_quotes.doc_id is 'The document; documents.doc_id.';
comment on column v_quotes.story_id is 'The story the document belongs to: near copies of one text repeat its quotes; documents.story_id.';
