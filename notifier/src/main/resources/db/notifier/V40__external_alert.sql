-- Alerts that others post: what each last said, so that its end is told when it passes. Kept a while after that.
CREATE TABLE external_alert (
    fingerprint text PRIMARY KEY,
    burning     boolean     NOT NULL,
    ends_at     timestamptz NOT NULL,
    body        jsonb       NOT NULL
);
CREATE INDEX external_alert_by_end ON external_alert (ends_at) WHERE burning;

ALTER TABLE silence ADD COLUMN annotations jsonb NOT NULL DEFAULT '{}';
