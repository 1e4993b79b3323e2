import type { Fingerprint } from './fingerprint.ts';
import { targetSlug } from './target-slug.ts';

/** Generations of one fingerprint. */
export const mostGenerations = 999;

/** The branch of one generation of a remediation, without `refs/heads/`. @throws RangeError when the generation is none. */
export function branchName(target: string, fingerprint: Fingerprint, generation: number): string {
  if (!Number.isInteger(generation) || generation < 1 || generation > mostGenerations) throw new RangeError(`Cannot name a branch of generation ${generation}: expected 1 to ${mostGenerations}`);
  return `plumbline/${targetSlug(target)}/${fingerprintPrefix(fingerprint)}-g${generation}`;
}

/** What a branch of our form names. */
export interface NamedRemediation {
  /** With what its fingerprint begins, such as `sha256:0123456789abcdef`. */
  readonly prefix: string;
  readonly generation: number;
}

/** Null where it has another form. The slug says nothing: a target's spelling can change. */
export function readBranchName(branch: string): NamedRemediation | null {
  const [, prefix, generation] = form.exec(branch) ?? [];
  return prefix === undefined ? null : { prefix: `sha256:${prefix}`, generation: Number(generation) };
}

/** The generation of the fingerprint that a branch carries; null where it is not a branch of that fingerprint. */
export function generationOf(branch: string, fingerprint: Fingerprint): number | null {
  const named = readBranchName(branch);
  return named !== null && fingerprint.startsWith(named.prefix) ? named.generation : null;
}

/** Whether a branch has the form of ours, of whatever fingerprint. */
export function isRemediationBranch(branch: string): boolean {
  return form.test(branch);
}

const form = /^plumbline\/[a-z0-9]+(?:-[a-z0-9]+)*\/([0-9a-f]{16})-g([1-9]\d{0,2})$/;

function fingerprintPrefix(fingerprint: Fingerprint): string {
  return fingerprint.slice('sha256:'.length, 'sha256:'.length + 16);
}
