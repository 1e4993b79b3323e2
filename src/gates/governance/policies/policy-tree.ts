import type { Answer } from '../../../domain/probe-answer.ts';
import type { Evidence } from '../../../domain/evidence.ts';
import type { RequestOf } from '../../../domain/probe-request.ts';
import type { PolicyFile } from '../../../domain/policy/policy-file.ts';
import type { SignedBundle } from '../../../domain/policy/signed-bundle.ts';

/** One level's policies at one commit. `isLasting`: asking again would not change that: it is no file, or too large. */
export type PolicyTree =
  | { readonly kind: 'files'; readonly files: readonly PolicyFile[] }
  | { readonly kind: 'bundle'; readonly bundle: SignedBundle }
  | UnreadablePolicies;

export interface UnreadablePolicies {
  readonly kind: 'unreadable';
  readonly why: string;
  readonly isLasting: boolean;
}

/** How the content of a path is asked for. */
export type ContentRequest = RequestOf<'blob'> | RequestOf<'organization-blob'> | RequestOf<'file-at'>;

/** A path among policies, and how its content is asked for; null: what stands there is no file. */
export interface PolicyPath {
  readonly path: string;
  readonly request: ContentRequest | null;
}

/** Null for no paths. Nothing of a tree is passed over: what can not be read may have been a rule. */
export function policyTree(paths: readonly PolicyPath[], evidence: Evidence): PolicyTree | null {
  if (paths.length === 0) return null;
  const files: PolicyFile[] = [];
  for (const one of paths) {
    const read = readPath(one, evidence);
    if (read.kind === 'unreadable') return read;
    files.push({ path: one.path, bytes: read.bytes });
  }
  return { kind: 'files', files };
}

export function readPath({ path, request }: PolicyPath, evidence: Evidence): { readonly kind: 'bytes'; readonly bytes: Uint8Array } | UnreadablePolicies {
  const unreadable = (why: string, isLasting: boolean): UnreadablePolicies => ({ kind: 'unreadable', why: `${path} could not be read: ${why}`, isLasting });
  if (request === null) return unreadable('it is no file', true);
  const answer: Answer<'blob'> | Answer<'organization-blob'> | Answer<'file-at'> | undefined = evidence.find(request);
  if (answer?.kind !== 'answered') return unreadable(answer?.why ?? 'nobody asked for it', false);
  const { value } = answer;
  if (value.kind === 'bytes') return value;
  return unreadable(value.kind === 'no-file' ? 'no file stands there' : `it has ${value.size} bytes`, true);
}
