-- The entities one document mentions, with the names it uses for them; reads mentions and entities.
with named as (
    select
        coalesce(entities.name, mentions.surface) as entity,
        mentions.label,
        count(*) as mentions,
        string_agg(distinct mentions.surface, ', ' order by mentions.surface) as names,
    from mentions
    left join entities using (entity_id)
    where mentions.doc_id = $doc_id and not mentions.is_demonym
    group by coalesce(entities.name, mentions.surface), mentions.label
)
select * from named order by mentions desc, entity;
