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
          <DialogTitle>Uninstall {props.title}</DialogTitle>
          <DialogDescription>
            {props.hasData
              ? "What shall become of its data? Next comes the plan; nothing happens before you confirm that."
              : "It has no tables, so no data is lost. Next comes the plan; nothing happens before you confirm that."}
          </DialogDescription>
        </DialogHeader>
        {props.hasData && (
          <RadioGroup aria-label="What becomes of the data" value={data} onValueChange={setData}>
            {uninstallOptions.map((option) => (
              <RadioChoice key={option.value} {...option} />
            ))}
          </RadioGroup>
        )}
        <DialogFooter>
          <Button onClick={props.onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={plan.isPending || plan.isSuccess}
            onClick={() => plan.mutate([{ action: "uninstall", module: props.module, data: choice }])}
          >
            See the plan
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
