-- Times are milliseconds since the epoch; JSON is text.

CREATE TABLE definition (
  id            TEXT PRIMARY KEY,
  template_name TEXT NOT NULL,
  template      TEXT NOT NULL,
  files         TEXT NOT NULL,
  environment   TEXT NOT NULL
);

CREATE TABLE stack (
  id                     TEXT PRIMARY KEY,
  project                TEXT NOT NULL,
  name                   TEXT NOT NULL,
  action                 TEXT NOT NULL,
  status                 TEXT NOT NULL,
  status_reason          TEXT NOT NULL,
  description            TEXT NOT NULL,
  created_at             BIGINT NOT NULL,
  updated_at             BIGINT,
  deleted_at             BIGINT,
  timeout                BIGINT,
  disable_rollback       BOOLEAN NOT NULL,
  tags                   TEXT NOT NULL,
  definition_id          TEXT NOT NULL,
  previous_definition_id TEXT,
  operation_id           TEXT NOT NULL,
  fence                  BIGINT NOT NULL
);

CREATE UNIQUE INDEX stack_live_name ON stack (project, name) WHERE deleted_at IS NULL;
CREATE INDEX stack_project ON stack (project, created_at);

-- What was accepted and must be carried out. The newest one of a stack is named by the stack itself.
CREATE TABLE operation (
  id            TEXT PRIMARY KEY,
  stack_id      TEXT NOT NULL,
  action        TEXT NOT NULL,
  state         TEXT NOT NULL,
  definition_id TEXT,
  accepted_at   BIGINT NOT NULL,
  deadline      BIGINT NOT NULL,
  finished_at   BIGINT
);

CREATE INDEX operation_stack ON operation (stack_id);

-- The outcome of each step of an operation; what stands here is not done again.
CREATE TABLE step (
  operation_id TEXT NOT NULL,
  node         TEXT NOT NULL,
  outcome      TEXT NOT NULL,
  reason       TEXT NOT NULL,
  finished_at  BIGINT NOT NULL,
  PRIMARY KEY (operation_id, node)
);

CREATE TABLE resource (
  id            TEXT PRIMARY KEY,
  stack_id      TEXT NOT NULL,
  name          TEXT NOT NULL,
  type          TEXT NOT NULL,
  incarnation   INTEGER NOT NULL,
  physical_id   TEXT,
  action        TEXT NOT NULL,
  status        TEXT NOT NULL,
  status_reason TEXT NOT NULL,
  token         TEXT,
  properties    TEXT NOT NULL,
  data          TEXT NOT NULL,
  requires      TEXT NOT NULL,
  definition_id TEXT NOT NULL,
  operation_id  TEXT NOT NULL,
  replaced_by   TEXT,
  retain        BOOLEAN NOT NULL,
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL
);

CREATE INDEX resource_stack ON resource (stack_id);

CREATE TABLE event (
  number        INTEGER PRIMARY KEY,
  id            TEXT NOT NULL UNIQUE,
  stack_id      TEXT NOT NULL,
  time          BIGINT NOT NULL,
  resource_name TEXT NOT NULL,
  resource_type TEXT NOT NULL,
  physical_id   TEXT NOT NULL,
  action        TEXT NOT NULL,
  status        TEXT NOT NULL,
  reason        TEXT NOT NULL
);

CREATE INDEX event_stack ON event (stack_id, number);

CREATE TABLE idempotency (
  project        TEXT NOT NULL,
  key            TEXT NOT NULL,
  request_digest TEXT NOT NULL,
  stack_id       TEXT NOT NULL,
  created_at     BIGINT NOT NULL,
  PRIMARY KEY (project, key)
);

CREATE TABLE pod_config (
  id          TEXT PRIMARY KEY,
  project     TEXT NOT NULL,
  content     TEXT NOT NULL,
  created_at  BIGINT NOT NULL
);

CREATE TABLE join_token (
  digest      TEXT PRIMARY KEY,
  project     TEXT NOT NULL,
  expires_at  BIGINT NOT NULL,
  instance_id TEXT
);

CREATE TABLE instance (
  id                TEXT PRIMARY KEY,
  project           TEXT NOT NULL,
  name              TEXT NOT NULL,
  credential_digest TEXT NOT NULL,
  credential_used   BOOLEAN NOT NULL,
  enrolled_at       BIGINT NOT NULL,
  last_seen_at      BIGINT,
  desired_version   BIGINT NOT NULL,
  applied_version   BIGINT NOT NULL,
  session           TEXT NOT NULL,
  sequence          BIGINT NOT NULL,
  facts             TEXT
);

CREATE UNIQUE INDEX instance_name ON instance (project, name);

CREATE TABLE desired_pod (
  id            TEXT PRIMARY KEY,
  instance_id   TEXT NOT NULL,
  stack_id      TEXT NOT NULL,
  resource_name TEXT NOT NULL,
  position      BIGINT NOT NULL,
  content       TEXT NOT NULL
);

CREATE INDEX desired_pod_instance ON desired_pod (instance_id, position);

CREATE TABLE observed_pod (
  id          TEXT NOT NULL,
  instance_id TEXT NOT NULL,
  token       TEXT NOT NULL,
  content     TEXT NOT NULL,
  observed_at BIGINT NOT NULL,
  PRIMARY KEY (instance_id, id, token)
);

-- The table of db-scheduler, as its documentation gives it for SQLite.
CREATE TABLE scheduled_tasks (
  task_name            TEXT NOT NULL,
  task_instance        TEXT NOT NULL,
  task_data            BLOB,
  execution_time       TIMESTAMP NOT NULL,
  picked               BOOLEAN NOT NULL,
  picked_by            TEXT,
  last_success         TIMESTAMP,
  last_failure         TIMESTAMP,
  consecutive_failures INT,
  last_heartbeat       TIMESTAMP,
  version              BIGINT NOT NULL,
  priority             SMALLINT,
  state                TEXT,
  PRIMARY KEY (task_name, task_instance)
);

CREATE INDEX scheduled_tasks_execution_time ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_last_heartbeat ON scheduled_tasks (last_heartbeat);
