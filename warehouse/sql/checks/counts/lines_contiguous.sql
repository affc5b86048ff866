-- name: lines_contiguous
-- severity: critical
-- scope: document
-- sentence: The lines of a page are all there: numbered without a gap, each starting where the one before ends.
-- id: doc_id
with ordered as (
    select
        doc_id,
        line_no,
        line,
        raw_start,
        raw_end,
        row_number() over (partition by doc_id order by line_no) as expected_no,
        lag(raw_end, 1, 0) over (partition by doc_id order by line_no) as expected_start,
    from lines
    semi join documents using (doc_id)
),

faults as (
    select
        doc_id,
        format('line {} at [{}, {}), expected number {} at {}', line_no, raw_start, raw_end, expected_no, expected_start) as detail,
    from ordered
    where line_no <> expected_no
        or raw_start <> expected_start
        or raw_end - raw_start <> length(line)
)

select * from faults
