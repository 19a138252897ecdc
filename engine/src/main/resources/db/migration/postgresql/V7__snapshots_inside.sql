-- A snapshot of a stack holds those of the stacks inside it, also when they are gone.

ALTER TABLE snapshot ADD COLUMN parent_id TEXT;

CREATE INDEX snapshot_parent ON snapshot (parent_id);
CREATE INDEX snapshot_restored ON snapshot (restored_by);
