import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface S3Server {
  endpoint: string;
  objects: Map<string, Buffer>;
  /** Uploads that were begun and neither completed nor given up. */
  open(): number;
  /** Answers the next request whose method and path match with this status, once. */
  failOnce(request: RegExp, status: number): void;
  close(): Promise<void>;
}

export const s3Keys = { accessKeyId: "AKTEST", secretAccessKey: "secret of the test", region: "eu-test-1" };

/** What of S3 a store of backups needs, over HTTP: it checks every signature (AWS Signature Version 4) itself. */
export async function startS3(bucket: string): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, Map<number, Buffer>>();
  let failing: { request: RegExp; status: number } | null = null;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const url = new URL(request.url ?? "/", "http://s3");
    const answer = (status: number, text = "", headers: Record<string, string> = {}) =>
      void response.writeHead(status, { "content-type": "application/xml", ...headers }).end(text);
    const refuse = (status: number, code: string) => answer(status, `<Error><Code>${code}</Code></Error>`);
    const { method = "" } = request;
    if (failing?.request.test(`${method} ${request.url}`)) {
      const { status } = failing;
      failing = null;
      return refuse(status, "SlowDown");
    }
    if (!isSigned(request, url, body)) return refuse(403, "SignatureDoesNotMatch");
    const [, name, ...rest] = decodeURIComponent(url.pathname).split("/");
    const key = rest.join("/");
    if (name !== bucket) return refuse(404, "NoSuchBucket");
    const upload = url.searchParams.get("uploadId");
    if (method === "GET" && key === "") {
      const prefix = url.searchParams.get("prefix") ?? "";
      const found = [...objects].filter(([one]) => one.startsWith(prefix)).sort();
      const items = found.map(
        ([one, bytes]) =>
          `<Contents><Key>${one}</Key><Size>${bytes.length}</Size><ETag>"${md5(bytes)}"</ETag><LastModified>2026-11-30T00:00:00.000Z</LastModified></Contents>`,
      );
      return answer(
        200,
        `<ListBucketResult><IsTruncated>false</IsTruncated>${items.join("")}</ListBucketResult>`,
      );
    }
    if (method === "POST" && url.searchParams.has("uploads")) {
      const id = `upload-${uploads.size + 1}`;
      uploads.set(id, new Map());
      return answer(
        200,
        `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
      );
    }
    const parts = upload === null ? null : uploads.get(upload);
    if (upload !== null && !parts) return refuse(404, "NoSuchUpload");
    if (parts && method === "PUT") {
      parts.set(Number(url.searchParams.get("partNumber")), body);
      return answer(200, "", { etag: `"${md5(body)}"` });
    }
    if (parts && method === "POST") {
      const numbers = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map(([, n]) =>
        Number(n),
      );
      objects.set(key, Buffer.concat(numbers.map((n) => parts.get(n) ?? Buffer.alloc(0))));
      uploads.delete(upload ?? "");
      return answer(
        200,
        `<CompleteMultipartUploadResult><Key>${key}</Key><ETag>"x-1"</ETag></CompleteMultipartUploadResult>`,
      );
    }
    if (parts && method === "DELETE") {
      uploads.delete(upload ?? "");
      return answer(204);
    }
    if (method === "PUT") {
      objects.set(key, body);
      return answer(200, "", { etag: `"${md5(body)}"` });
    }
    const object = objects.get(key);
    if (method === "DELETE") {
      objects.delete(key);
      return answer(204);
    }
    if (!object) return refuse(404, "NoSuchKey");
    response.writeHead(200, { "content-length": object.length, etag: `"${md5(object)}"` }).end(object);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    open: () => uploads.size,
    failOnce(request, status) {
      failing = { request, status };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const md5 = (bytes: Buffer) => createHash("md5").update(bytes).digest("hex");
const sha256 = (bytes: Buffer | string) => createHash("sha256").update(bytes).digest("hex");
const hmac = (key: Buffer | string, text: string) => createHmac("sha256", key).update(text).digest();

function isSigned({ method = "", headers }: IncomingMessage, url: URL, body: Buffer): boolean {
  const [, id, scope, signed, signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? "",
    ) ?? [];
  const hash = String(headers["x-amz-content-sha256"]);
  if (id !== s3Keys.accessKeyId || !scope || !signed || !signature) return false;
  if (hash !== "UNSIGNED-PAYLOAD" && hash !== sha256(body)) return false;
  const query = [...url.searchParams]
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .sort()
    .join("&");
  const canonical = [
    method,
    url.pathname,
    query,
    ...signed.split(";").map((name) => `${name}:${String(headers[name]).trim()}`),
    "",
    signed,
    hash,
  ].join("\n");
  const [date = "", region = "", service = ""] = scope.split("/");
  const text = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, sha256(canonical)].join("\n");
  const key = hmac(hmac(hmac(hmac(`AWS4${s3Keys.secretAccessKey}`, date), region), service), "aws4_request");
  return timingSafeEqual(hmac(key, text), Buffer.from(signature, "hex"));
}

const escaped = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
