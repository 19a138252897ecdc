-- What a template may read of the resource that it stands for; NULL for a stack that is no resource.

ALTER TABLE definition ADD COLUMN facade TEXT;
