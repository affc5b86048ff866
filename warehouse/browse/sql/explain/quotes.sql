-- Who is quoted in one document.
select speaker, verb, surface from quotes where doc_id = $doc_id order by quote_no;
