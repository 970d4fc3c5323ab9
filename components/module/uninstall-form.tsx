"use client";

import { useState } from "react";
import { uninstallOptions } from "@/components/plan/data-choice";
import { useCreatePlan } from "@/components/plan/use-create-plan";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { RadioChoice, RadioGroup } from "@/components/ui/radio-group";
import { texts } from "./texts";

export function UninstallForm(props: {
  module: string;
  title: string;
  hasData: boolean;
  onClose: () => void;
}) {
  const [data, setData] = useState("keep");
  const plan = useCreatePlan();
  const choice = data === "delete" || data === "export" ? data : "keep";
  return (
    <Dialog open onOpenChange={(open) => !open && props.onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{texts.uninstallTitle(props.title)}</DialogTitle>
          <DialogDescription>
            {props.hasData ? texts.uninstallDescription : texts.uninstallDescriptionNoData}
          </DialogDescription>
        </DialogHeader>
        {props.hasData && (
          <RadioGroup aria-label={texts.dataChoice} value={data} onValueChange={setData}>
            {uninstallOptions.map((option) => (
              <RadioChoice key={option.value} {...option} />
            ))}
          </RadioGroup>
        )}
        <DialogFooter>
          <Button onClick={props.onClose}>{texts.cancel}</Button>
          <Button
            variant="primary"
            pending={plan.isPending || plan.isSuccess}
            onClick={() => plan.mutate([{ action: "uninstall", module: props.module, data: choice }])}
          >
            {texts.seePlan}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
