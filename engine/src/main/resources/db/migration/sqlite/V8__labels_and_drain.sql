-- What people say about instances, and whether they take pods.

ALTER TABLE instance ADD COLUMN labels TEXT NOT NULL DEFAULT '{}';
ALTER TABLE instance ADD COLUMN drain TEXT NOT NULL DEFAULT 'NONE';
