-- Indexes `texts` (doc_id, body): stems of words and numbers, without accents and case.
pragma create_fts_index(
    'texts', 'doc_id', 'body', stemmer = 'french', stopwords = 'none', ignore = '[^a-z0-9]+', strip_accents = 1, lower = 1,
    overwrite = 1
);
