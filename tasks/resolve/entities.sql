-- Write the decisions on names into the candidate. Reads `resolved_names` (doc_id, label_extracted, surface, spelling,
-- is_demonym, label, entity_id, name); makes the entity ids of mentions, figures, quotes and roles, and the tables dropped_names,
-- entity_names and entities.

update mentions set entity_id = resolved_names.entity_id, label = resolved_names.label
from resolved_names
where resolved_names.doc_id = mentions.doc_id
    and resolved_names.label_extracted = mentions.label_extracted
    and resolved_names.surface = mentions.surface
    and resolved_names.is_demonym = mentions.is_demonym
    and (mentions.entity_id is distinct from resolved_names.entity_id or mentions.label <> resolved_names.label);

delete from dropped_names;

insert into dropped_names by name
select doc_id, surface, label
from resolved_names
where entity_id is null and not is_demonym
group by all;

-- The entity of a name as printed in a document. Where a document uses one surface for two things, a person speaks and
-- has a role, an organisation gives the role, and a figure is about an organisation or a place.
create or replace temp table printed_names as
select
    doc_id,
    surface,
    arg_min(entity_id, list_position(['PER', 'ORG', 'LOC', 'MISC'], label)) as person_id,
    arg_min(entity_id, list_position(['ORG', 'LOC', 'MISC', 'PER'], label)) as organisation_id,
    arg_min(entity_id, list_position(['ORG', 'LOC', 'PER', 'MISC'], label)) as subject_id,
from mentions
where not is_demonym
group by all;

-- A figure, quote or role that refers to a mention by number has the entity of that mention; one without a number, from
-- an older warehouse or with a name that is no mention, has the entity of the name as printed.
update figures set subject_entity_id = linked.entity_id
from (
    select
        figures.doc_id,
        figures.figure_no,
        case when subject_mention_no is null then printed_names.subject_id else mentions.entity_id end as entity_id,
    from figures
    left join printed_names on printed_names.doc_id = figures.doc_id and printed_names.surface = figures.subject
    left join mentions
        on mentions.doc_id = figures.doc_id and mentions.mention_no = figures.subject_mention_no and not mentions.is_demonym
) as linked
where linked.doc_id = figures.doc_id and linked.figure_no = figures.figure_no
    and figures.subject_entity_id is distinct from linked.entity_id;

update quotes set speaker_entity_id = linked.entity_id
from (
    select
        quotes.doc_id,
        quotes.quote_no,
        case when speaker_mention_no is null then printed_names.person_id else mentions.entity_id end as entity_id,
    from quotes
    left join printed_names on printed_names.doc_id = quotes.doc_id and printed_names.surface = quotes.speaker
    left join mentions
        on mentions.doc_id = quotes.doc_id and mentions.mention_no = quotes.speaker_mention_no and not mentions.is_demonym
) as linked
where linked.doc_id = quotes.doc_id and linked.quote_no = quotes.quote_no
    and quotes.speaker_entity_id is distinct from linked.entity_id;

update roles set entity_id = linked.entity_id, organisation_entity_id = linked.organisation_entity_id
from (
    select
        roles.doc_id,
        roles.role_no,
        case when roles.mention_no is null then holders.person_id else people.entity_id end as entity_id,
        case
            when organisation_mention_no is null then employers.organisation_id else organisations.entity_id
        end as organisation_entity_id,
    from roles
    left join printed_names as holders on holders.doc_id = roles.doc_id and holders.surface = roles.name
    left join printed_names as employers on employers.doc_id = roles.doc_id and employers.surface = roles.organisation
    left join mentions as people
        on people.doc_id = roles.doc_id and people.mention_no = roles.mention_no and not people.is_demonym
    left join mentions as organisations
        on organisations.doc_id = roles.doc_id and organisations.mention_no = roles.organisation_mention_no
        and not organisations.is_demonym
) as linked
where linked.doc_id = roles.doc_id and linked.role_no = roles.role_no
    and (
        roles.entity_id is distinct from linked.entity_id
        or roles.organisation_entity_id is distinct from linked.organisation_entity_id
    );

drop table printed_names;

-- Rows that stay as they are are not written: deleting a row with a key costs a hundred times what comparing it does, and a run
-- that adds a file changes few.
create or replace temp table renewed_entity_names as
select mentions.entity_id, resolved_names.spelling as name, count(*)::integer as count_mentions
from mentions
join resolved_names using (doc_id, label_extracted, surface, is_demonym)
where mentions.entity_id is not null and not mentions.is_demonym
group by all;

delete from entity_names
where not exists (
    select 1 from renewed_entity_names as renewed
    where renewed.entity_id = entity_names.entity_id
        and renewed.name = entity_names.name
        and renewed.count_mentions = entity_names.count_mentions
);

insert into entity_names by name
select renewed_entity_names.*
from renewed_entity_names
anti join entity_names using (entity_id, name);

drop table renewed_entity_names;

create or replace temp table renewed_entities as
with named as (
    select entity_id, any_value(name) as name, any_value(label) as label from resolved_names where entity_id is not null and not is_demonym group by all
),
counted as (
    select entity_id, count(*)::integer as count_mentions, count(distinct doc_id)::integer as count_documents
    from mentions
    where entity_id is not null and not is_demonym
    group by all
),
aliased as (
    select entity_names.entity_id, list(entity_names.name order by entity_names.count_mentions desc, entity_names.name) as aliases
    from entity_names
    join named on named.entity_id = entity_names.entity_id and named.name <> entity_names.name
    group by all
)
select
    named.entity_id,
    named.name,
    named.label,
    coalesce(aliased.aliases, []) as aliases,
    coalesce(counted.count_mentions, 0) as count_mentions,
    coalesce(counted.count_documents, 0) as count_documents,
from named
left join counted using (entity_id)
left join aliased using (entity_id);

delete from entities
where not exists (
    select 1 from renewed_entities as renewed
    where renewed.entity_id = entities.entity_id
        and renewed.name = entities.name
        and renewed.label = entities.label
        and renewed.aliases = entities.aliases
        and renewed.count_mentions = entities.count_mentions
        and renewed.count_documents = entities.count_documents
);

insert into entities by name
select renewed_entities.*
from renewed_entities
anti join entities using (entity_id);

drop table renewed_entities;
