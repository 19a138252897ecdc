-- What resources were told by others, secrets of the server itself, software configs and what became of
-- them on machines.

CREATE TABLE signal (
  resource_id TEXT NOT NULL,
  signal_id   TEXT NOT NULL,
  position    BIGINT NOT NULL,
  content     TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  PRIMARY KEY (resource_id, signal_id)
);

-- When a modification began to wait; a crash does not begin the time anew.
CREATE TABLE wait_start (
  resource_id TEXT PRIMARY KEY,
  token       TEXT NOT NULL,
  started_at  BIGINT NOT NULL
);

CREATE TABLE secret (
  name  TEXT COLLATE "C" PRIMARY KEY,
  value TEXT NOT NULL
);

-- resource_id names the deployment that a config was derived for.
CREATE TABLE software_config (
  id           TEXT PRIMARY KEY,
  project      TEXT NOT NULL,
  name         TEXT COLLATE "C" NOT NULL,
  config_group TEXT NOT NULL,
  content      TEXT NOT NULL,
  resource_id  TEXT,
  created_at   BIGINT NOT NULL
);

CREATE INDEX software_config_project ON software_config (project, created_at);

-- resource_id names the resource of a stack that it belongs to.
CREATE TABLE software_deployment (
  id            TEXT PRIMARY KEY,
  project       TEXT NOT NULL,
  server_id     TEXT NOT NULL,
  config_id     TEXT NOT NULL,
  resource_id   TEXT,
  token         TEXT NOT NULL,
  input_values  TEXT NOT NULL,
  output_values TEXT NOT NULL,
  action        TEXT NOT NULL,
  status        TEXT NOT NULL,
  status_reason TEXT NOT NULL,
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT
);

CREATE INDEX software_deployment_server ON software_deployment (project, server_id);
CREATE INDEX software_deployment_config ON software_deployment (config_id);

-- Small files that machines fetch and leave under signed URLs.
CREATE TABLE guest_object (
  container   TEXT NOT NULL,
  name        TEXT COLLATE "C" NOT NULL,
  content     TEXT NOT NULL,
  modified_at BIGINT NOT NULL,
  PRIMARY KEY (container, name)
);
