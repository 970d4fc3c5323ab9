import { testCrashes } from "../install/testing/test-crashes.ts";

testCrashes(["uninstall with export", "deletion of kept data", "change of settings"]);
