-- When each step of a repair was begun for the first time; undo tells rollback steps from the others.
CREATE TABLE step_begin (
    run  text        NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    undo boolean     NOT NULL,
    step integer     NOT NULL,
    at   timestamptz NOT NULL,
    PRIMARY KEY (run, undo, step)
);
