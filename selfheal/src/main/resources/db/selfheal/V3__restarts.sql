-- Restarts that a repair began: a step that is tried again restarts its target again.
ALTER TABLE run ADD COLUMN restarts integer NOT NULL DEFAULT 0;
UPDATE run SET restarts = 1 WHERE restart;

-- More than one person may have to agree; the question is answered when enough did.
ALTER TABLE approval ADD COLUMN needed integer NOT NULL DEFAULT 1;
CREATE TABLE approval_vote (
    approval text        NOT NULL REFERENCES approval (id) ON DELETE CASCADE,
    person   text        NOT NULL,
    at       timestamptz NOT NULL,
    note     text        NOT NULL,
    PRIMARY KEY (approval, person)
);

-- A person gave a playbook that kept failing its own mode back: failures before that no longer count.
CREATE TABLE playbook_restored (
    playbook text        PRIMARY KEY,
    at       timestamptz NOT NULL
);
CREATE INDEX run_ended ON run (ended_at) WHERE ended_at IS NOT NULL;
