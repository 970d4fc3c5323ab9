CREATE RULE latest_read_only AS ON INSERT TO public.latest DO INSTEAD NOTHING;
