/** Of a module's process, over all hosts. */
export const runtimeConnectionsMax = 10;
