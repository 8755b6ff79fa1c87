-- +goose Up

-- Whether the player opened anything of what was shown: on the results page an answer was
-- unfolded, or an article followed from it. Nothing is kept of when and what. Of the asks until
-- now nobody knows, so they do not count as left unopened; neither step rewrites the table.
ALTER TABLE asks ADD COLUMN opened boolean NOT NULL DEFAULT true;
ALTER TABLE asks ALTER COLUMN opened SET DEFAULT false;

-- The list of questions that were shown something of which nothing was opened. Asks of the
-- API are not in it: what its clients open is not known.
CREATE INDEX asks_unopened ON asks (at) INCLUDE (id, locale, topic)
    WHERE verdict = 'suggested' AND outcome = '' AND channel = 'search' AND NOT opened;
