-- One row per person and role, with the documents that mention the person. Reads entities, mentions, roles and documents.
create or replace view v_people as
with stated as (
    select roles.entity_id, lower(roles.role) as role, roles.organisation, roles.doc_id from roles where roles.entity_id is not null
),
mentioned as (
    select distinct mentions.entity_id, mentions.doc_id
    from mentions
    where mentions.label = 'PER' and mentions.entity_id is not null and not mentions.is_demonym
),
people as (
    select
        entities.entity_id,
        entities.name,
        stated.role,
        stated.organisation,
        count(distinct mentioned.doc_id)::integer as count_documents,
        count(distinct documents.story_id)::integer as count_stories,
        count(distinct documents.source_id)::integer as count_sources,
        min(documents.published_on) as first_on,
        max(documents.published_on) as last_on,
    from entities
    join mentioned using (entity_id)
    join documents on documents.doc_id = mentioned.doc_id
    left join stated on stated.entity_id = mentioned.entity_id and stated.doc_id = mentioned.doc_id
    where entities.label = 'PER'
    group by all
)
select * from people order by count_documents desc, name;

comment on view v_people is 'People with the roles the documents state, the most mentioned first.';
comment on column v_people.entity_id is 'The person; entities.entity_id.';
comment on column v_people.name is 'The usual name of the person; entities.name.';
comment on column v_people.role is 'The role, in lower case; null where none is stated.';
comment on column v_people.organisation is 'The organisation or place the role is held in, as printed.';
comment on column v_people.count_documents is 'Documents that mention the person with this role.';
comment on column v_people.count_stories is 'Stories among these: copies are counted once.';
comment on column v_people.count_sources is 'Sources of these documents.';
comment on column v_people.first_on is 'First day of publication of these documents.';
comment on column v_people.last_on is 'Last day of publication of these documents.';
