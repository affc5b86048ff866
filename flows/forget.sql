-- Takes the documents in `scratch.forgotten_documents` (doc_id, uri) out of the open candidate. Facts, lines and evidence are
-- deleted before (`delete_documents`), and resolve renews what depends on the corpus after.
-- Near copies keep their rows until then: by these resolve finds the stories that lost a document.
delete from dropped_names where doc_id in (select doc_id from scratch.forgotten_documents);

delete from rejections where doc_id in (select doc_id from scratch.forgotten_documents);

delete from duplicates
where kind <> 'near'
    and (
        doc_id in (select doc_id from scratch.forgotten_documents)
        or duplicate_of in (select doc_id from scratch.forgotten_documents)
    );

insert or replace into forgotten by name
select doc_id, uri, $because as because, $forgotten_by as forgotten_by, $forgotten_at as forgotten_at
from scratch.forgotten_documents;
