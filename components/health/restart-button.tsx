"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { RotateCw } from "@/components/ui/icons";
import { toastProblem, toastSuccess } from "@/components/ui/toast";
import { problemFrom, unwrap } from "@/lib/problem";
import { restartModule } from "./actions";
import { texts } from "./texts";

export function RestartButton({ module, title }: { module: string; title: string }) {
  const router = useRouter();
  const restart = useMutation({
    mutationFn: () => unwrap(restartModule({ module })),
    onSuccess: () => toastSuccess(texts.restarted(title)),
    onError: (error) => toastProblem(problemFrom(error)),
    onSettled: () => router.refresh(),
  });
  return (
    <Button pending={restart.isPending} onClick={() => restart.mutate()}>
      {!restart.isPending && <RotateCw aria-hidden />}
      {texts.restart}
    </Button>
  );
}
