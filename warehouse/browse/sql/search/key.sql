-- What a full-text index depends on: one row with the number of documents and a key of their ids, titles and texts. Reads
-- documents.
select
    count(*) as count,
    concat_ws('-', count(*), bit_xor(hash(doc_id, coalesce(title, ''), coalesce(subtitle, ''), recipe_strip))) as key,
from documents;
