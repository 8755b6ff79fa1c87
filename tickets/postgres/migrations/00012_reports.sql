-- +goose Up

-- Reports read what happened in a time, and which requests came in it or changed since.
CREATE INDEX events_at ON events (at) INCLUDE (ticket_id);
CREATE INDEX tickets_received ON tickets (received_at);
