-- What a service answered to the notices of a stream: the message that later ones change, answer or end.
CREATE TABLE notice_memory (
    stream     text PRIMARY KEY,
    memory     jsonb       NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX notice_memory_by_time ON notice_memory (updated_at);
