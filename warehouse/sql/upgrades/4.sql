-- Near copies are found by bands of pairs of words, which resolve makes of the texts that have none.
drop table signatures;
