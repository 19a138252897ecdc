-- What stacks were on some day. The definition of a snapshot stays for as long as the snapshot.

CREATE TABLE snapshot (
  id            TEXT PRIMARY KEY,
  stack_id      TEXT NOT NULL,
  name          TEXT COLLATE "C",
  status        TEXT NOT NULL,
  status_reason TEXT NOT NULL,
  definition_id TEXT NOT NULL,
  operation_id  TEXT NOT NULL,
  restored_by   TEXT,
  data          TEXT NOT NULL,
  created_at    BIGINT NOT NULL
);

CREATE INDEX snapshot_stack ON snapshot (stack_id, created_at);
CREATE INDEX snapshot_operation ON snapshot (operation_id);

-- What the types keep of their resources; it can hold secrets and is never shown.
CREATE TABLE resource_snapshot (
  snapshot_id   TEXT NOT NULL,
  resource_name TEXT NOT NULL,
  data          TEXT NOT NULL,
  PRIMARY KEY (snapshot_id, resource_name)
);

-- Breakpoints that an operation has come to.
CREATE TABLE hook (
  operation_id  TEXT NOT NULL,
  resource_name TEXT NOT NULL,
  hook          TEXT NOT NULL,
  cleared       BOOLEAN NOT NULL,
  PRIMARY KEY (operation_id, resource_name, hook)
);
