// A classic BPF program as bubblewrap's --seccomp takes it: struct sock_filter { u16 code; u8 jt; u8 jf; u32 k }.
// It works on struct seccomp_data: nr at 0, arch at 4, the low halves of the arguments from 16 in steps of 8.

const loadWord = 0x20;
const jumpIfEqual = 0x15;
const jumpIfAtLeast = 0x35;
const jumpIfAnyBit = 0x45;
const answer = 0x06;

const allow = 0x7fff_0000;
const killProcess = 0x8000_0000;
const fail = (errno: number) => 0x0005_0000 | errno;
const EPERM = 1;
const EACCES = 13;
const ENOSYS = 38;

interface Architecture {
  /** AUDIT_ARCH_… of linux/audit.h. */
  audit: number;
  /** Numbers of asm/unistd.h. */
  socket: number;
  clone: number;
  clone3: number;
  refused: readonly number[];
}

/** What no module needs and what has been the way into kernels, or the way round a socket's directory (links). */
const architectures: Partial<Record<NodeJS.Architecture, Architecture>> = {
  x64: {
    audit: 0xc000_003e,
    socket: 41,
    clone: 56,
    clone3: 435,
    refused: [
      ...[86, 265], // link, linkat
      ...[88, 266], // symlink, symlinkat
      ...[133, 259], // mknod, mknodat
      ...[101, 310, 311, 312], // ptrace, process_vm_readv, process_vm_writev, kcmp
      ...[135, 103, 163, 164, 227, 305], // personality, syslog, acct, settimeofday, clock_settime, clock_adjtime
      ...[154, 172, 173, 159], // modify_ldt, iopl, ioperm, adjtimex
      ...[155, 161, 165, 166, 428, 429, 430, 431, 432, 433, 442], // pivot_root, chroot, mount, umount2 and the new mount calls
      ...[167, 168, 169, 170, 171, 179], // swapon, swapoff, reboot, sethostname, setdomainname, quotactl
      ...[175, 176, 313, 246, 320], // init_module, delete_module, finit_module, kexec_load, kexec_file_load
      ...[248, 249, 250], // add_key, request_key, keyctl
      ...[272, 308], // unshare, setns
      ...[298, 321, 323], // perf_event_open, bpf, userfaultfd
      ...[303, 304], // name_to_handle_at, open_by_handle_at
      ...[425, 426, 427], // io_uring
      ...[434, 438], // pidfd_open, pidfd_getfd
    ],
  },
  arm64: {
    audit: 0xc000_00b7,
    socket: 198,
    clone: 220,
    clone3: 435,
    refused: [
      ...[37, 36, 33], // linkat, symlinkat, mknodat
      ...[117, 270, 271, 272], // ptrace, process_vm_readv, process_vm_writev, kcmp
      ...[92, 116, 89, 170, 112, 266, 171], // personality, syslog, acct, settimeofday, clock_settime, clock_adjtime, adjtimex
      ...[41, 51, 40, 39, 428, 429, 430, 431, 432, 433, 442], // pivot_root, chroot, mount, umount2 and the new mount calls
      ...[224, 225, 142, 161, 162, 60], // swapon, swapoff, reboot, sethostname, setdomainname, quotactl
      ...[105, 106, 273, 104, 294], // init_module, delete_module, finit_module, kexec_load, kexec_file_load
      ...[217, 218, 219], // add_key, request_key, keyctl
      ...[97, 268], // unshare, setns
      ...[241, 280, 282], // perf_event_open, bpf, userfaultfd
      ...[264, 265], // name_to_handle_at, open_by_handle_at
      ...[425, 426, 427], // io_uring
      ...[434, 438], // pidfd_open, pidfd_getfd
    ],
  },
};

/** CLONE_NEWTIME, NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET of linux/sched.h. */
const newNamespaces = 0x7e02_0080;
const [AF_UNIX, AF_NETLINK] = [1, 16];

type Instruction = [code: number, k: number, ifTrue?: number, ifFalse?: number];

/**
 * Refuses every socket but Unix ones (and the routing table, which `os.networkInterfaces` reads), new namespaces, and what
 * only an attack would call. @returns null where the numbers of this processor's system calls are not known here
 */
export function seccompFilter(architecture: NodeJS.Architecture = process.arch): Buffer | null {
  const numbers = architectures[architecture];
  return numbers === undefined ? null : assemble(program(numbers));
}

function program({ audit, socket, clone, clone3, refused }: Architecture): Instruction[] {
  return [
    [loadWord, 4],
    [jumpIfEqual, audit, 1, 0],
    [answer, killProcess],
    [loadWord, 0],
    // The x32 numbers name the same calls once more.
    [jumpIfAtLeast, 0x4000_0000, 0, 1],
    [answer, fail(ENOSYS)],
    // Its flags lie in memory, where no filter looks; the C library falls back to clone.
    ...refuse(clone3, ENOSYS),
    ...refused.flatMap((nr) => refuse(nr, EPERM)),
    ...whenCalled(clone, [
      [loadWord, 16],
      [jumpIfAnyBit, newNamespaces, 0, 1],
      [answer, fail(EPERM)],
      [answer, allow],
    ]),
    ...whenCalled(socket, [
      [loadWord, 16],
      [jumpIfEqual, AF_UNIX, 4, 0],
      [jumpIfEqual, AF_NETLINK, 0, 2],
      [loadWord, 32],
      [jumpIfEqual, 0, 1, 0],
      [answer, fail(EACCES)],
      [answer, allow],
    ]),
    [answer, allow],
  ];
}

const refuse = (nr: number, errno: number): Instruction[] => whenCalled(nr, [[answer, fail(errno)]]);

/** The body must end with an answer. */
function whenCalled(nr: number, body: Instruction[]): Instruction[] {
  return [[jumpIfEqual, nr, 0, body.length], ...body];
}

function assemble(instructions: Instruction[]): Buffer {
  const bytes = Buffer.alloc(instructions.length * 8);
  instructions.forEach(([code, k, ifTrue = 0, ifFalse = 0], i) => {
    bytes.writeUInt16LE(code, i * 8);
    bytes.writeUInt8(ifTrue, i * 8 + 2);
    bytes.writeUInt8(ifFalse, i * 8 + 3);
    bytes.writeUInt32LE(k >>> 0, i * 8 + 4);
  });
  return bytes;
}
