let canvas: CanvasRenderingContext2D | null = null;
const known = new Map<string, string>();

/** Any CSS colour as `rgb(…)`: cytoscape reads neither `oklch()` nor `color-mix()`, the browser's canvas reads all. */
export function toRgb(colour: string): string {
  const cached = known.get(colour);
  if (cached) return cached;
  canvas ??= createCanvas();
  if (!canvas) return "#888888";
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
  const rgb = `rgb(${red},${green},${blue})`;
  known.set(colour, rgb);
  return rgb;
}

function createCanvas(): CanvasRenderingContext2D | null {
  const element = document.createElement("canvas");
  element.width = 1;
  element.height = 1;
  return element.getContext("2d", { willReadFrequently: true });
}
