-- Up to where each partition of a topic has been decided on: written with the decisions, in one transaction.
CREATE TABLE kafka_offset (
    topic       text    NOT NULL,
    partition   integer NOT NULL,
    next_offset bigint  NOT NULL,
    PRIMARY KEY (topic, partition)
);

-- Latest snapshot of every incident; the columns beside it are for people's queries and dashboards.
CREATE TABLE incident (
    id          text PRIMARY KEY,
    environment text        NOT NULL,
    status      text        NOT NULL,
    revision    bigint      NOT NULL,
    severity    text        NOT NULL,
    title       text        NOT NULL,
    opened_at   timestamptz NOT NULL,
    closed_at   timestamptz,
    at          timestamptz NOT NULL,
    snapshot    jsonb       NOT NULL
);
CREATE INDEX incident_by_status ON incident (status, opened_at DESC);

-- Latest episode of every alert.
CREATE TABLE alert (
    fingerprint text PRIMARY KEY,
    incident_id text        NOT NULL,
    condition   text        NOT NULL,
    starts_at   timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    body        jsonb       NOT NULL
);
CREATE INDEX alert_active ON alert (condition) WHERE condition <> 'RESOLVED';

-- A group of alerts that one receiver is told of together, and what each of its ways was told.
CREATE TABLE notice_group (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    group_key     text        NOT NULL,
    receiver      text        NOT NULL,
    labels        jsonb       NOT NULL,
    flushed       boolean     NOT NULL DEFAULT false,
    next_flush_at timestamptz NOT NULL,
    told          jsonb       NOT NULL DEFAULT '{}',
    UNIQUE (group_key, receiver)
);
CREATE INDEX notice_group_by_flush ON notice_group (next_flush_at);

CREATE TABLE group_member (
    group_id    bigint NOT NULL REFERENCES notice_group (id) ON DELETE CASCADE,
    fingerprint text   NOT NULL,
    PRIMARY KEY (group_id, fingerprint)
);
CREATE INDEX group_member_by_fingerprint ON group_member (fingerprint);

-- The outbox. "stream" is one way of one receiver for one group: its notices are delivered in the order of seq.
CREATE TABLE notice (
    seq             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    idempotency_key text        NOT NULL UNIQUE,
    stream          text        NOT NULL,
    group_key       text        NOT NULL,
    receiver        text        NOT NULL,
    integration     text        NOT NULL,
    group_labels    jsonb       NOT NULL,
    reason          text        NOT NULL,
    firing          text[]      NOT NULL,
    resolved        text[]      NOT NULL,
    incidents       text[]      NOT NULL,
    body            text        NOT NULL,
    -- What the receiver believed before: restored when the notice dies.
    told_before     jsonb       NOT NULL,
    created_at      timestamptz NOT NULL,
    deadline_at     timestamptz NOT NULL,
    state           text        NOT NULL DEFAULT 'PENDING',
    attempts        integer     NOT NULL DEFAULT 0,
    -- When it may be tried; a worker that has claimed it moves this past its own time limit.
    due_at          timestamptz NOT NULL,
    finished_at     timestamptz,
    last_outcome    text        NOT NULL DEFAULT '',
    CHECK (state IN ('PENDING', 'DELIVERED', 'DEAD'))
);
CREATE INDEX notice_due ON notice (due_at) WHERE state = 'PENDING';
CREATE INDEX notice_pending_stream ON notice (stream, seq) WHERE state = 'PENDING';
CREATE INDEX notice_by_time ON notice (created_at DESC);
CREATE INDEX notice_by_incident ON notice USING gin (incidents);

-- Every decision, for "why was this (not) sent". The same decision again only counts up.
CREATE TABLE decision (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    group_key    text        NOT NULL,
    receiver     text        NOT NULL,
    integration  text        NOT NULL,
    reason       text        NOT NULL,
    firing       text[]      NOT NULL,
    resolved     text[]      NOT NULL,
    fingerprints text[]      NOT NULL,
    held         jsonb       NOT NULL,
    first_at     timestamptz NOT NULL,
    last_at      timestamptz NOT NULL,
    times        integer     NOT NULL DEFAULT 1
);
CREATE INDEX decision_by_group ON decision (group_key, receiver, integration, id DESC);
CREATE INDEX decision_by_fingerprint ON decision USING gin (fingerprints);

CREATE TABLE silence (
    id         text PRIMARY KEY,
    matchers   jsonb       NOT NULL,
    starts_at  timestamptz NOT NULL,
    ends_at    timestamptz NOT NULL,
    created_by text        NOT NULL,
    comment    text        NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX silence_by_end ON silence (ends_at);
