-- What dashboards and people's own queries may read: views that stay as they are while the tables change, and a role that
-- sees nothing else. Where the module's own role may not make roles, an administrator makes it: docs/grafana.md.
CREATE OR REPLACE VIEW v_run AS
SELECT id, incident, environment, playbook, version, target, service, cause, attempt, restart, state, failure,
       started_at, ended_at
FROM run;

CREATE OR REPLACE VIEW v_approval AS
SELECT id, incident, playbook, target, attempt, asked_at, expires_at, answer, answered_by, answered_at, note
FROM approval;

CREATE OR REPLACE VIEW v_quarantine AS
SELECT target, since, why FROM quarantine;

CREATE OR REPLACE VIEW v_audit AS
SELECT seq, at, actor, what, incident, run, playbook, target, reason, detail
FROM audit;

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tocsin_reader') THEN
        CREATE ROLE tocsin_reader LOGIN;
        ALTER ROLE tocsin_reader SET default_transaction_read_only = on;
        ALTER ROLE tocsin_reader SET statement_timeout = '15s';
    END IF;
EXCEPTION
    -- Another module makes it at this moment; or it is an administrator's to make.
    WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN
        RAISE NOTICE 'the role tocsin_reader is not made here: %', SQLERRM;
END $$;

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tocsin_reader') THEN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO tocsin_reader', current_schema());
        GRANT SELECT ON v_run, v_approval, v_quarantine, v_audit TO tocsin_reader;
    END IF;
END $$;
