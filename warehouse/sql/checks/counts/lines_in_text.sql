-- name: lines_in_text
-- severity: critical
-- scope: document
-- sentence: Every kept line stands in the text where it says, with nothing changed inside it.
-- id: doc_id
-- What a line has around its content in the text may only be white space and marks: no letter, no digit.
with kept as (
    select
        doc_id,
        line_no,
        line,
        text_start,
        text_end,
        case when text_start >= 0 and text_end > text_start
            then substr(text, text_start + 1, text_end - text_start)
            else ''
        end as content,
    from lines
    inner join documents using (doc_id)
    where is_kept
),

faults as (
    select doc_id, format('line {} is not at [{}, {}) of the text', line_no, text_start, text_end) as detail,
    from kept
    where content = ''
        or not contains(line, content)
        or regexp_matches(replace(line, content, ''), '[\p{L}\p{N}]')
)

select * from faults
