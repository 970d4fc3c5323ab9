/** PostgreSQL NOTIFY: the payload is the new generation's number. */
export const generationChannel = "graft_generation";

/** PostgreSQL NOTIFY: the payload is the module whose settings changed within its generation. */
export const configChannel = "graft_config";
