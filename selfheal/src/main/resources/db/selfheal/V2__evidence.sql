-- When verification last looked: an interval lies between evaluations also across a restart.
ALTER TABLE run ADD COLUMN evaluated_at timestamptz;

-- A person closed the circuit of a cause and service: failures before that no longer count.
CREATE TABLE circuit_reset (
    cause   text        NOT NULL,
    service text        NOT NULL,
    at      timestamptz NOT NULL,
    PRIMARY KEY (cause, service)
);

-- When a service was last deployed, as its pipeline told.
CREATE TABLE deployment (
    service text        PRIMARY KEY,
    at      timestamptz NOT NULL
);
