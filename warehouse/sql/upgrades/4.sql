-- Quotes say how their speaker was found, and whether they are indirect speech. Earlier versions found none without marks.
alter table quotes add column speaker_method text;
alter table quotes add column speaker_confidence double;
alter table quotes add column is_reported boolean;
update quotes set is_reported = false;

-- Near copies are found by bands of pairs of words, which resolve makes of the texts that have none.
drop table signatures;

-- The topics of figures, dates and roles, by which the statements of two sources are compared. Those of earlier rows are null.
alter table figures add column question text;
alter table figures add column aspect text;
alter table figures add column thing text;
alter table figures add column thing_kind text;
alter table figures add column thing_mention_no integer;
alter table figures add column thing_start integer;
alter table figures add column thing_date_no integer;
alter table figures add column thing_place_no integer;
alter table figures add column state text;
alter table dates add column question text;
alter table dates add column thing text;
alter table dates add column thing_kind text;
alter table dates add column thing_mention_no integer;
alter table dates add column state text;
alter table roles add column office text;
alter table roles add column is_new boolean;
alter table checks add column accepted_until date;
