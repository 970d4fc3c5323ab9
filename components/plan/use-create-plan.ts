"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toastProblem } from "@/components/ui/toast";
import type { PlanChange } from "@/contract/plan-change";
import { problemFrom, unwrap } from "@/lib/problem";
import { createPlan } from "./actions";

interface CreatePlanOptions {
  /** The plan that its changes come from, which has the secrets that are masked in them. */
  from?: string | undefined;
  /** It takes the place of the plan one is looking at. */
  replace?: boolean;
}

/** Makes a plan and goes to it. */
export function useCreatePlan({ from, replace = false }: CreatePlanOptions = {}) {
  const open = useOpenPlan({ replace });
  return useMutation({
    mutationFn: (changes: PlanChange[]) => unwrap(createPlan({ changes, from })),
    onSuccess: ({ id }) => open(id),
    onError: (error) => toastProblem(problemFrom(error)),
  });
}

/** Goes to a plan; `replace` when it takes the place of the plan one is looking at. */
export function useOpenPlan({ replace }: { replace: boolean }) {
  const router = useRouter();
  return (id: string) =>
    replace ? router.replace(`/admin/plans/${id}`, { scroll: false }) : router.push(`/admin/plans/${id}`);
}
