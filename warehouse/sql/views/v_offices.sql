-- One row per office of an organisation or place and its holder, with the time in which documents state it. An office that
-- women and men held is one. Reads roles, entities and documents.
create or replace view v_offices as
with stated as (
    select
        coalesce(organisations.name, roles.organisation) as organisation,
        coalesce(roles.office, lower(roles.role)) as office,
        lower(roles.role) as role,
        coalesce(people.name, roles.name) as name,
        roles.doc_id,
        documents.published_on,
    from roles
    join documents on documents.doc_id = roles.doc_id
    left join entities as people on people.entity_id = roles.entity_id
    left join entities as organisations on organisations.entity_id = roles.organisation_entity_id
    where roles.organisation is not null and not roles.is_former
),
forms as (
    -- the form that most statements have
    select organisation, office, arg_max(role, (count_statements, role)) as role,
    from (select organisation, office, role, count(*) as count_statements from stated group by all)
    group by organisation, office
),
offices as (
    select
        organisation,
        forms.role,
        name,
        min(published_on) as first_on,
        max(published_on) as last_on,
        count(distinct doc_id)::integer as count_documents,
    from stated
    inner join forms using (organisation, office)
    group by all
)
select * from offices order by organisation, role, first_on, name;

comment on view v_offices is 'Offices of organisations and places with their holders over time, former offices left out.';
comment on column v_offices.organisation is 'The usual name of the organisation or place (entities.name), else as printed.';
comment on column v_offices.role is 'The office, in lower case, in the form that most documents of the organisation give it.';
comment on column v_offices.name is 'The usual name of the holder (entities.name), else as printed.';
comment on column v_offices.first_on is 'First day of publication of the documents that state it.';
comment on column v_offices.last_on is 'Last day of publication of the documents that state it.';
comment on column v_offices.count_documents is 'Documents that state it.';
