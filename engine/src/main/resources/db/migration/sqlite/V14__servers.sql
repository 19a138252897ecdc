-- Servers on this database, each with the time when it last said that it runs.
CREATE TABLE server (
  id         TEXT PRIMARY KEY,
  host       TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  seen_at    BIGINT NOT NULL
);
