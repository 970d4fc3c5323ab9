"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Button, type ButtonProps } from "@/components/ui/button";
import { toastProblem } from "@/components/ui/toast";
import { problemFrom, unwrap } from "@/lib/problem";
import { planUpgrades } from "./actions";
import { texts } from "./texts";

/** Makes one plan for everything that is outdated and goes to it. */
export function UpgradeAllButton({ count, variant }: { count: number; variant?: ButtonProps["variant"] }) {
  const router = useRouter();
  const plan = useMutation({
    mutationFn: () => unwrap(planUpgrades()),
    onSuccess: ({ id }) => router.push(`/admin/plans/${id}`),
    onError: (error) => toastProblem(problemFrom(error)),
  });
  return (
    <Button variant={variant} pending={plan.isPending || plan.isSuccess} onClick={() => plan.mutate()}>
      {texts.upgradeAll(count)}
    </Button>
  );
}
