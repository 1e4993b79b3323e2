import { ruleOf } from '../finding-code.ts';
import type { Finding } from '../finding.ts';
import type { Electors } from '../held-item.ts';
import type { BoundItem } from './binding.ts';

/** A held finding as something to approve. One about no path rests on all that change. */
export function findingItem({ code, fingerprint, path, restsOn, found, expected }: Finding): BoundItem {
  return { scope: code, subject: fingerprint, paths: restsOn ?? (path === null ? [] : [path]), evidence: [found, expected] };
}

/** Tells a finding from every other one of a decision that people may release. */
export function keyOfFinding({ code, fingerprint }: Pick<Finding, 'code' | 'fingerprint'>): string {
  return `${code} ${fingerprint}`;
}

/** Whose word releases or rejects a held finding; null where its gate counts for itself. */
export function electorsOf({ code }: Pick<Finding, 'code'>): Exclude<Electors, 'root'> | null {
  if (code === 'config/missing' || code === 'config/repair') return 'admins';
  return ruleOf(code).releasedBy ?? null;
}
