-- One run with the outcomes of its records; count_read is the sum of the other five counts.
create table if not exists runs (
    run_id text not null,
    flow_run_id text,
    started_at timestamptz not null,
    finished_at timestamptz,
    state text not null,
    inputs text[] not null,
    count_read integer not null,
    count_published integer not null,
    count_unchanged integer not null,
    count_duplicates integer not null,
    count_rejected integer not null,
    count_quarantined integer not null,
    primary key (run_id),
    check (state in ('running', 'published', 'unchanged', 'refused', 'failed')),
    check (count_read = count_published + count_unchanged + count_duplicates + count_rejected + count_quarantined)
);

comment on table runs is 'One run with the outcomes of its records; count_read is the sum of the other five counts.';
comment on column runs.run_id is 'Start time followed by random digits, so that ids sort by time.';
comment on column runs.flow_run_id is 'The id of the flow run in Prefect.';
comment on column runs.started_at is 'When it started.';
comment on column runs.finished_at is 'When it finished.';
comment on column runs.state is 'published, unchanged, refused or failed.';
comment on column runs.inputs is 'The inputs given to the run.';
comment on column runs.count_read is 'Records read, plus one for each input that yields none.';
comment on column runs.count_published is 'Records published by this run.';
comment on column runs.count_unchanged is 'Records read before with the same bytes and recipe.';
comment on column runs.count_duplicates is 'Records not published because the same bytes, or a newer text of the same url, are published.';
comment on column runs.count_rejected is 'Records rejected by a step.';
comment on column runs.count_quarantined is 'Records quarantined by a check.';
