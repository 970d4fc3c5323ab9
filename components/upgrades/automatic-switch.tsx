"use client";

import { useState } from "react";
import { Switch } from "@/components/ui/switch";
import { toastUndo } from "@/components/ui/toast";
import { useChange } from "@/components/ui/use-change";
import { setAutomatic } from "./actions";
import { texts } from "./texts";

/** Whether automatic upgrades take a module along; the toast takes the change back. */
export function AutomaticSwitch(props: { module: string; title: string; on: boolean; disabled: boolean }) {
  const { module, title } = props;
  const [shown, setShown] = useState(props.on);
  const [known, setKnown] = useState(props.on);
  // What the page was rendered with leads once it changes: an undo, another administrator.
  if (known !== props.on) {
    setKnown(props.on);
    setShown(props.on);
  }
  const action = useChange(setAutomatic);
  async function change(on: boolean, isUndo = false) {
    setShown(on);
    if ((await action.run({ module, on })) === null) setShown(!on);
    else if (!isUndo)
      toastUndo((on ? texts.automaticOn : texts.automaticOff)(title), () => change(!on, true));
  }
  return (
    <Switch
      checked={shown}
      className="align-middle"
      disabled={props.disabled}
      aria-label={texts.upgradeAutomatically(title)}
      onCheckedChange={(on) => void change(on)}
    />
  );
}
