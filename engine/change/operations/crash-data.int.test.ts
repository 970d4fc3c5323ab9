import { testCrashes } from "../install/testing/test-crashes.ts";

testCrashes(["undo of a deletion", "restore of a file", "restore of a file as kept data"]);
