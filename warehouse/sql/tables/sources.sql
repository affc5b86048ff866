-- One publisher.
create table if not exists sources (
    source_id text not null,
    name text not null,
    domain text,
    country text,
    language text,
    time_zone text,
    is_listed boolean not null,
    primary key (source_id)
);

comment on table sources is 'One publisher.';
comment on column sources.source_id is 'Its domain, or a slug of its name; unknown for pages that name no publisher.';
comment on column sources.name is 'Its name.';
comment on column sources.domain is 'Its internet domain.';
comment on column sources.country is 'ISO 3166-1 alpha-2 code of its country.';
comment on column sources.language is 'ISO 639-1 code of its language.';
comment on column sources.time_zone is 'IANA time zone its times are printed in.';
comment on column sources.is_listed is 'Whether it is in sources.csv; false for one that was only found on a page.';
