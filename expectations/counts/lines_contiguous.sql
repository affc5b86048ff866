-- name: lines_contiguous
-- severity: critical
-- scope: document
-- sentence: The lines of a page are complete: numbered without a gap, each starting where the one before ends.
-- id: doc_id
with placed as (
    select
        doc_id,
        line_no,
        raw_start,
        raw_end,
        length(line) as count_characters,
        row_number() over page as expected_no,
        lag(raw_end, 1, 0) over page as expected_start,
    from lines
    semi join documents using (doc_id)
    window page as (partition by doc_id order by line_no)
),

faults as (
    select
        doc_id,
        format(
            'line {} at [{}, {}) has the length {}; line {} from {} is expected',
            line_no, raw_start, raw_end, count_characters, expected_no, expected_start
        ) as detail,
    from placed
    where line_no <> expected_no
        or raw_start <> expected_start
        or raw_end - raw_start <> count_characters
)

select * from faults
