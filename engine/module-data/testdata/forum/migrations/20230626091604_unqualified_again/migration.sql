ALTER TABLE unqualified ADD COLUMN at timestamptz DEFAULT now();
