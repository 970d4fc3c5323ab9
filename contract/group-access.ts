import { z } from "zod";

/** `rules`: a switch for the group would throw them away. `everyone`: the group has it as all do, so a switch for the group alone would mean nothing. */
const groupState = z.enum(["everyone", "on", "off", "rules"]);
export type GroupState = z.infer<typeof groupState>;

const groupWidget = z.object({ target: z.string(), title: z.string(), state: groupState });

/** A module and its widgets, and whether one group gets them. */
const groupModule = groupWidget.extend({
  module: z.string(),
  icon: z.string().nullable(),
  widgets: z.array(groupWidget),
});
export type GroupModule = z.infer<typeof groupModule>;
