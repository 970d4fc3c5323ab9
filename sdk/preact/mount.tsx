/** @jsxImportSource preact */
import { connect, createFormats, type Formats, type Graft } from "@graft/sdk/client";
import { type ComponentChildren, createContext, render } from "preact";
import { useContext } from "preact/hooks";

export interface App {
  graft: Graft;
  /** Dates, figures and plurals for the user. */
  formats: Formats;
}

const AppContext = createContext<App | null>(null);

/** The host and the user's formats, below {@link mount}. */
export function useGraft(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error("useGraft works only below mount()");
  return app;
}

/** Joins the host, then draws into `#root`. */
export async function mount(content: ComponentChildren): Promise<void> {
  const graft = await connect();
  const app = { graft, formats: createFormats(graft.user) };
  const root = document.getElementById("root");
  if (!root) throw new Error('The page needs an element with id="root".');
  render(<AppContext.Provider value={app}>{content}</AppContext.Provider>, root);
}
