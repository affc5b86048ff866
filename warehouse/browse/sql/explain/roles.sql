-- Who is said to be what in one document.
select name, role, organisation, is_former from roles where doc_id = $doc_id order by role_no;
