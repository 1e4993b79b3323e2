import type { Evidence } from '../../../domain/evidence.ts';
import type { ProbeRequest, RequestOf } from '../../../domain/probe-request.ts';
import { isBefore } from '../../../domain/instant.ts';
import type { PublicKey } from '../../../domain/signature/public-key.ts';
import { readKeySet } from '../../../domain/signature/read-key-set.ts';
import { readPath } from './policy-tree.ts';
import type { PolicyPath, PolicyTree, UnreadablePolicies } from './policy-tree.ts';

/** Where a bundle and the keys that may have signed it are read. */
export interface BundleSource {
  readonly content: PolicyPath | RequestOf<'pinned-bundle'>;
  readonly keys: readonly PolicyPath[];
  /** Keys that have ended by then are good for no bundle; null: an end is not looked at, since what was merged before stays. */
  readonly goodAt: string | null;
}

export function bundleRequests({ content, keys }: BundleSource): readonly ProbeRequest[] {
  const [wanted, others] = [isPinned(content) ? [content] : [content.request], keys.map(({ request }) => request)];
  return [...wanted, ...others].flatMap((request) => request ?? []);
}

/** The bundle with its keys, or why it can not be asked. Whether one of them signed it is told by whoever loads it. */
export function bundleTree({ content, keys, goodAt }: BundleSource, evidence: Evidence): PolicyTree {
  const read = isPinned(content) ? readPinned(content, evidence) : readFile(content, evidence);
  if (read.kind === 'unreadable') return read;
  const known = keys.map((file) => keysIn(file, evidence));
  const lost = known.find((one) => one.kind === 'unreadable' && !one.isLasting);
  if (lost?.kind === 'unreadable') return lost;
  const good = known.flatMap((one) => (one.kind === 'keys' ? one.keys : [])).filter((key) => goodAt === null || isGood(key, goodAt));
  if (good.length > 0) return { kind: 'bundle', bundle: { bundle: read.bytes, keys: good } };
  const [unusable] = known.flatMap((one) => (one.kind === 'unreadable' ? [one.why] : []));
  return { kind: 'unreadable', why: `no key is known by which it may be signed${unusable === undefined ? ': `keys` names no file there that has one' : `: ${unusable}`}`, isLasting: true };
}

function isPinned(content: BundleSource['content']): content is RequestOf<'pinned-bundle'> {
  return 'kind' in content;
}

function readPinned(request: RequestOf<'pinned-bundle'>, evidence: Evidence): { readonly kind: 'bytes'; readonly bytes: Uint8Array } | UnreadablePolicies {
  const answer = evidence.find(request);
  if (answer?.kind !== 'answered') return { kind: 'unreadable', why: `it could not be fetched: ${answer?.why ?? 'nobody asked for it'}`, isLasting: false };
  return answer.value.kind === 'bytes' ? answer.value : { kind: 'unreadable', why: `it can not be taken: ${answer.value.why}`, isLasting: true };
}

function readFile(file: PolicyPath, evidence: Evidence): ReturnType<typeof readPath> {
  return file.request === null ? { kind: 'unreadable', why: `no file stands at ${file.path}`, isLasting: true } : readPath(file, evidence);
}

/** One thing wrong in a file, and none of its keys counts. */
function keysIn(file: PolicyPath, evidence: Evidence): { readonly kind: 'keys'; readonly keys: readonly PublicKey[] } | UnreadablePolicies {
  const read = readPath(file, evidence);
  if (read.kind === 'unreadable') return read;
  const reading = readKeySet(read.bytes, file.path);
  return reading.kind === 'keys' ? reading : { kind: 'unreadable', why: `none of the keys in ${file.path} counts: ${reading.why}`, isLasting: true };
}

function isGood({ notAfter }: PublicKey, now: string): boolean {
  return notAfter === null || isBefore(now, notAfter);
}
