-- What dashboards and people's own queries may read: views that stay as they are while the tables change, and a role that
-- sees nothing else. Where the module's own role may not make roles, an administrator makes it: docs/grafana.md.
CREATE OR REPLACE VIEW v_incident AS
SELECT id, environment, status, severity, title, opened_at, closed_at, at AS updated_at,
       snapshot #>> '{rootCauses,0,element}' AS root_cause,
       jsonb_array_length(coalesce(snapshot -> 'members', '[]')) AS alerts
FROM incident;

CREATE OR REPLACE VIEW v_alert AS
SELECT fingerprint, incident_id, condition, starts_at, updated_at,
       body #>> '{member,labels,alertname}' AS alertname,
       body #>> '{member,labels,severity}' AS severity,
       body #>> '{member,element}' AS element,
       body #>> '{member,disposition}' AS disposition
FROM alert;

CREATE OR REPLACE VIEW v_notice AS
SELECT seq, receiver, integration, reason, state, attempts, created_at, finished_at, last_outcome,
       cardinality(firing) AS firing, cardinality(resolved) AS resolved, incidents,
       group_labels ->> 'alertname' AS alertname
FROM notice;

CREATE OR REPLACE VIEW v_decision AS
SELECT id, receiver, integration, reason, first_at, last_at, times,
       jsonb_array_length(held) AS held,
       cardinality(fingerprints) - jsonb_array_length(held) AS told
FROM decision;

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
        GRANT SELECT ON v_incident, v_alert, v_notice, v_decision TO tocsin_reader;
    END IF;
END $$;
