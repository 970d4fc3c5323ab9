import { type ComponentProps, type ComponentType, lazy, Suspense } from "react";

/**
 * A component whose code is loaded when it is first shown, which must be after something the user did: nothing stands in
 * its place on the server or meanwhile. `next/dynamic` would do the same with 4 KB on every page.
 */
// biome-ignore lint/suspicious/noExplicitAny: the bound React.lazy has; props are inferred from the component
export function onDemand<Body extends ComponentType<any>>(load: () => Promise<Body>) {
  const Loaded = lazy(async () => ({ default: await load() }));
  // biome-ignore lint/correctness/noComponentHookFactories: called once per file, as React.lazy is
  return function OnDemand(props: ComponentProps<Body>) {
    return (
      <Suspense fallback={null}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}
