-- One row per document: doc_id and the text that is indexed, with its title. Ligatures are written in full, as they are often
-- typed. Reads documents.
select
    doc_id,
    replace(replace(lower(concat_ws(chr(10), title, subtitle, text)), 'œ', 'oe'), 'æ', 'ae') as body,
from documents
order by doc_id;
