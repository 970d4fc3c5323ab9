"use client";

import { type FormEvent, useState } from "react";
import { toConfig, toDraft } from "@/components/schema-form/draft";
import { readSchema, type Values } from "@/components/schema-form/read-schema";
import { SchemaFields } from "@/components/schema-form/schema-fields";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { ProblemNotice } from "@/components/ui/problem-notice";
import { useChange } from "@/components/ui/use-change";
import type { WidgetView } from "@/contract/frames";
import type { HomeItem } from "@/contract/home";
import type { ActionResult } from "@/lib/problem";
import { texts } from "./arrange-texts.ts";

/** The settings of one instance, by the schema in its module's manifest. */
export function ConfigureWidget(props: {
  item: HomeItem;
  widget: WidgetView;
  save(config: Values): Promise<ActionResult<HomeItem[]>>;
  onSaved(items: HomeItem[]): void;
  onClose(): void;
}) {
  const { item, widget } = props;
  const [fields] = useState(() => readSchema(widget.schema));
  const [draft, setDraft] = useState(() => toDraft(fields, item.config));
  const [unread, setUnread] = useState<Record<string, string>>({});
  const change = useChange(props.save, {
    problems: "inline",
    refresh: false,
    onDone(items) {
      props.onSaved(items);
      props.onClose();
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (change.pending) return;
    const read = toConfig(fields, draft);
    setUnread(read.errors);
    if (Object.keys(read.errors).length === 0) void change.run(read.config);
  }
  return (
    <Dialog open onOpenChange={(open) => open || props.onClose()}>
      <DialogContent>
        <form className="grid gap-5" onSubmit={submit} onInput={change.onInput} noValidate>
          <DialogHeader>
            <DialogTitle>{texts.settingsOf(widget.title)}</DialogTitle>
            <DialogDescription>{texts.settingsExplained}</DialogDescription>
          </DialogHeader>
          <ProblemNotice problem={change.problem} />
          <SchemaFields
            fields={fields}
            draft={draft}
            errors={{ ...change.fields, ...unread }}
            onChange={setDraft}
          />
          <DialogFooter>
            <DialogClose asChild>
              <Button>{texts.cancel}</Button>
            </DialogClose>
            <Button type="submit" variant="primary" pending={change.pending}>
              {texts.save}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
