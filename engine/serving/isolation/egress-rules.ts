import { BlockList, isIP, isIPv4, isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";

/** Whether an entry of `permissions.network` names the target: `host`, `host:port`, `*.host`, `*`. */
export function isListed(entries: readonly string[], host: string, port: number): boolean {
  return entries.some((entry) => {
    const [, name = "", wantedPort] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    if (wantedPort !== undefined && Number(wantedPort) !== port) return false;
    // A pattern stands for names: an address is reached where it is written out.
    if (name.startsWith("*")) return isIP(host) === 0 && host.endsWith(name.slice(1));
    return name === host;
  });
}

// RFC 6890 and its successors: what is nobody's, this network's or this machine's. Clouds answer for secrets at 169.254.169.254.
const reservedV4 = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"],
  ...["203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
];
// Of what is global: documentation, benchmarks and tunnels that carry an IPv4 address inside.
const reservedV6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

const reserved = new BlockList();
const global = new BlockList();
for (const range of reservedV4) addRange(reserved, range, "ipv4");
for (const range of reservedV6) addRange(reserved, range, "ipv6");
addRange(global, "2000::/3", "ipv6");

function addRange(list: BlockList, range: string, family: "ipv4" | "ipv6"): void {
  const [address = "", bits] = range.split("/");
  list.addSubnet(address, Number(bits), family);
}

/** An address of the public internet, and none of this machine's own. */
export function isPublic(address: string): boolean {
  if (isIPv4(address)) return !reserved.check(address, "ipv4") && !isOwn(address);
  return (
    isIPv6(address) && global.check(address, "ipv6") && !reserved.check(address, "ipv6") && !isOwn(address)
  );
}

function isOwn(address: string): boolean {
  const own = new BlockList();
  for (const each of Object.values(networkInterfaces()).flat())
    if (each !== undefined)
      own.addAddress(each.address.split("%")[0] ?? "", each.family === "IPv4" ? "ipv4" : "ipv6");
  return own.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}
