-- Where reading of tocsin.incidents goes on; written in the transaction of the incidents.
CREATE TABLE kafka_offset (
    topic       text    NOT NULL,
    partition   integer NOT NULL,
    next_offset bigint  NOT NULL,
    PRIMARY KEY (topic, partition)
);

-- The newest snapshot of each incident.
CREATE TABLE incident (
    id       text        PRIMARY KEY,
    revision bigint      NOT NULL,
    status   text        NOT NULL,
    at       timestamptz NOT NULL,
    snapshot bytea       NOT NULL
);
CREATE INDEX incident_open ON incident (at) WHERE status = 'OPEN';

-- Who may act. The token only grows: whoever holds an older one has lost its ownership.
CREATE TABLE lease (
    name       text        PRIMARY KEY,
    holder     text        NOT NULL,
    token      bigint      NOT NULL,
    expires_at timestamptz NOT NULL
);

-- Repairs. The id is made of incident, playbook version, target and attempt: the same repair is begun once.
CREATE TABLE run (
    id              text        PRIMARY KEY,
    incident        text        NOT NULL,
    environment     text        NOT NULL,
    fingerprint     text        NOT NULL,
    playbook        text        NOT NULL,
    version         text        NOT NULL,
    target          text        NOT NULL,
    service         text        NOT NULL,
    domain          text        NOT NULL,
    cause           text        NOT NULL,
    restart         boolean     NOT NULL,
    attempt         integer     NOT NULL,
    token           bigint      NOT NULL,
    state           text        NOT NULL,
    step            integer     NOT NULL,
    step_attempt    integer     NOT NULL,
    clear           integer     NOT NULL,
    verify_deadline timestamptz,
    failure         text,
    started_at      timestamptz NOT NULL,
    ended_at        timestamptz
);
CREATE INDEX run_active ON run (started_at) WHERE ended_at IS NULL;
CREATE INDEX run_recent ON run (started_at);

-- What was last decided about a repair that does not run; a change of it is told.
CREATE TABLE verdict (
    incident text        NOT NULL,
    playbook text        NOT NULL,
    target   text        NOT NULL,
    changes  integer     NOT NULL,
    reason   text        NOT NULL,
    detail   text        NOT NULL,
    at       timestamptz NOT NULL,
    PRIMARY KEY (incident, playbook, target)
);

-- Questions to people.
CREATE TABLE approval (
    id          text        PRIMARY KEY,
    incident    text        NOT NULL,
    playbook    text        NOT NULL,
    version     text        NOT NULL,
    target      text        NOT NULL,
    attempt     integer     NOT NULL,
    plan        text        NOT NULL,
    asked_at    timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    answer      text,
    answered_by text,
    answered_at timestamptz,
    note        text
);

-- Targets out of repair until a person releases them.
CREATE TABLE quarantine (
    target text        PRIMARY KEY,
    since  timestamptz NOT NULL,
    why    text        NOT NULL
);

-- The kill switch: the newest row counts.
CREATE TABLE kill_switch (
    seq    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    frozen boolean     NOT NULL,
    person text        NOT NULL,
    reason text        NOT NULL,
    at     timestamptz NOT NULL
);

-- Remediation events on their way to Kafka, in order.
CREATE TABLE outbox (
    seq         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id          text        NOT NULL UNIQUE,
    environment text        NOT NULL,
    event       bytea       NOT NULL,
    sent_at     timestamptz
);
CREATE INDEX outbox_unsent ON outbox (seq) WHERE sent_at IS NULL;

-- Everything that was decided and done. Nothing in it is ever changed.
CREATE TABLE audit (
    seq      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at       timestamptz NOT NULL,
    actor    text        NOT NULL,
    what     text        NOT NULL,
    incident text        NOT NULL,
    run      text        NOT NULL,
    playbook text        NOT NULL,
    target   text        NOT NULL,
    reason   text        NOT NULL,
    detail   text        NOT NULL
);
CREATE INDEX audit_incident ON audit (incident, seq);

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is append-only';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
