import { cloneElement, type ReactElement, type ReactNode, useId } from "react";
import { CircleExclamationPoint } from "@/components/ui/icons";
import { cn } from "./cn";
import { Label } from "./label";
import { texts } from "./texts";

interface ControlProps {
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
}

/** A label, one control, a hint and an error, tied together for assistive technology. */
export function Field(props: {
  label: ReactNode;
  children: ReactElement<ControlProps>;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  className?: string;
}) {
  const generated = useId();
  const id = props.children.props.id ?? generated;
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy = [props.hint ? hintId : "", props.error ? errorId : ""].filter(Boolean).join(" ");
  return (
    <div className={cn("grid gap-1.5", props.className)}>
      <div className="flex items-baseline justify-between gap-2">
        <Label htmlFor={id}>{props.label}</Label>
        {props.optional && <span className="text-xs text-muted-foreground">{texts.optional}</span>}
      </div>
      {cloneElement(props.children, {
        id,
        ...(describedBy ? { "aria-describedby": describedBy } : {}),
        ...(props.error ? { "aria-invalid": true } : {}),
      })}
      {props.hint && (
        <p id={hintId} className="text-xs text-muted-foreground">
          {props.hint}
        </p>
      )}
      {props.error && (
        <p id={errorId} role="alert" className="flex items-center gap-1 text-xs text-danger">
          <CircleExclamationPoint aria-hidden className="size-3.5 shrink-0" />
          {props.error}
        </p>
      )}
    </div>
  );
}
