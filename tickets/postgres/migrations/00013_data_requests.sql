-- +goose Up

-- Somebody's data taken out for them is an access of its own kind.
ALTER TABLE accesses
    DROP CONSTRAINT accesses_what_check,
    ADD CONSTRAINT accesses_what CHECK (what IN ('ticket', 'pack', 'export', 'data'));

-- What was erased for a request about data.
CREATE INDEX events_erased_for ON events ((detail ->> 'request')) WHERE change = 'erased';
