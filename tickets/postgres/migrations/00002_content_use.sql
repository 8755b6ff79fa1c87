-- +goose Up

-- How often players opened an article: what editors look at. Only counts are kept, of
-- nobody in particular; Purge removes what is older than 400 days.
CREATE TABLE article_views (
    day     date NOT NULL, -- of the operator's calendar, whatever the server's time zone is
    locale  text NOT NULL CHECK (locale IN ('ru', 'en')),
    article text NOT NULL CHECK (length(article) BETWEEN 1 AND 200), -- its ID, "faq/withdrawals"
    views   integer NOT NULL CHECK (views > 0),
    PRIMARY KEY (day, locale, article) -- the day first: it is read and purged by day
);

-- By what equal questions are counted: a hash of the words without case, space,
-- punctuation and long numbers. It is not the words, so that they stand in one place only.
-- The characters are named one by one, since a class of them such as [:alnum:] holds no
-- Cyrillic in the locale C. Hash partitions rest on the same function, so that it stays
-- what it is from one PostgreSQL to the next.
CREATE FUNCTION question_topic(text) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN hashtextextended(btrim(regexp_replace(regexp_replace(lower(translate($1, 'ёЁ', 'ее')),
    '[\s\u00a0\u202f!-/:-@\[-`{-~«»„“”‘’–—…№€£₽•]+', ' ', 'g'), '[0-9]{6,}', '#', 'g')), 0);

ALTER TABLE asks ADD COLUMN topic bigint NOT NULL GENERATED ALWAYS AS (question_topic(question)) STORED;

-- Each list of the desk's content pages reads one of these, a period at a time. What is
-- typed into the contact form is part of a ticket and in none of them.
CREATE INDEX asks_unanswered ON asks (at) INCLUDE (id, locale, topic)
    WHERE verdict = 'no_answer' AND channel <> 'contact';
CREATE INDEX asks_suggested ON asks (at) INCLUDE (id, locale, topic)
    WHERE verdict = 'suggested' AND outcome = 'ticket' AND channel <> 'contact';
CREATE INDEX asks_judged ON asks (at) INCLUDE (id, outcome)
    WHERE verdict = 'answered' AND outcome <> '' AND channel <> 'contact';
CREATE INDEX feedback_at ON feedback (at) INCLUDE (ref, helped);
