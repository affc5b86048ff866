-- One row per disagreement; reads v_disagreements.
select question, subject, kind, value, source_id as source, sentence, other_value as "other value", other_source_id as "other source", other_sentence as "other sentence"
from v_disagreements
limit 40;
