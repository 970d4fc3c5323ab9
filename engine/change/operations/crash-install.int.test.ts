import { testCrashes } from "../install/testing/test-crashes.ts";

// Real hosts, each killed with SIGKILL at a named point and started again on the same database and data directory.
testCrashes([
  "install",
  "install that fails",
  "install that is not healthy",
  "install in place of kept data",
]);
