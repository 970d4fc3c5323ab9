import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatabaseRelay } from "./database-relay.ts";

let dir: string;
let server: Server;
let port: number;
let accepted: Socket[];

/** Speaks enough of PostgreSQL to let anybody in. */
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "graft-relay-"));
  accepted = [];
  server = createServer((socket) => {
    accepted.push(socket);
    socket.on("error", () => {});
    const ready = [Buffer.from("R\0\0\0\x08\0\0\0\0"), Buffer.from("Z\0\0\0\x05I")];
    socket.once("data", () => socket.write(Buffer.concat(ready)));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  port = (server.address() as { port: number }).port;
});
afterEach(async () => {
  for (const socket of accepted) socket.destroy();
  await new Promise((done) => server.close(done));
  rmSync(dir, { recursive: true, force: true });
});

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  await client.connect();
  return client;
}

test("the address leads through the socket, keeps what is the module's and drops what is the host's", async () => {
  const given = `postgresql://m:p%40ss@127.0.0.1:${port}/d?schema=m_x&sslmode=disable`;
  const relay = await openDatabaseRelay(given, dir);
  const url = new URL(relay.url);
  expect([...url.searchParams.keys()].sort()).toEqual(["host", "schema"]);
  expect(url.password).toBe("p%40ss");
  const client = await connect(relay.url);
  expect(client.host).toBe(dir);
  expect(accepted).toHaveLength(1);
  await relay.close();
});

test("the one connection too many is told so in PostgreSQL's words, and room that is given back is used", async () => {
  const relay = await openDatabaseRelay(`postgresql://m:p@127.0.0.1:${port}/d`, dir);
  const open = await Promise.all(Array.from({ length: 16 }, () => connect(relay.url)));
  await expect(connect(relay.url)).rejects.toMatchObject({ code: "53300", severity: "FATAL" });
  expect(accepted).toHaveLength(16);
  await open[0]?.end();
  const again = await until(() => connect(relay.url));
  expect(again.host).toBe(dir);
  await relay.close();
});

test("a server that is not there, or offers no encryption that is asked for, is told of", async () => {
  const told: string[] = [];
  const tell = ({ message }: Error) => void told.push(message);
  // The server of these tests answers every first message alike.
  const relay = await openDatabaseRelay(`postgresql://m:p@127.0.0.1:${port}/d?sslmode=no-verify`, dir, tell);
  await expect(connect(relay.url)).rejects.toThrow();
  await relay.close();
  const nowhere = await openDatabaseRelay("postgresql://m:p@127.0.0.1:1/d", dir, tell);
  await expect(connect(nowhere.url)).rejects.toThrow();
  await nowhere.close();
  expect(told).toEqual([
    expect.stringContaining("no encrypted connection"),
    expect.stringContaining("ECONNREFUSED"),
  ]);
});

test("closing ends what is open on both sides", async () => {
  const relay = await openDatabaseRelay(`postgresql://m:p@127.0.0.1:${port}/d`, dir);
  const client = await connect(relay.url);
  const ended = new Promise((done) => client.once("end", done));
  const left = new Promise((done) => accepted[0]?.once("close", done));
  await relay.close();
  await Promise.all([ended, left]);
  await expect(connect(relay.url)).rejects.toMatchObject({ code: "ENOENT" });
});

async function until<T>(attempt: () => Promise<T>): Promise<T> {
  for (let i = 0; ; i++) {
    try {
      return await attempt();
    } catch (error) {
      if (i === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
