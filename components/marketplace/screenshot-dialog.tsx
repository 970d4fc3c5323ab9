"use client";

import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTitle } from "@/components/ui/dialog";
import { ChevronLeft, ChevronRight } from "@/components/ui/icons";
import { texts } from "./texts";

export function ScreenshotDialog(props: {
  title: string;
  images: string[];
  index: number;
  onChange: (index: number | null) => void;
}) {
  const { images, index } = props;
  const move = (by: number) => props.onChange((index + by + images.length) % images.length);
  return (
    <Dialog open onOpenChange={(open) => !open && props.onChange(null)}>
      <DialogContent
        aria-describedby={undefined}
        className="max-w-5xl"
        onKeyDown={(event) => {
          if (event.key === "ArrowRight") move(1);
          if (event.key === "ArrowLeft") move(-1);
        }}
      >
        <DialogTitle>{props.title}</DialogTitle>
        {/* biome-ignore lint/performance/noImgElement: served immutable from the module's own files */}
        <img
          src={images[index]}
          alt={texts.screenshotAlt(index + 1, images.length, props.title)}
          className="mx-auto max-h-[70dvh] rounded-lg border"
        />
        {images.length > 1 && (
          <div className="flex items-center justify-center gap-3">
            <Button size="icon" aria-label={texts.previousScreenshot} onClick={() => move(-1)}>
              <ChevronLeft aria-hidden />
            </Button>
            <span className="tabular text-muted-foreground" aria-live="polite">
              {texts.position(index + 1, images.length)}
            </span>
            <Button size="icon" aria-label={texts.nextScreenshot} onClick={() => move(1)}>
              <ChevronRight aria-hidden />
            </Button>
          </div>
        )}
      </DialogContent>
    </Dialog>
  );
}
