import type { NextConfig } from "next";

const dev = process.env.NODE_ENV !== "production";

// Modules only ever draw inside frames of this origin (`frame-src 'self'`); nothing may frame the host itself.
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${dev ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "frame-ancestors 'none'",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
].join("; ");

const config: NextConfig = {
  reactStrictMode: true,
  // `npm run check` checks types; the build of a fresh clone would only check the same ones again, for half a minute.
  typescript: { ignoreBuildErrors: true },
  // Pictures come as they are; what would resize them is not installed (lib/trim-install.ts).
  images: { unoptimized: true },
  poweredByHeader: false,
  devIndicators: false,
  // In development Next would print what server actions are called with, passwords included.
  logging: { serverFunctions: false },
  async redirects() {
    return [{ source: "/admin/updates", destination: "/admin/upgrades", permanent: true }];
  },
  async headers() {
    return [
      {
        // Frames set their own, stricter policy; a second header here would only be intersected with it.
        source: "/((?!frames/|api/).*)",
        headers: [
          { key: "Content-Security-Policy", value: contentSecurityPolicy },
          { key: "X-Content-Type-Options", value: "nosniff" },
          { key: "Referrer-Policy", value: "same-origin" },
          { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
        ],
      },
      {
        // Their names stay the same when they change: a day, then asked again. Next would ask on every page.
        source: "/:file(favicon\\.ico|icon.*|apple-touch-icon\\.png|manifest\\.webmanifest|robots\\.txt)",
        headers: [{ key: "Cache-Control", value: "public, max-age=86400" }],
      },
    ];
  },
};

export default config;
