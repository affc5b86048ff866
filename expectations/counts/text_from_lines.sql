-- name: text_from_lines
-- severity: critical
-- scope: document
-- sentence: The text consists of the kept lines of the page in order, each unchanged at the position it gives, and of nothing else.
-- id: doc_id
-- A line may have only white space and punctuation around the content that is in the text: no letter, no digit. The text
-- from the end of one line to the end of the next is read once: reaching a character costs time by its distance from the start.
with kept as (
    select
        doc_id,
        line_no,
        text_start,
        text_end,
        lag(text_end, 1, 0) over page as previous_end,
        lead(line_no) over page is null as is_last,
    from lines
    where is_kept
    window page as (partition by doc_id order by line_no)
),

pieces as (
    select
        doc_id,
        line_no,
        text_start - previous_end as count_gap,
        previous_end,
        text_end <= text_start or text_start < previous_end as is_misplaced,
        substr(text, previous_end + 1, text_end - previous_end) as piece,
        is_last and text_end <> length(text) as is_cut,
    from kept
    inner join documents using (doc_id)
),

contents as (
    select *, left(piece, count_gap) as gap, substr(piece, count_gap + 1) as content,
    from pieces
),

faults as (
    select doc_id, format('line {} or the text beside it differs from the page', line_no) as detail,
    from contents
    inner join lines using (doc_id, line_no)
    where is_misplaced
        or is_cut
        or (previous_end = 0 and count_gap <> 0)
        or gap not in ('', ' ', e'\n', e'\n\n')
        or not contains(line, content)
        or regexp_matches(replace(line, content, ''), '[\p{L}\p{N}]')
)

select * from faults
