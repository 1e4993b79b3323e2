import type { BranchEntry } from './configuration/configuration.ts';
import type { GateName } from './gate-name.ts';

/** The check to require: one per branch entry, with the bare name for the default branch. */
export function rollUpName(entry: Pick<BranchEntry, 'entry' | 'isDefault'>): string {
  return entry.isDefault ? 'plumbline' : `plumbline (${entry.entry})`;
}

export function gateCheckName(entry: Pick<BranchEntry, 'entry' | 'isDefault'>, gate: GateName): string {
  return `${rollUpName(entry)} / ${gate}`;
}

/** The one check that may be neutral: what a first configuration would do. */
export const previewName = 'plumbline / preview';
