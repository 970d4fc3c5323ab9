// In a module that may reach something outside: TCP connections of fetch, node:http(s), node:net and node:tls go through
// the egress proxy, on a Unix socket. A convenience: what holds is that there is no other way out.
import net from "node:net";
import tls from "node:tls";

/** @param {string} proxyPath */
export function connectThroughEgress(proxyPath) {
  const connectDirectly = net.Socket.prototype.connect;
  const connectTls = tls.connect;

  net.Socket.prototype.connect = function (...args) {
    const [options, listener] = net._normalizeArgs(Array.isArray(args[0]) ? args[0] : args);
    if (options.path || options.port === undefined || this instanceof tls.TLSSocket)
      return connectDirectly.apply(this, args);
    const host = options.host ?? "localhost";
    const target = net.isIPv6(host) ? `[${host}]:${options.port}` : `${host}:${options.port}`;
    // Before all that waits for the connection; past the stream's queue, where the first write may stand already.
    this.prependOnceListener("connect", () =>
      this._write(
        `CONNECT ${target} HTTP/1.1\r\nhost: ${target}\r\ngraft-silent: 1\r\n\r\n`,
        "latin1",
        () => {},
      ),
    );
    const { host: _, port: __, localAddress: ___, localPort: ____, lookup: _____, ...rest } = options;
    return connectDirectly.call(this, { ...rest, path: proxyPath }, listener ?? undefined);
  };

  tls.connect = (...args) => {
    const [options, listener] = net._normalizeArgs(args);
    const given = args.find((arg, i) => i > 0 && typeof arg === "object" && arg !== null);
    const all = { ...options, ...given };
    if (all.socket || all.path) return connectTls(...args);
    const host = all.host ?? "localhost";
    const socket = net.connect({ host, port: all.port });
    const servername = all.servername ?? (net.isIP(host) ? undefined : host);
    return connectTls(
      { ...all, host, ...(servername === undefined ? {} : { servername }), socket },
      listener ?? undefined,
    );
  };
}
