-- name: lines_contiguous
-- severity: critical
-- scope: document
-- sentence: The lines of a page are all there: numbered without a gap, each starting where the one before ends.
-- id: doc_id
with measured as (
    select doc_id, line_no, raw_start, raw_end, length(line) as count_characters,
    from lines
    semi join documents using (doc_id)
),

pages as (
    select
        doc_id,
        list(raw_start order by line_no) as starts,
        list(raw_end order by line_no) as ends,
        min(line_no) = 1 and max(line_no) = count(*) as is_numbered,
        bool_and(raw_end - raw_start = count_characters) as is_measured,
    from measured
    group by doc_id
),

faults as (
    select doc_id, format('{} lines, numbered, measured and adjoining not all of them', len(starts)) as detail,
    from pages
    where not is_numbered
        or not is_measured
        or starts <> [0] || ends[:-2]
)

select * from faults
