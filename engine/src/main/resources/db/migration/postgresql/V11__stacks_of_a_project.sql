-- Each new stack is preceded by a count of those that a project has.
CREATE INDEX stack_live_roots ON stack (project) WHERE deleted_at IS NULL AND owner_id IS NULL;
