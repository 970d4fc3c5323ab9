"use client";

import { useState } from "react";
import { onDemand } from "@/components/ui/on-demand";
import { texts } from "./texts";

const ScreenshotDialog = onDemand(() => import("./screenshot-dialog").then((m) => m.ScreenshotDialog));

/** A row of pictures; one opens large, with the arrow keys going through them. */
export function Screenshots({ title, images }: { title: string; images: string[] }) {
  const [index, setIndex] = useState<number | null>(null);
  return (
    <>
      <ul className="flex snap-x gap-3 overflow-x-auto pb-1">
        {images.map((src, i) => (
          <li key={src} className="shrink-0 snap-start">
            <button
              type="button"
              aria-label={texts.enlargeScreenshot(i + 1, images.length)}
              onClick={() => setIndex(i)}
              className="block overflow-hidden rounded-lg border focus-visible:-outline-offset-2"
            >
              {/* biome-ignore lint/performance/noImgElement: served immutable from the module's own files */}
              <img src={src} alt="" loading="lazy" className="h-48 w-auto sm:h-56" />
            </button>
          </li>
        ))}
      </ul>
      {index !== null && <ScreenshotDialog title={title} images={images} index={index} onChange={setIndex} />}
    </>
  );
}
