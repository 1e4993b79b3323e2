import type { Answer, Evidence, RequestOf } from '../../../domain/evidence.ts';
import type { PolicyFile } from '../../../domain/policy/policy-file.ts';

/** One level's Rego at one commit. `isLasting`: asking again would not change that: it is no file, or too large. */
export type PolicyTree =
  | { readonly kind: 'files'; readonly files: readonly PolicyFile[] }
  | { readonly kind: 'unreadable'; readonly why: string; readonly isLasting: boolean };

/** A path among policies, and how its content is asked for; null: what stands there is no file. */
export interface PolicyPath {
  readonly path: string;
  readonly request: RequestOf<'blob'> | RequestOf<'organization-blob'> | null;
}

/** Null for no paths. Nothing of a tree is passed over: what can not be read may have been a rule. */
export function policyTree(paths: readonly PolicyPath[], evidence: Evidence): PolicyTree | null {
  if (paths.length === 0) return null;
  const files: PolicyFile[] = [];
  for (const { path, request } of paths) {
    if (request === null) return { kind: 'unreadable', why: `${path} could not be read: it is no file`, isLasting: true };
    const answer: Answer<'blob'> | Answer<'organization-blob'> | undefined = evidence.find(request);
    if (answer?.kind !== 'answered') return { kind: 'unreadable', why: `${path} could not be read: ${answer?.why ?? 'nobody asked for it'}`, isLasting: false };
    if (answer.value.kind === 'too-large') return { kind: 'unreadable', why: `${path} could not be read: it has ${answer.value.size} bytes`, isLasting: true };
    files.push({ path, bytes: answer.value.bytes });
  }
  return { kind: 'files', files };
}
