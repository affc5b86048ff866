-- One expectation's result in one run, for one source or for all.
create table if not exists checks (
    run_id text not null,
    suite text not null,
    check_name text not null,
    source_id text not null,
    severity text not null,
    scope text not null,
    success boolean not null,
    value double,
    low double,
    high double,
    count_unexpected integer not null,
    failing_ids text[] not null,
    sentence text not null,
    accepted_by text,
    accepted_at timestamptz,
    accepted_because text,
    accepted_until date,
    checked_at timestamptz not null,
    primary key (run_id, suite, check_name, source_id, checked_at),
    check (severity in ('critical', 'warning', 'info')),
    check (scope in ('document', 'run'))
);

comment on table checks is 'One expectation''s result in one run, for one source or for all.';
comment on column checks.run_id is 'The run that was checked.';
comment on column checks.suite is 'counts, dates, sources, relations, disagreement or users.';
comment on column checks.check_name is 'Name of the check.';
comment on column checks.source_id is 'The source measured; empty for all sources together.';
comment on column checks.severity is 'critical, warning or info.';
comment on column checks.scope is 'document or run.';
comment on column checks.success is 'Whether the check passed.';
comment on column checks.value is 'The value measured.';
comment on column checks.low is 'Smallest value that passes.';
comment on column checks.high is 'Largest value that passes.';
comment on column checks.count_unexpected is 'Number of rows that fail the check.';
comment on column checks.failing_ids is 'Ids of failing rows, at most 100.';
comment on column checks.sentence is 'What the check requires, in a sentence for an analyst.';
comment on column checks.accepted_by is 'Who accepted the failure; null when nobody did.';
comment on column checks.accepted_at is 'When the failure was accepted.';
comment on column checks.accepted_because is 'Why the failure was accepted.';
comment on column checks.accepted_until is 'The last day on which the same rows may fail without stopping a run.';
comment on column checks.checked_at is 'When the check was run.';
