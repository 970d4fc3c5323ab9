"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toastProblem } from "@/components/ui/toast";
import type { PlanChange } from "@/contract/plan-change";
import { problemFrom, unwrap } from "@/lib/problem";
import { createPlan } from "./actions";

/** Makes a plan and goes to it; `replace` when it takes the place of the plan one is looking at. */
export function useCreatePlan({ replace = false } = {}) {
  const router = useRouter();
  return useMutation({
    mutationFn: (changes: PlanChange[]) => unwrap(createPlan({ changes })),
    onSuccess: ({ id }) =>
      replace ? router.replace(`/admin/plans/${id}`, { scroll: false }) : router.push(`/admin/plans/${id}`),
    onError: (error) => toastProblem(problemFrom(error)),
  });
}
