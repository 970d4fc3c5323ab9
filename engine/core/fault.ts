/**
 * A place where tests end the process with SIGKILL, named by GRAFT_FAULT, to prove that a crash right there
 * leaves nothing half done. Read each time, so that a test can bring a host where it wants it before it arms one.
 */
export function faultPoint(name: string): void {
  if (process.env.GRAFT_FAULT === name) process.kill(process.pid, "SIGKILL");
}
