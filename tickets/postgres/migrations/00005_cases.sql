-- +goose Up

-- Kinds of request, the stages of a case, and its clocks. What the domain knows of a case
-- is in procedure; the columns beside it repeat what queries and constraints need.
ALTER TABLE tickets
    ADD COLUMN kind             text NOT NULL DEFAULT 'question',
    ADD COLUMN channel          text NOT NULL DEFAULT 'form',
    ADD COLUMN department       text NOT NULL DEFAULT 'support' CHECK (length(department) BETWEEN 1 AND 100),
    ADD COLUMN pack             text NOT NULL DEFAULT 'default@1' CHECK (pack ~ '^[a-z][a-z0-9-]*@[1-9][0-9]*$'),
    ADD COLUMN stage            text,
    ADD COLUMN received_at      timestamptz,
    ADD COLUMN unanswered_since timestamptz,
    ADD COLUMN risk_at          timestamptz, -- from then on the ticket overtakes those whose clocks have time
    ADD COLUMN against          bigint REFERENCES agents, -- sees nothing of the ticket
    ADD COLUMN follows          text CONSTRAINT tickets_follows REFERENCES tickets (number),
    ADD COLUMN merged_into      text REFERENCES tickets (number),
    ADD COLUMN procedure        jsonb;

-- A time as package tickets reads it.
CREATE FUNCTION pg_temp.instant(timestamptz) RETURNS text LANGUAGE sql STABLE
RETURN to_char($1 AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

-- Whoever wrote before there were cases was told by the page that we have it.
UPDATE tickets t
SET kind = CASE t.priority WHEN 'safety' THEN 'safety' ELSE 'question' END,
    received_at = t.created_at,
    unanswered_since = c.unanswered,
    procedure = jsonb_strip_nulls(jsonb_build_object(
        'received_at', pg_temp.instant(t.created_at), 'acknowledged_at', pg_temp.instant(t.created_at),
        'first_answer_at', pg_temp.instant(c.first_answer), 'told_at', pg_temp.instant(coalesce(c.told, t.created_at)),
        'turns', nullif(c.turns, 0), 'unanswered_since', pg_temp.instant(c.unanswered),
        'alarm_at', CASE WHEN t.priority = 'safety' THEN pg_temp.instant(t.created_at) END,
        'pending_at', CASE WHEN t.status = 'pending' THEN pg_temp.instant(t.updated_at) END,
        'solved_at', CASE WHEN t.status = 'solved' THEN pg_temp.instant(t.updated_at) END,
        'closed_at', CASE WHEN t.status = 'closed' THEN pg_temp.instant(t.updated_at) END))
FROM (
    SELECT t.id, min(m.at) FILTER (WHERE m.author_kind <> 'player') AS first_answer,
           max(m.at) FILTER (WHERE m.author_kind <> 'player') AS told,
           count(m.id) FILTER (WHERE m.author_kind <> 'player') AS turns,
           CASE WHEN t.status NOT IN ('solved', 'closed') THEN min(m.at) FILTER (WHERE m.author_kind = 'player' AND m.id > (
               SELECT coalesce(max(a.id), 0) FROM messages a
               WHERE a.ticket_id = t.id AND a.public AND a.author_kind <> 'player')) END AS unanswered
    FROM tickets t LEFT JOIN messages m ON m.ticket_id = t.id AND m.public
    GROUP BY t.id) c
WHERE c.id = t.id;

ALTER TABLE tickets
    ALTER COLUMN kind DROP DEFAULT,
    ALTER COLUMN channel DROP DEFAULT,
    ALTER COLUMN department DROP DEFAULT,
    ALTER COLUMN pack DROP DEFAULT,
    ALTER COLUMN received_at SET NOT NULL,
    ALTER COLUMN procedure SET NOT NULL,
    ADD CONSTRAINT tickets_kind CHECK (kind IN (
        'question', 'problem', 'complaint', 'dispute', 'feedback', 'data-request', 'privacy-complaint', 'safety')),
    ADD CONSTRAINT tickets_channel CHECK (channel IN ('form', 'chat', 'email', 'phone', 'post', 'api')),
    ADD CONSTRAINT tickets_stage CHECK (stage IN (
        'received', 'acknowledged', 'assessed', 'investigated', 'decided', 'answered',
        'appealed', 'disputed', 'final', 'closed', 'archived')),
    ADD CONSTRAINT tickets_procedure CHECK (jsonb_typeof(procedure) = 'object' AND procedure ->> 'stage' IS NOT DISTINCT FROM stage),
    ADD CONSTRAINT tickets_staged CHECK (
        (stage IS NOT NULL) = (kind IN ('complaint', 'dispute', 'data-request', 'privacy-complaint'))),
    ADD CONSTRAINT tickets_ended CHECK (stage IS NULL OR (status = 'closed') = (stage IN ('closed', 'archived'))),
    ADD CONSTRAINT tickets_merged CHECK (merged_into IS NULL OR status = 'closed' AND merged_into <> number),
    ADD CONSTRAINT tickets_not_against CHECK (assignee <> against);

-- The queue is in the order in which requests reached us. What overtakes it depends on
-- the time of the look, and is sorted then: open tickets are few.
DROP INDEX tickets_queue, tickets_order, tickets_status;
CREATE INDEX tickets_queue ON tickets (received_at, id) WHERE status NOT IN ('solved', 'closed');
CREATE INDEX tickets_order ON tickets ((priority = 'safety') DESC, received_at, id);
CREATE INDEX tickets_status ON tickets (status, received_at, id);
CREATE INDEX tickets_merged_into ON tickets (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX tickets_follows ON tickets (follows) WHERE follows IS NOT NULL;

-- The clocks, as they follow from a ticket after its last event: a copy of what package
-- tickets computes, for whoever looks for what is due.
CREATE TABLE deadlines (
    ticket_id bigint NOT NULL REFERENCES tickets,
    rule      text NOT NULL CHECK (rule ~ '^[a-z]+$' AND length(rule) <= 40),
    round     integer NOT NULL CHECK (round >= 0), -- tells apart what comes again
    from_at   timestamptz NOT NULL,
    target_at timestamptz,
    due_at    timestamptz, -- null: the clock stands still
    next_at   timestamptz, -- the next warning, or due_at
    state     text NOT NULL CHECK (state IN ('open', 'met', 'passed')),
    ended_at  timestamptz,
    PRIMARY KEY (ticket_id, rule, round),
    CONSTRAINT deadlines_ended CHECK ((state = 'open') = (ended_at IS NULL)),
    CONSTRAINT deadlines_next CHECK ((next_at IS NOT NULL) = (state = 'open' AND due_at IS NOT NULL))
);
CREATE INDEX deadlines_next ON deadlines (next_at) WHERE next_at IS NOT NULL;

-- What can happen to a ticket is in package tickets, and grows.
ALTER TABLE events
    DROP CONSTRAINT events_change_check,
    ADD CONSTRAINT events_change CHECK (change ~ '^[a-z_]+$' AND length(change) <= 40);

-- Letters of many kinds. counted are those that no person wrote: of them a mailbox gets
-- only so many.
ALTER TABLE letters
    DROP CONSTRAINT letters_kind_check,
    DROP CONSTRAINT letters_message,
    ADD CONSTRAINT letters_kind CHECK (kind ~ '^[a-z-]+$' AND length(kind) <= 40),
    ADD CONSTRAINT letters_message CHECK (kind <> 'reply' OR message_id IS NOT NULL),
    ADD COLUMN fields jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(fields) = 'object'),
    ADD COLUMN counted boolean NOT NULL DEFAULT true;
UPDATE letters SET counted = false WHERE kind = 'reply';
ALTER TABLE letters ALTER COLUMN fields DROP DEFAULT, ALTER COLUMN counted DROP DEFAULT;
DROP INDEX letters_mailbox, letters_acks;
CREATE INDEX letters_mailbox ON letters (mailbox, created_at) WHERE counted;
CREATE INDEX letters_counted ON letters (kind, created_at) WHERE counted;
