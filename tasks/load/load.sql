-- Merge what the shards hold into the candidate. Only fresh records count: what another run published meanwhile is
-- unchanged or a duplicate by now.

create or replace temp table fresh as
select distinct doc_id from fates where fate = 'fresh' and reason is null;

create or replace temp table extracted as
select pages.* from shard_pages as pages
semi join fresh on fresh.doc_id = pages.doc_id
anti join shard_extract_rejected as rejected on rejected.doc_id = pages.doc_id;

-- which of this run's documents were never counted by repetition before
create or replace temp table uncounted as
select distinct shard_lines.doc_id from shard_lines
semi join fresh on fresh.doc_id = shard_lines.doc_id
anti join lines on lines.doc_id = shard_lines.doc_id;

-- how often what was turned away before has been tried: its rejections go before it is known whether it is turned away again
create or replace table tried as
select uri, record_no, attempts, run_id, first_rejected_at from rejections;
