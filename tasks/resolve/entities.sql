-- Write the entities down that `resolved_names` decided on (doc_id, label_extracted, surface, is_demonym, label, entity_id,
-- name): the ids on every mention, figure, quote and role, then the entities themselves with their counts.

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

-- Where a document uses one surface for two things, a person speaks and has a role, and an organisation gives it.
create or replace temp table speakers as
select doc_id, surface, arg_min(entity_id, list_position(['PER', 'ORG', 'LOC', 'MISC'], label)) as entity_id
from mentions
where not is_demonym
group by all;

create or replace temp table employers as
select doc_id, surface, arg_min(entity_id, list_position(['ORG', 'LOC', 'MISC', 'PER'], label)) as entity_id
from mentions
where not is_demonym
group by all;

create or replace temp table counters as
select doc_id, surface, arg_min(entity_id, list_position(['ORG', 'LOC', 'PER', 'MISC'], label)) as entity_id
from mentions
where not is_demonym
group by all;

update figures set subject_entity_id = counters.entity_id
from counters
where counters.doc_id = figures.doc_id and counters.surface = figures.subject
    and figures.subject_entity_id is distinct from counters.entity_id;

update quotes set speaker_entity_id = speakers.entity_id
from speakers
where speakers.doc_id = quotes.doc_id and speakers.surface = quotes.speaker
    and quotes.speaker_entity_id is distinct from speakers.entity_id;

update roles set entity_id = speakers.entity_id
from speakers
where speakers.doc_id = roles.doc_id and speakers.surface = roles.name
    and roles.entity_id is distinct from speakers.entity_id;

update roles set organisation_entity_id = employers.entity_id
from employers
where employers.doc_id = roles.doc_id and employers.surface = roles.organisation
    and roles.organisation_entity_id is distinct from employers.entity_id;

drop table counters;

drop table speakers;

drop table employers;

delete from entity_names;

insert into entity_names by name
select entity_id, surface as name, count(*)::integer as count_mentions
from mentions
where entity_id is not null and not is_demonym
group by all;

delete from entities;

insert into entities by name
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
