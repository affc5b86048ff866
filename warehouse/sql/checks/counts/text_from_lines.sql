-- name: text_from_lines
-- severity: critical
-- scope: document
-- sentence: The text is the kept lines in order and nothing else: no character of it comes from anywhere but the page.
-- id: doc_id
with kept as (
    select
        doc_id,
        line_no,
        text_start,
        text_end,
        lag(text_end, 1, 0) over (partition by doc_id order by line_no) as previous_end,
        lead(line_no) over (partition by doc_id order by line_no) is null as is_last,
    from lines
    where is_kept
),

faults as (
    select doc_id, format('line {}: the text before or after it is not of the page', line_no) as detail,
    from kept
    inner join documents using (doc_id)
    where text_start < previous_end
        or (previous_end = 0 and text_start <> 0)
        or substr(text, previous_end + 1, text_start - previous_end) not in ('', ' ', e'\n', e'\n\n')
        or (is_last and text_end <> length(text))
)

select * from faults
