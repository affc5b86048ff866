-- One line of a page's raw text, kept or removed, in order; a document that was rejected after reading keeps its lines too.
create table if not exists lines (
    doc_id text not null,
    line_no integer not null,
    raw_start integer not null,
    raw_end integer not null,
    line text not null,
    text_start integer,
    text_end integer,
    kind text not null,
    is_kept boolean not null,
    reason text not null,
    score double not null,
    primary key (doc_id, line_no),
    check (line_no >= 1),
    check (raw_start >= 0 and raw_end > raw_start),
    check (kind in ('body', 'heading', 'caption', 'embed', 'title', 'subtitle', 'byline', 'dateline', 'chrome', 'teaser', 'comment', 'blank')),
    check (is_kept = (kind in ('body', 'heading', 'caption', 'embed'))),
    check (is_kept = (text_start is not null and text_end is not null)),
    check (score between 0 and 1)
);

comment on table lines is 'One line of a page''s raw text, kept or removed, in order; a document that was rejected after reading keeps its lines too.';
comment on column lines.doc_id is 'The document: 32 hex digits of the SHA-256 of the record''s bytes after decompression.';
comment on column lines.line_no is 'Number of the line in the raw text, from 1.';
comment on column lines.raw_start is 'Start of the line in the raw text, in code points.';
comment on column lines.raw_end is 'End of the line in the raw text, its line end included, exclusive.';
comment on column lines.line is 'The line with its own line end: string_agg(line, '''' order by line_no) is the raw text.';
comment on column lines.text_start is 'Start of the line''s content in documents.text, in code points; null when removed.';
comment on column lines.text_end is 'End of the line''s content in documents.text, in code points, exclusive; null when removed.';
comment on column lines.kind is 'In text: body, heading, caption, embed. In columns of their own: title, subtitle, byline, dateline. Removed: chrome, teaser, comment, blank.';
comment on column lines.is_kept is 'Whether the line is in documents.text.';
comment on column lines.reason is 'Why it was kept or removed, as one word such as prose or cookie_banner.';
comment on column lines.score is 'Probability that the line belongs to the article, from 0 to 1.';
