import { testCrashes } from "./testing/test-crashes.ts";

testCrashes(["uninstall with export", "deletion of kept data", "change of settings"]);
