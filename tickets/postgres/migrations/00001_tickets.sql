-- +goose Up

-- The words of a text for full-text search. The Russian configuration stems Latin words
-- by English rules, so one configuration serves both languages. The parser takes "a/b",
-- "a.b" and "a@b" for single file, host and mail names, and does not know that ё is е:
-- both are evened out, in the same way in texts and in queries.
CREATE FUNCTION search_text(text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN translate($1, 'ёЁ/\._@:', 'еЕ      ');

CREATE TABLE agents (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email         text NOT NULL CONSTRAINT agents_email_key UNIQUE CHECK (length(email) BETWEEN 3 AND 254),
    name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    locale        text NOT NULL CHECK (locale IN ('ru', 'en')),
    password_hash text NOT NULL,
    must_change   boolean NOT NULL,
    disabled      boolean NOT NULL DEFAULT false,
    epoch         integer NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL
);

CREATE TABLE tickets (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number     text NOT NULL CONSTRAINT tickets_number_key UNIQUE
               CHECK (number ~ '^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$'),
    version    integer NOT NULL CHECK (version > 0),
    status     text NOT NULL CHECK (status IN ('new', 'open', 'pending', 'on-hold', 'solved', 'closed')),
    priority   text NOT NULL CHECK (priority IN ('normal', 'safety')),
    category   text NOT NULL CHECK (length(category) BETWEEN 1 AND 100),
    locale     text NOT NULL CHECK (locale IN ('ru', 'en')),
    subject    text NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
    login      text CHECK (length(login) BETWEEN 1 AND 254),
    email      text CHECK (length(email) BETWEEN 3 AND 254),
    assignee   bigint REFERENCES agents,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT tickets_one_contact CHECK (num_nonnulls(login, email) = 1)
);

-- The queue: safety first, then in order of arrival. Most tickets are closed, and most
-- looks at the queue are for those that are not.
CREATE INDEX tickets_queue ON tickets ((priority = 'safety') DESC, created_at, id)
    WHERE status NOT IN ('solved', 'closed');
CREATE INDEX tickets_order ON tickets ((priority = 'safety') DESC, created_at, id);
CREATE INDEX tickets_status ON tickets (status, created_at, id);
CREATE INDEX tickets_assignee ON tickets (assignee) WHERE assignee IS NOT NULL;
CREATE INDEX tickets_login ON tickets (lower(login) text_pattern_ops);
CREATE INDEX tickets_email ON tickets (lower(email) text_pattern_ops);

-- The words of a ticket's subject and messages, apart from the ticket, whose row changes
-- more often.
CREATE TABLE ticket_words (
    ticket_id bigint PRIMARY KEY REFERENCES tickets,
    words     tsvector NOT NULL
);
CREATE INDEX ticket_words_words ON ticket_words USING gin (words);

CREATE TABLE ticket_tokens (
    hash       bytea PRIMARY KEY CHECK (length(hash) = 32),
    ticket_id  bigint NOT NULL REFERENCES tickets,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ticket_tokens_ticket ON ticket_tokens (ticket_id);

CREATE TABLE messages (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ticket_id   bigint NOT NULL REFERENCES tickets,
    author_kind text NOT NULL CHECK (author_kind IN ('player', 'agent', 'system')),
    author_id   bigint REFERENCES agents,
    public      boolean NOT NULL,
    body        text NOT NULL CHECK (length(body) BETWEEN 1 AND 8000),
    at          timestamptz NOT NULL,
    review_by   bigint REFERENCES agents,
    review_at   timestamptz,
    CONSTRAINT messages_author CHECK ((author_kind = 'agent') = (author_id IS NOT NULL)),
    CONSTRAINT messages_review CHECK ((review_by IS NULL) = (review_at IS NULL)),
    CONSTRAINT messages_reviewed CHECK (NOT public OR author_kind = 'player' OR review_by IS NOT NULL)
);
CREATE INDEX messages_ticket ON messages (ticket_id, id);
CREATE INDEX messages_public ON messages (ticket_id, id DESC) WHERE public;

-- What happened to a ticket. version is the ticket's after the event; what became of a
-- letter is noted without a new version.
CREATE TABLE events (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ticket_id  bigint NOT NULL REFERENCES tickets,
    version    integer NOT NULL CHECK (version > 0),
    key        text CHECK (length(key) BETWEEN 1 AND 255),
    at         timestamptz NOT NULL,
    actor_kind text NOT NULL CHECK (actor_kind IN ('player', 'agent', 'system')),
    actor_id   bigint REFERENCES agents,
    change     text NOT NULL CHECK (change IN (
                   'opened', 'player_replied', 'agent_replied', 'noted', 'status_set', 'category_set',
                   'assigned', 'player_closed', 'letter_failed', 'letter_suppressed')),
    detail     jsonb NOT NULL CHECK (jsonb_typeof(detail) = 'object'),
    CONSTRAINT events_actor CHECK ((actor_kind = 'agent') = (actor_id IS NOT NULL))
);
CREATE INDEX events_ticket ON events (ticket_id, id);
CREATE UNIQUE INDEX events_key ON events (ticket_id, key) WHERE key IS NOT NULL;

-- +goose StatementBegin
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
-- +goose StatementEnd

CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The outbox: what is to be mailed, decided in the transaction of what it tells about.
CREATE TABLE letters (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ticket_id  bigint NOT NULL REFERENCES tickets,
    message_id bigint REFERENCES messages,
    kind       text NOT NULL CHECK (kind IN ('ack', 'safety', 'reply')),
    dedupe_key text NOT NULL CONSTRAINT letters_dedupe_key UNIQUE,
    recipient  text NOT NULL CHECK (length(recipient) BETWEEN 3 AND 254),
    mailbox    text NOT NULL, -- the recipient as letters are counted
    locale     text NOT NULL CHECK (locale IN ('ru', 'en')),
    mark       text NOT NULL CONSTRAINT letters_mark_key UNIQUE, -- left part of the Message-ID
    state      text NOT NULL CHECK (state IN ('queued', 'sent', 'failed', 'suppressed')),
    attempts   integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(), -- not an application's clock: letters are counted by it
    sent_at    timestamptz,
    CONSTRAINT letters_message CHECK ((kind = 'reply') = (message_id IS NOT NULL)),
    CONSTRAINT letters_sent CHECK ((state = 'sent') = (sent_at IS NOT NULL))
);
CREATE INDEX letters_ticket ON letters (ticket_id, id);
CREATE INDEX letters_mailbox ON letters (mailbox, created_at) WHERE kind <> 'reply';
CREATE INDEX letters_acks ON letters (created_at) WHERE kind <> 'reply';

-- Questions asked of the help section, what was shown, and what came of it.
CREATE TABLE asks (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key        text NOT NULL CONSTRAINT asks_key_key UNIQUE CHECK (key ~ '^[0-9a-f]{32}$'),
    visit      text NOT NULL CHECK (length(visit) <= 255),
    channel    text NOT NULL CHECK (channel IN ('search', 'contact', 'api')),
    question   text NOT NULL CHECK (length(question) <= 8000),
    locale     text NOT NULL CHECK (locale IN ('ru', 'en')),
    verdict    text NOT NULL CHECK (verdict IN ('answered', 'suggested', 'no_answer', 'handoff')),
    confidence double precision NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    outcome    text NOT NULL CHECK (outcome IN ('', 'solved', 'ticket')),
    ticket_id  bigint REFERENCES tickets,
    at         timestamptz NOT NULL,
    CONSTRAINT asks_words CHECK ((question = '') = (verdict = 'handoff'))
);
CREATE INDEX asks_visit ON asks (visit, at) WHERE ticket_id IS NULL AND visit <> '';
CREATE INDEX asks_ticket ON asks (ticket_id, id) WHERE ticket_id IS NOT NULL;

-- Passages as they were when they were first shown.
CREATE TABLE citations (
    ref       text PRIMARY KEY,
    kind      text NOT NULL CHECK (kind IN ('terms', 'faq', 'help')),
    title     text NOT NULL,
    clause    text NOT NULL,
    heading   text NOT NULL,
    effective date,
    text      text NOT NULL,
    shown_at  timestamptz NOT NULL
);

CREATE TABLE ask_citations (
    ask_id bigint NOT NULL REFERENCES asks,
    place  smallint NOT NULL,
    ref    text NOT NULL REFERENCES citations,
    quote  text NOT NULL,
    PRIMARY KEY (ask_id, place)
);
CREATE INDEX ask_citations_ref ON ask_citations (ref, ask_id);

CREATE TABLE feedback (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    locale  text NOT NULL CHECK (locale IN ('ru', 'en')),
    article text NOT NULL,
    ref     text NOT NULL,
    visitor text NOT NULL CHECK (length(visitor) <= 255),
    helped  boolean NOT NULL,
    reason  text NOT NULL CHECK (length(reason) <= 8000),
    at      timestamptz NOT NULL
);
CREATE UNIQUE INDEX feedback_visitor ON feedback (visitor, locale, article) WHERE visitor <> '';
CREATE INDEX feedback_article ON feedback (locale, article, at);

-- The desk's sessions, by the hash of their token: a copy of the table signs nobody in.
CREATE TABLE sessions (
    hash   bytea PRIMARY KEY CHECK (length(hash) = 32),
    data   bytea NOT NULL,
    expiry timestamptz NOT NULL
);
CREATE INDEX sessions_expiry ON sessions (expiry);

-- A key claims its number first and gets its ticket in the same transaction.
CREATE TABLE idempotency_keys (
    scope      text NOT NULL,
    key        text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    content    bytea NOT NULL CHECK (length(content) = 32),
    number     text NOT NULL REFERENCES tickets (number) DEFERRABLE INITIALLY DEFERRED,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (scope, key)
);

-- Token buckets. key is a hash: what is counted may be an address.
CREATE TABLE buckets (
    key     bytea PRIMARY KEY CHECK (length(key) = 32),
    tokens  double precision NOT NULL,
    at      timestamptz NOT NULL,
    full_at timestamptz NOT NULL -- from then on the row may go
);
CREATE INDEX buckets_full ON buckets (full_at);
