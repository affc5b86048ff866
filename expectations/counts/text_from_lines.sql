-- name: text_from_lines
-- severity: critical
-- scope: document
-- sentence: The text is the kept lines of the page in order, each unchanged where it says, and nothing else.
-- id: doc_id
-- What a line has around its content in the text may only be white space and marks: no letter, no digit. The piece of
-- text from one line's end to the next one's is read once: finding a character in a text costs its distance.
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
    select doc_id, format('line {} or what is beside it is not in the text as it is in the page', line_no) as detail,
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
