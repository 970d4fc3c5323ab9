import schema from "@/sdk/manifest/module.schema.json";

export const dynamic = "force-static";

/** What editors complete a `module.json` by; one address for each `manifestVersion`. */
export function GET(): Response {
  return new Response(`${JSON.stringify(schema, null, 2)}\n`, {
    headers: {
      "content-type": "application/schema+json",
      // Editors in a browser fetch it from their own origin.
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      "cache-control": "public, max-age=3600",
    },
  });
}
