-- Quotes say how their speaker was found, and whether they are indirect speech. Earlier versions found none without marks.
alter table quotes add column speaker_method text;
alter table quotes add column speaker_confidence double;
alter table quotes add column is_reported boolean;
update quotes set is_reported = false;
