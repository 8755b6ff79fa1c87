-- +goose Up

-- Files that came with messages. The bytes are in the folder of attachments under their
-- hash; here is who may see them and what they are called. A row is never deleted: what is
-- taken away again stays as the note of who did it and why.
CREATE TABLE attachments (
    id             text PRIMARY KEY CHECK (id ~ '^[0-9a-z]{26}$'), -- random: what stands in addresses counts nothing
    ticket_id      bigint NOT NULL REFERENCES tickets,
    message_id     bigint REFERENCES messages, -- null: came with no message
    place          smallint NOT NULL CHECK (place >= 0), -- among the files of its message
    sha256         bytea NOT NULL CHECK (length(sha256) = 32),
    name           text NOT NULL CHECK (length(name) BETWEEN 1 AND 120 AND name !~ '[/\\\x01-\x1f\x7f]'),
    mime           text NOT NULL CHECK (mime IN (
                       'image/png', 'image/jpeg', 'application/pdf', 'text/plain', 'text/csv', 'application/json',
                       'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
                       'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')),
    size           bigint NOT NULL CHECK (size > 0),
    width          integer CHECK (width > 0),
    height         integer CHECK (height > 0),
    state          text NOT NULL CHECK (state IN ('kept', 'removed')),
    provenance     text NOT NULL CHECK (provenance IN ('player', 'agent')),
    at             timestamptz NOT NULL,
    removed_at     timestamptz,
    removed_by     bigint REFERENCES agents,
    removed_reason text CHECK (length(removed_reason) BETWEEN 1 AND 1000),
    CONSTRAINT attachments_picture CHECK ((mime LIKE 'image/%') = (num_nonnulls(width, height) = 2)),
    CONSTRAINT attachments_removed CHECK ((state = 'removed') = (num_nonnulls(removed_at, removed_by, removed_reason) = 3)
                                          AND num_nonnulls(removed_at, removed_by, removed_reason) IN (0, 3)),
    CONSTRAINT attachments_place UNIQUE (message_id, place)
);
CREATE INDEX attachments_ticket ON attachments (ticket_id, message_id, place);
CREATE INDEX attachments_sha256 ON attachments (sha256) WHERE state = 'kept';
