import { testCrashes } from "../install/testing/test-crashes.ts";

testCrashes([
  "back to data that stands",
  "back to data that stands, beside what is not healthy",
  "rollback of what was added",
]);
