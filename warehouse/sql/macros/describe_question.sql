-- Makes describe_question(question): a question of v_disagreements in words, such as "number deployed (sapeurs-pompier)" for
-- count_deployed: sapeurs-pompier. The noun has no ending of a plural, so it stands beside the words. Temporary,
-- so that a published file that is open for reading has it too.
create or replace temp macro describe_question(question) as replace(
    regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(question,
        '^office$', 'holder of the office'),
        '^(created|opened|first_met)$', 'date \1'),
        '^amount_(\w+): ', '\1 in '),
        '^count_things: (.*)$', 'number (\1)'),
        '^count_(\w+): (.*)$', 'number \1 (\2)'),
        '^count_', 'number of '),
        '^amount_', 'amount of '),
    '_', ' '
);
