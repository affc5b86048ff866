-- Figures, quotes and roles refer to mentions by number. Rows from before have no number: resolve links them by the name as printed.
alter table figures add column subject_mention_no integer;
alter table quotes add column speaker_mention_no integer;
alter table roles add column mention_no integer;
alter table roles add column organisation_mention_no integer;
