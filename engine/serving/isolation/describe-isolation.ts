import type { IsolationLayer, IsolationView } from "../../../contract/isolation.ts";
import { type Machine, readSysctl } from "./probe-machine.ts";

type Missing = IsolationView["missing"][number];

/** What is in force, and what is not, in plain words. Says nothing that {@link Machine} was not seen to do. */
export function describeIsolation(machine: Machine, filtered: boolean): IsolationView {
  const driver = machine.bubblewrap ? "bubblewrap" : machine.accounts ? "account" : "node";
  return {
    driver,
    summary: summaries[driver],
    layers: [
      files(driver),
      processes(driver, machine.isRoot),
      network(driver),
      systemCalls(driver, filtered),
      account(machine),
      resources,
    ],
    missing: [...missingBubblewrap(machine), ...missingAccount(machine)],
  };
}

const summaries: Record<IsolationView["driver"], string> = {
  bubblewrap:
    "Each module runs in namespaces of its own (bubblewrap): the kernel keeps it from files, processes and the network.",
  account:
    "Each module runs under an account of its own, without namespaces: the kernel keeps it from other processes and closed files, and nothing keeps it from the network.",
  node: "Modules run under the host's own account, held by Node's permission model alone. Nothing keeps them from the network, or from signalling other processes of this account.",
};

type Driver = IsolationView["driver"];

function files(driver: Driver): IsolationLayer {
  const text = {
    bubblewrap:
      "It sees its own code, Node and the libraries Node needs, all read-only, and the folder of its sockets. Nothing else exists for it.",
    account:
      "Node's permission model lets it read its own code alone; beneath that, the kernel keeps files that are closed to other accounts from it, not those that everyone may read.",
    node: "Node's permission model lets it read its own code alone. Its documentation does not promise to hold malicious code.",
  }[driver];
  return { name: "files", heldBy: driver === "bubblewrap" ? "kernel" : "node", text };
}

function processes(driver: Driver, isRoot: boolean): IsolationLayer {
  const text = {
    bubblewrap: "It sees no process but its own, so it can neither signal nor inspect another.",
    account: "It can learn which processes run, and signal or inspect none of them.",
    node: `It starts no programs (Node's permission model), but it can signal every process of the host's account${isRoot ? ", which is root" : ""}.`,
  }[driver];
  return { name: "processes", heldBy: driver === "node" ? "nothing" : "kernel", text };
}

function network(driver: Driver): IsolationLayer {
  const text =
    driver === "bubblewrap"
      ? "None but what permissions.network lists, through a proxy of the host's. It looks names up itself, refuses addresses that are not public unless they are listed as such, and writes each connection to the module's log."
      : "Open: it can connect to whatever this machine can, the loopback address included. What permissions.network lists goes through the host's proxy, and nothing makes code that means harm use it.";
  return { name: "network", heldBy: driver === "bubblewrap" ? "kernel" : "nothing", text };
}

function systemCalls(driver: Driver, filtered: boolean): IsolationLayer {
  if (driver === "bubblewrap" && filtered) {
    const text =
      "A seccomp filter refuses internet sockets, new namespaces, mounts, tracing, links and other calls that no module needs; it can gain no privileges.";
    return { name: "system-calls", heldBy: "kernel", text };
  }
  const text =
    driver === "bubblewrap"
      ? "No filter for this processor; it can gain no privileges and holds no capability."
      : "No filter: it may ask the kernel for whatever its account may.";
  return { name: "system-calls", heldBy: driver === "bubblewrap" ? "kernel" : "nothing", text };
}

function account({ accounts, isRoot, bubblewrap }: Machine): IsolationLayer {
  const { first = 0, count = 0 } = accounts ?? {};
  if (accounts !== null) {
    const text = `Each module has a user and group number of its own, from ${first} to ${first + count - 1}, in no other group.`;
    return { name: "account", heldBy: "kernel", text };
  }
  const same = isRoot ? "root, as the host" : "the host's";
  const text = `Its account is ${same}.${bubblewrap ? " The namespaces keep it from using that." : ""}`;
  return { name: "account", heldBy: bubblewrap ? "kernel" : "nothing", text };
}

const resources: IsolationLayer = {
  name: "resources",
  heldBy: "node",
  text: "Its heap has a limit (memoryMb), and it is ended when it takes much more than that in all. Processor time and disk have no limit.",
};

function missingBubblewrap({ bubblewrap, whyNoBubblewrap }: Machine): Missing[] {
  if (bubblewrap !== null) return [];
  return [{ text: `No namespaces: ${whyNoBubblewrap}.`, remedy: namespacesRemedy(whyNoBubblewrap) }];
}

const appArmorProfile = `abi <abi/4.0>,
include <tunables/global>
profile bwrap /usr/bin/bwrap flags=(unconfined) {
  userns,
  include if exists <local/bwrap>
}`;

function namespacesRemedy(why: string): string {
  if (process.platform !== "linux") return "Run Graft on Linux.";
  if (why.includes("not installed"))
    return "Install it (apt install bubblewrap, dnf install bubblewrap, apk add bubblewrap) and start Graft again.";
  if (readSysctl("kernel/apparmor_restrict_unprivileged_userns") === 1)
    return `AppArmor lets no program make user namespaces unless a profile says so (Ubuntu 24.04 and newer). Write this to /etc/apparmor.d/bwrap, run \`apparmor_parser -r /etc/apparmor.d/bwrap\` as root, and start Graft again:\n${appArmorProfile}`;
  if (readSysctl("kernel/unprivileged_userns_clone") === 0)
    return "Let accounts make user namespaces: `sysctl -w kernel.unprivileged_userns_clone=1`, and the same line in /etc/sysctl.d. Then start Graft again.";
  if (readSysctl("user/max_user_namespaces") === 0)
    return "Allow user namespaces: `sysctl -w user.max_user_namespaces=15000`, and the same line in /etc/sysctl.d. Then start Graft again.";
  return "In a container, allow it to make user namespaces and to mount /proc (Docker: --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined), or run Graft outside of one.";
}

function missingAccount({ accounts, whyNoAccounts, isRoot, bubblewrap }: Machine): Missing[] {
  if (accounts !== null || (bubblewrap !== null && !isRoot)) return [];
  const remedy = isRoot
    ? "Run Graft as an ordinary account, so that a module that escapes is not root."
    : "With bubblewrap no account of its own is needed. Without it, Graft started as root gives each module one.";
  return [{ text: `No account of its own for each module: ${whyNoAccounts}.`, remedy }];
}
