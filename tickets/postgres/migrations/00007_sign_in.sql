-- +goose Up

-- Who wrote a ticket, as far as it is proven. An account is known by its issuer and its name
-- there together.
ALTER TABLE tickets
    ADD COLUMN account_issuer text CHECK (length(account_issuer) BETWEEN 1 AND 255),
    ADD COLUMN account text CHECK (length(account) BETWEEN 1 AND 255),
    ADD COLUMN identity_assurance text NOT NULL DEFAULT 'none' CHECK (identity_assurance IN ('none', 'email', 'site')),
    ADD CONSTRAINT tickets_account_whole CHECK ((account_issuer IS NULL) = (account IS NULL)),
    ADD CONSTRAINT tickets_account_proven CHECK (account IS NULL OR identity_assurance = 'site');
CREATE INDEX tickets_account ON tickets (account, account_issuer) WHERE account IS NOT NULL;

-- The outbox of letters with a link to sign in by. They belong to no ticket, and whether the
-- address that somebody typed is known is decided when the letter would be sent: the row of
-- an unknown one is deleted then, so that the request tells nothing by what it does.
CREATE TABLE sign_in_letters (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recipient  text NOT NULL CHECK (length(recipient) BETWEEN 3 AND 254),
    mailbox    text NOT NULL, -- the recipient as letters are counted
    locale     text NOT NULL CHECK (locale IN ('ru', 'en')),
    mark       text NOT NULL CONSTRAINT sign_in_letters_mark_key UNIQUE, -- left part of the Message-ID
    state      text NOT NULL CHECK (state IN ('queued', 'sent', 'failed', 'suppressed')),
    attempts   integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    sent_at    timestamptz,
    CONSTRAINT sign_in_letters_sent CHECK ((state = 'sent') = (sent_at IS NOT NULL))
);
CREATE INDEX sign_in_letters_mailbox ON sign_in_letters (mailbox, created_at);

-- Links that have not been used yet, one for each attempt to send a letter.
CREATE TABLE sign_in_links (
    hash       bytea PRIMARY KEY CHECK (length(hash) = 32),
    letter_id  bigint NOT NULL REFERENCES sign_in_letters ON DELETE CASCADE,
    email      text NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    expires_at timestamptz NOT NULL
);
CREATE INDEX sign_in_links_email ON sign_in_links (lower(email));
CREATE INDEX sign_in_links_letter ON sign_in_links (letter_id);

-- Signed tokens of the operator's site that have been used, until they run out.
CREATE TABLE spent_tokens (
    hash       bytea PRIMARY KEY CHECK (length(hash) = 32),
    expires_at timestamptz NOT NULL
);
CREATE INDEX spent_tokens_expires ON spent_tokens (expires_at);
