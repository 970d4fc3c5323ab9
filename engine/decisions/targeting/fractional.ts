/** Buckets of flagd's `fractional`: who is in which share, the same on every host and in every other flagd. */

const weightMax = 2147483647;
const hashSpace = 2 ** 32;

export interface Bucket {
  variant: string | number | boolean | null;
  /** The first hash beyond this bucket. */
  end: number;
}

/** A MurmurHash3 (x86, 32 bits) that has read some characters and can go on. */
interface HashState {
  hash: number;
  /** Characters of an unfinished block. */
  block: number;
  length: number;
}

export const emptyHash: HashState = Object.freeze({ hash: 0, block: 0, length: 0 });

/** flagd's cores hash UTF-16 code units; every bit of this has to be the same, or users would change their share. */
export function readChars(state: HashState, text: string): HashState {
  let { hash, block } = state;
  const start = state.length;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    const slot = (start + i) & 3;
    if (slot !== 3) {
      block ^= char << (slot * 8);
      continue;
    }
    block ^= ((char & 0xff) << 24) ^ ((char & 0xff00) >> 8);
    hash = mixBlock(hash, block);
    block = 0;
  }
  return { hash, block, length: start + text.length };
}

/** The hash of what `state` has read followed by `text`, 0 to 2^32 - 1. */
export function finishHash(state: HashState, text: string): number {
  let hash = state.hash;
  let block = state.block;
  let slot = state.length & 3;
  const length = text.length;
  for (let i = 0; i < length; i++) {
    const char = text.charCodeAt(i);
    if (slot !== 3) {
      block ^= char << (slot << 3);
      slot++;
      continue;
    }
    block ^= ((char & 0xff) << 24) ^ ((char & 0xff00) >> 8);
    hash ^= scramble(block);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
    block = 0;
    slot = 0;
  }
  if (block > 0) hash ^= scramble(block);
  hash ^= state.length + length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function mixBlock(hash: number, block: number): number {
  const mixed = hash ^ scramble(block);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function scramble(block: number): number {
  const product = Math.imul(block, 0xcc9e2d51);
  return Math.imul((product << 15) | (product >>> 17), 0x1b873593);
}

/** Null when flagd would refuse the buckets: then nothing is targeted. */
export function layOutBuckets(entries: readonly unknown[]): Bucket[] | null {
  const weights: number[] = [];
  const variants: Bucket["variant"][] = [];
  let total = 0;
  for (const entry of entries) {
    if (!Array.isArray(entry) || entry.length === 0 || entry.length > 2) return null;
    const variant: unknown = entry[0] ?? null;
    if (typeof variant === "object" && variant !== null) return null;
    const weight: unknown = entry.length === 2 ? entry[1] : 1;
    if (typeof weight !== "number" || !Number.isInteger(weight)) return null;
    variants.push(variant as Bucket["variant"]);
    weights.push(Math.max(0, weight));
    total += Math.max(0, weight);
  }
  if (total > weightMax) return null;
  let sum = 0;
  return variants.map((variant, i) => {
    sum += weights[i] ?? 0;
    return { variant, end: endOf(sum, total) };
  });
}

/** flagd compares `hash * total >> 32` with the sum of weights; this is the smallest hash that is not below it. */
function endOf(sum: number, total: number): number {
  if (total === 0) return 0;
  const exact = (BigInt(sum) * BigInt(hashSpace) + BigInt(total - 1)) / BigInt(total);
  return Number(exact);
}

export function pickBucket(buckets: readonly Bucket[], hash: number): Bucket["variant"] {
  for (let i = 0; i < buckets.length; i++) {
    const bucket = buckets[i] as Bucket;
    if (hash < bucket.end) return bucket.variant;
  }
  return null;
}

/** The operator with arguments known only when it is asked. */
export function fractional(args: unknown, flagKey: string, targetingKey: unknown): Bucket["variant"] {
  if (!Array.isArray(args) || args.length < 1) return null;
  if (typeof args[0] === "string") return pick(args.slice(1), args[0]);
  if (!targetingKey) return null;
  return pick(args, `${flagKey}${targetingKey}`);
}

function pick(entries: unknown[], bucketBy: string): Bucket["variant"] {
  const buckets = layOutBuckets(entries);
  return buckets === null ? null : pickBucket(buckets, finishHash(emptyHash, bucketBy));
}
