-- Who follows events goes by their numbers, so a number is never used again, also when the newest
-- events are deleted.

CREATE TABLE event_numbered (
  number        INTEGER PRIMARY KEY AUTOINCREMENT,
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

INSERT INTO event_numbered (number, id, stack_id, time, resource_name, resource_type, physical_id,
  action, status, reason)
SELECT number, id, stack_id, time, resource_name, resource_type, physical_id, action, status, reason
FROM event ORDER BY number;

DROP TABLE event;
ALTER TABLE event_numbered RENAME TO event;
CREATE INDEX event_stack ON event (stack_id, number);
