-- What a resource was made of when an event of it happened. Nobody knows which of the properties from before are for
-- everybody's eyes, so none of them is shown until the resource is changed.
ALTER TABLE resource ADD COLUMN shown TEXT;
UPDATE resource SET shown = '{}';

ALTER TABLE event ADD COLUMN resource_id TEXT;

CREATE TABLE past_properties (
  id           TEXT PRIMARY KEY,
  stack_id     TEXT NOT NULL,
  resource_id  TEXT NOT NULL,
  before_event BIGINT NOT NULL,
  properties   TEXT NOT NULL
);

CREATE INDEX past_properties_resource ON past_properties (stack_id, resource_id, before_event);
