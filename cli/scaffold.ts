export type ScaffoldType = "module" | "plugin" | "widget" | "integration";

/**
 * The files of a new module that works as it is: a directory catalog offers it, an administrator installs it, nothing
 * needs to be built.
 */
export function scaffold(options: {
  name: string;
  type: ScaffoldType;
  publisher: string;
  /** What an editor completes the manifest by: a path or an address. */
  schema: string | null;
}): Record<string, string> {
  const { name, type, publisher, schema } = options;
  const words = name.replaceAll("-", " ");
  const title = words.charAt(0).toUpperCase() + words.slice(1);
  const view = type === "plugin" || type === "widget";
  const manifest = {
    ...(schema ? { $schema: schema } : {}),
    manifestVersion: 1,
    name,
    publisher,
    version: "0.1.0",
    type,
    title,
    summary: `${title}: says hello`,
    license: "Apache-2.0",
    icon: "assets/icon.svg",
    runtime: { kind: "node", entry: "server/index.mjs" },
    api: { v1: {} },
    ...(type === "plugin" ? { pages: [{ path: "/", title, entry: "client/index.html" }] } : {}),
    ...(type === "widget" ? { widgets: [{ id: "hello", title, entry: "client/index.html" }] } : {}),
  };
  return {
    "module.json": `${JSON.stringify(manifest, null, 2)}\n`,
    "server/index.mjs": server,
    ...(view ? { "client/index.html": page(title), "client/index.js": script } : {}),
    "assets/icon.svg": icon,
    "README.md": readme(name, title),
    "CHANGELOG.md": "# Changes\n\n## 0.1.0\n\n- Says hello.\n",
  };
}

const server = `import { defineModule } from "@graft/sdk/server";

export default defineModule({
  routes: {
    "GET /v1/hello": ({ identity }) => ({ message: \`Hello \${identity.name}\` }),
  },
});
`;

const page = (title: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>${title}</title>
    <script type="module" src="./index.js"></script>
  </head>
  <body>
    <p id="message">…</p>
  </body>
</html>
`;

const script = `import { connect } from "/frames/sdk/v1.js";

const graft = await connect();
const response = await graft.fetch("/v1/hello");
const { message } = await response.json();
document.querySelector("#message").textContent = message;
graft.ready();
`;

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
  <path d="M12 21v-9m0 0c0-5-3-8-8-8 0 5 3 8 8 8Zm0 0c0-4 3-7 8-7 0 4-3 7-8 7Z"/>
</svg>
`;

const readme = (name: string, title: string) => `# ${title}

A Graft module. Offer it to a host by naming the folder that holds this one, then install it:

    GRAFT_CATALOGS=builtin,dir:/path/to/the/folder/above npm start
    npx graft install ${name} --access everyone

Its API then answers at \`/api/v1/${name}/hello\`. \`npx graft check .\` looks for mistakes.
`;
