const RealDate = Date;
const clock = globalThis as unknown as { clockHours?: number[] };
let looks = 0;

/** For `node --import`, before anything keeps a reference to the real one: a wall clock that a test sets. */
class JumpingDate extends RealDate {
  constructor(...args: [] | [number | string | Date]) {
    if (args.length === 0) super(JumpingDate.now());
    else super(...(args as [number]));
  }
  static override now(): number {
    const hours = clock.clockHours ?? [0];
    return RealDate.now() + (hours[looks++ % hours.length] ?? 0) * 3_600_000;
  }
}
globalThis.Date = JumpingDate as DateConstructor;
