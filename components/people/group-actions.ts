"use server";

import { returnServerError } from "next-safe-action";
import { groupAccessInput } from "@/contract/decisions";
import { deleteGroupInput, groupChangeInput, membershipInput, newGroupInput } from "@/contract/people";
import { administratorAction } from "@/lib/action";
import { sameSetting, switchGroup } from "@/lib/group-access";
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
  .action(async ({ parsedInput, ctx }) => {
    const { users } = ctx.engine.access;
    const { groups } = await users.get(parsedInput.userId);
    return users.update(ctx.actor, parsedInput.userId, {
      groups: [...new Set([...groups, parsedInput.key])],
    });
  });

export const removeMember = administratorAction
  .inputSchema(membershipInput)
  .action(async ({ parsedInput, ctx }) => {
    const { users } = ctx.engine.access;
    const { groups } = await users.get(parsedInput.userId);
    return users.update(ctx.actor, parsedInput.userId, {
      groups: groups.filter((group) => group !== parsedInput.key),
    });
  });

/** Gives a module (`polls`) or a widget (`polls/vote`) to the group, or takes it. */
export const switchGroupAccess = administratorAction
  .inputSchema(groupAccessInput)
  .action(async ({ parsedInput: { key, target, on }, ctx }) => {
    const { flags } = ctx.engine;
    const [module = target] = target.split("/");
    const inherited = flags.getAccess(module);
    const setting = switchGroup(flags.getAccess(target) ?? inherited, key, on);
    if (setting === null) return returnServerError(everyoneHasIt);
    // A widget that comes to say what its module says follows it again, later changes included.
    const follows = target !== module && sameSetting(setting, inherited);
    await (follows ? flags.clearAccess(ctx.actor, target) : flags.setAccess(ctx.actor, target, setting));
  });

export const deleteGroup = administratorAction
  .inputSchema(deleteGroupInput)
  .action(async ({ parsedInput: { key, typed }, ctx }) => {
    if (typed !== key) return returnServerError(notTyped);
    await ctx.engine.access.groups.delete(ctx.actor, key);
  });

const everyoneHasIt = webProblem("CONFLICT", 409, texts.everyoneHasIt, texts.everyoneHasItHint);
const notTyped = webProblem("CONFIRMATION_REQUIRED", 422, texts.deleteGroupNeedsKey);
