-- Reads `scratch.recalled`. Makes `scratch.recalled_shards`: the documents that are ($is_stripped_again) stripped again, or
-- are not, each with the number of its shard of about $shard_bytes characters.
create or replace table scratch.recalled_shards as
with ordered as (
    select
        doc_id,
        uri,
        record_no,
        coalesce(
            sum(count_characters) over (
                order by uri, record_no, doc_id rows between unbounded preceding and 1 preceding
            ),
            0
        ) as count_before,
    from scratch.recalled
    where is_stripped_again = $is_stripped_again
),
numbered as (
    select doc_id, uri, record_no, (count_before // $shard_bytes)::integer as shard_no from ordered
)
select * from numbered;
