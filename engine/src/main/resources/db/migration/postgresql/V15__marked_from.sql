-- What a resource was, such as SUSPEND_COMPLETE, when somebody marked it unhealthy last.
ALTER TABLE resource ADD COLUMN marked_from TEXT;
