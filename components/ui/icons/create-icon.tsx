import type { ReactElement, SVGProps } from "react";

/** The shapes of an icon, as Lucide draws them in a square of 24. */
export type Shapes = readonly (readonly [
  tag: "path" | "circle" | "ellipse" | "line" | "polygon" | "polyline" | "rect",
  attributes: Readonly<Record<string, string>>,
])[];

export type IconComponent = (props: SVGProps<SVGSVGElement>) => ReactElement;

/** An icon in the colour of the text; without a label or a role it is hidden from screen readers. */
export function createIcon(shapes: Shapes): IconComponent {
  return (props) => (
    // biome-ignore lint/a11y/noSvgWithoutTitle: hidden, or named by whoever uses it
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={24}
      height={24}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden={isNamed(props) ? undefined : true}
      {...props}
    >
      {shapes.map(([Tag, attributes]) => (
        <Tag key={JSON.stringify(attributes)} {...attributes} />
      ))}
    </svg>
  );
}

function isNamed(props: object): boolean {
  return Object.keys(props).some((name) => name.startsWith("aria-") || name === "role");
}
