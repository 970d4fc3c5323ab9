"use server";

import { returnServerError } from "next-safe-action";
import { groupAccessInput } from "@/contract/decisions";
import { deleteGroupInput, groupChangeInput, membershipInput, newGroupInput } from "@/contract/people";
import { administratorAction } from "@/lib/action";
import { webProblem } from "@/lib/problem";
import { texts } from "./texts.ts";

export const createGroup = administratorAction
  .inputSchema(newGroupInput)
  .action(({ parsedInput, ctx }) => ctx.engine.access.groups.create(ctx.actor, parsedInput));

export const updateGroup = administratorAction
  .inputSchema(groupChangeInput)
  .action(({ parsedInput: { key, ...patch }, ctx }) =>
    ctx.engine.access.groups.update(ctx.actor, key, patch),
  );

export const addMember = administratorAction
  .inputSchema(membershipInput)
  .action(({ parsedInput: { key, userId }, ctx }) =>
    ctx.engine.access.groups.addMember(ctx.actor, key, userId),
  );

export const removeMember = administratorAction
  .inputSchema(membershipInput)
  .action(({ parsedInput: { key, userId }, ctx }) =>
    ctx.engine.access.groups.removeMember(ctx.actor, key, userId),
  );

/** Gives a module (`polls`) or a widget (`polls/vote`) to the group, or takes it. */
export const switchGroupAccess = administratorAction
  .inputSchema(groupAccessInput)
  .action(async ({ parsedInput: { key, target, on }, ctx }) => {
    await ctx.engine.flags.setGroupAccess(ctx.actor, target, { group: key, on });
  });

export const deleteGroup = administratorAction
  .inputSchema(deleteGroupInput)
  .action(async ({ parsedInput: { key, typed }, ctx }) => {
    if (typed !== key) return returnServerError(notTyped);
    await ctx.engine.access.groups.delete(ctx.actor, key);
  });

const notTyped = webProblem({ code: "CONFIRMATION_REQUIRED", status: 422 }, texts.deleteGroupNeedsKey);
