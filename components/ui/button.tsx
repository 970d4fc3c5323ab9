import { cva, type VariantProps } from "class-variance-authority";
import { Children, type ComponentProps, cloneElement, type ReactElement } from "react";
import { cn } from "./cn";
import { Spinner } from "./spinner";

const buttonVariants = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border border-transparent font-medium whitespace-nowrap transition-colors select-none disabled:pointer-events-none disabled:opacity-55 aria-disabled:pointer-events-none aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-primary text-primary-foreground hover:bg-primary/88",
        outline: "border-border bg-background shadow-xs hover:bg-accent",
        secondary: "bg-secondary text-secondary-foreground hover:bg-accent",
        ghost: "hover:bg-accent",
        destructive: "bg-destructive text-destructive-foreground hover:bg-destructive/88",
        link: "h-auto! px-0! text-primary underline-offset-4 hover:underline",
      },
      size: {
        default: "h-8 px-3 pointer-coarse:h-10",
        sm: "h-7 px-2.5 text-[0.8125rem] pointer-coarse:h-9",
        lg: "h-10 px-4",
        icon: "size-8 pointer-coarse:size-10",
        "icon-sm": "size-7 pointer-coarse:size-9",
      },
    },
    defaultVariants: { variant: "outline", size: "default" },
  },
);

export interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonVariants> {
  /** The one child, a link as a rule, looks like the button; what it has itself stands. */
  asChild?: boolean;
  /** Shows a spinner and refuses clicks while keeping the label and the focus. */
  pending?: boolean;
}

export function Button({
  className,
  variant,
  size,
  asChild,
  pending = false,
  children,
  ...props
}: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size }), className);
  if (asChild) {
    // The whole `Slot` of Radix would be a hundredth of the home page's JavaScript, for a link that looks like a button.
    const child = Children.only(children) as ReactElement<{ className?: string }>;
    return cloneElement(child, { ...props, ...child.props, className: cn(classes, child.props.className) });
  }
  return (
    <button
      type="button"
      className={classes}
      {...props}
      {...(pending ? { "aria-disabled": true, "aria-busy": true, onClick: (e) => e.preventDefault() } : {})}
    >
      {pending && <Spinner />}
      {children}
    </button>
  );
}
