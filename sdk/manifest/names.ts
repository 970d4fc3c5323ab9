/** Module names, widget and flag ids, capability names: what may stand in URLs, schema and role names. */
export const moduleNamePattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
export const moduleNameLengthMax = 40;

export const moduleTypes = ["module", "plugin", "widget", "integration"] as const;
