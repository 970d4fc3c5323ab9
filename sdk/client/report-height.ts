/** Tells the host the content's height whenever it changes, once per animation frame at most. */
export function reportHeight(send: (height: number) => void): void {
  let last = -1;
  const measure = () => {
    // The body, not the root: the root is at least as tall as the frame and would never let it shrink.
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height === last) return;
    last = height;
    send(height);
  };
  new ResizeObserver(measure).observe(document.body);
  measure();
}
