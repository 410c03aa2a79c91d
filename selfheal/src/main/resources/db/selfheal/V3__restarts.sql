-- Restarts that a repair began: a step that is tried again restarts its target again.
ALTER TABLE run ADD COLUMN restarts integer NOT NULL DEFAULT 0;
UPDATE run SET restarts = 1 WHERE restart;
