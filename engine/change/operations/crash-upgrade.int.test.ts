import { testCrashes } from "../install/testing/test-crashes.ts";

testCrashes([
  "upgrade",
  "upgrade that is not healthy",
  "rollback to a snapshot",
  "rollback of what was added",
]);
