-- Removes from the open candidate, after resolve, what else named a forgotten document (`scratch.forgotten_documents`): its id in
-- `checks.failing_ids`, the example in the sentence of a failing check, and publishers that only it held. `$ids` are its
-- ids and those of the entities that only it mentioned, `$words` what an example may quote: its address, title and names.
delete from duplicates
where doc_id in (select doc_id from scratch.forgotten_documents)
    or duplicate_of in (select doc_id from scratch.forgotten_documents);

-- of more than 100 failing rows only the ids of some are kept, so that the example may be of any document
update checks set sentence = regexp_replace(sentence, ' Failing: ([0-9,]+), such as .*$', ' Failing: \1.', 's')
where contains(sentence, ' Failing: ')
    and (
        list_has_any(failing_ids, $ids)
        or count_unexpected > len(failing_ids)
        or len([word for word in $words if contains(sentence, word)]) > 0
    );

update checks set failing_ids = list_filter(failing_ids, lambda id: not list_contains($ids, id))
where list_has_any(failing_ids, $ids);

delete from sources
where not is_listed
    and source_id <> 'unknown'
    and source_id not in (select source_id from documents)
    and source_id not in (select source_id from duplicates)
    and source_id not in (select source_id from rejections where source_id is not null);
