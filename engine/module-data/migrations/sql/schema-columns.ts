/** Columns of the catalogues that hold a schema's name. */
export const schemaColumns =
  /^(table_schema|constraint_schema|schemaname|nspname|specific_schema|routine_schema|sequence_schema|udt_schema|domain_schema|trigger_schema|event_object_schema|unique_constraint_schema|index_schema|view_schema|schema_name|object_schema)$/;
