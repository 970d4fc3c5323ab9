import { testCrashes } from "../install/testing/test-crashes.ts";

testCrashes(["upgrade on a copy", "upgrade that is not healthy", "upgrade in place"]);
