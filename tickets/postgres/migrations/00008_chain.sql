-- +goose Up

-- The correspondence proves itself: each event is bound to the one before it, and a message
-- to its event by a salted hash. tickets.Link says what is hashed, and how.

ALTER TABLE tickets
    ADD COLUMN chain_head bytea CHECK (length(chain_head) = 32),
    ADD COLUMN chain_length integer NOT NULL DEFAULT 0 CHECK (chain_length >= 0),
    ADD CONSTRAINT tickets_chain CHECK ((chain_head IS NULL) = (chain_length = 0));

ALTER TABLE messages
    ADD COLUMN salt bytea CHECK (length(salt) = 16),
    ADD COLUMN commitment bytea CHECK (length(commitment) = 32),
    ADD COLUMN erased_at timestamptz,
    DROP CONSTRAINT messages_body_check,
    ADD CONSTRAINT messages_body CHECK (length(body) <= 8000 AND (body = '') = (erased_at IS NOT NULL));

ALTER TABLE events
    ADD COLUMN message_id bigint CONSTRAINT events_message_key UNIQUE REFERENCES messages,
    ADD COLUMN hash bytea CHECK (length(hash) = 32);

-- What is there already is chained as it is found. Nobody can prove what happened to it
-- before, so each such chain ends with an entry that says when it was made.
CREATE FUNCTION chain_field(bytea) RETURNS bytea LANGUAGE sql IMMUTABLE
RETURN int8send(length($1)::bigint) || $1;

CREATE FUNCTION chain_text(text) RETURNS bytea LANGUAGE sql IMMUTABLE
RETURN chain_field(convert_to($1, 'UTF8'));

CREATE FUNCTION chain_time(timestamptz) RETURNS bytea LANGUAGE sql IMMUTABLE
RETURN chain_text(coalesce(((extract(epoch FROM $1) * 1000000)::bigint)::text, ''));

-- +goose StatementBegin
CREATE FUNCTION chain_what_is_there() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    t tickets;
    e events;
    m messages;
    head bytea;
    n integer;
    coded bytea;
BEGIN
    FOR t IN SELECT * FROM tickets ORDER BY id LOOP
        INSERT INTO events (ticket_id, version, at, actor_kind, change, detail)
        VALUES (t.id, t.version, now(), 'system', 'chained', '{}');
        head := NULL;
        n := 0;
        FOR e IN SELECT * FROM events WHERE ticket_id = t.id ORDER BY id LOOP
            coded := chain_text('otvet event 1') || chain_field(coalesce(head, '')) || chain_text(t.number)
                || chain_text(e.id::text) || chain_text(e.version::text) || chain_text(coalesce(e.key, ''))
                || chain_time(e.at) || chain_text(e.actor_kind) || chain_text(coalesce(e.actor_id, 0)::text)
                || chain_text(e.change)
                || (SELECT chain_text(count(*)::text) || coalesce(string_agg(
                           chain_text(key) || chain_text(value), '' ORDER BY key COLLATE "C"), '')
                    FROM jsonb_each_text(e.detail));
            SELECT * INTO m FROM messages WHERE id = e.message_id;
            IF NOT FOUND THEN
                coded := coded || chain_text('');
            ELSE
                coded := coded || chain_text('message') || chain_text(m.id::text) || chain_text(m.author_kind)
                    || chain_text(coalesce(m.author_id, 0)::text) || chain_text(m.public::text) || chain_time(m.at)
                    || chain_text(coalesce(m.review_by, 0)::text) || chain_time(m.review_at) || chain_field(m.commitment);
            END IF;
            head := sha256(coded);
            n := n + 1;
            UPDATE events SET hash = head WHERE id = e.id;
        END LOOP;
        UPDATE tickets SET chain_head = head, chain_length = n WHERE id = t.id;
    END LOOP;
END $$;
-- +goose StatementEnd

ALTER TABLE events DISABLE TRIGGER events_append_only;

-- Until now four changes have brought a message with them, each one, in the same order.
UPDATE events SET message_id = m.id
FROM (SELECT id, ticket_id, row_number() OVER (PARTITION BY ticket_id ORDER BY id) AS place FROM events
      WHERE change IN ('opened', 'player_replied', 'agent_replied', 'noted')) e
JOIN (SELECT id, ticket_id, row_number() OVER (PARTITION BY ticket_id ORDER BY id) AS place FROM messages) m
  ON m.ticket_id = e.ticket_id AND m.place = e.place
WHERE events.id = e.id;

UPDATE messages SET salt = uuid_send(gen_random_uuid());
UPDATE messages SET commitment = sha256(chain_text('otvet message 1') || chain_field(salt)
    || chain_text(coalesce((SELECT t.subject FROM events e JOIN tickets t ON t.id = e.ticket_id
                            WHERE e.message_id = messages.id AND e.change = 'opened'), ''))
    || chain_text(body)
    || coalesce((SELECT string_agg(chain_field(a.sha256), '' ORDER BY a.place) FROM attachments a WHERE a.message_id = messages.id), ''));

SELECT chain_what_is_there();

ALTER TABLE events ENABLE TRIGGER events_append_only;
DROP FUNCTION chain_what_is_there();
DROP FUNCTION chain_time(timestamptz);
DROP FUNCTION chain_text(text);
DROP FUNCTION chain_field(bytea);

ALTER TABLE events ALTER COLUMN hash SET NOT NULL;
ALTER TABLE messages
    ALTER COLUMN commitment SET NOT NULL,
    ADD CONSTRAINT messages_salt CHECK ((salt IS NULL) = (erased_at IS NOT NULL));

-- A message does not change. What people wrote can be taken out of it, by a transaction that
-- says that it erases, and by nothing else.
-- +goose StatementBegin
CREATE FUNCTION refuse_change_but_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was messages := OLD;
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('otvet.erasing', true) = 'on' AND NEW.erased_at IS NOT NULL THEN
        was.body := '';
        was.salt := NULL;
        was.erased_at := NEW.erased_at;
        IF NEW IS NOT DISTINCT FROM was THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
-- +goose StatementEnd

CREATE TRIGGER messages_append_only BEFORE UPDATE OR DELETE ON messages
    FOR EACH ROW EXECUTE FUNCTION refuse_change_but_erasure();
CREATE TRIGGER messages_not_truncated BEFORE TRUNCATE ON messages
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A ticket whose texts were erased has no subject and belongs to nobody.
ALTER TABLE tickets
    DROP CONSTRAINT tickets_subject_check,
    DROP CONSTRAINT tickets_one_contact,
    ADD COLUMN erased_at timestamptz,
    ADD CONSTRAINT tickets_whole CHECK (CASE WHEN erased_at IS NULL
        THEN length(subject) BETWEEN 1 AND 200 AND num_nonnulls(login, email) = 1
        ELSE subject = '' AND num_nonnulls(login, email, account) = 0 END);
CREATE INDEX tickets_ended ON tickets (id) WHERE status = 'closed' AND erased_at IS NULL;

ALTER TABLE attachments
    ALTER COLUMN sha256 DROP NOT NULL,
    DROP CONSTRAINT attachments_state_check,
    DROP CONSTRAINT attachments_removed,
    ADD CONSTRAINT attachments_state CHECK (state IN ('kept', 'removed', 'erased')),
    ADD CONSTRAINT attachments_erased CHECK ((state = 'erased') = (sha256 IS NULL)),
    ADD CONSTRAINT attachments_removed CHECK (num_nonnulls(removed_at, removed_by, removed_reason) IN (0, 3)
        AND (state <> 'removed' OR removed_at IS NOT NULL) AND (state <> 'kept' OR removed_at IS NULL));

-- Who has seen whose data.
CREATE TABLE accesses (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at        timestamptz NOT NULL DEFAULT now(),
    agent_id  bigint REFERENCES agents, -- null: on the command line
    ticket_id bigint NOT NULL REFERENCES tickets,
    what      text NOT NULL CHECK (what IN ('ticket', 'pack', 'export'))
);
CREATE INDEX accesses_ticket ON accesses (ticket_id, at);
CREATE INDEX accesses_agent ON accesses (agent_id, at);
CREATE TRIGGER accesses_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON accesses
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
