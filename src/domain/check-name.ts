import type { BranchEntry } from './configuration/configuration.ts';
import { gateNames } from './gate-name.ts';
import type { GateName } from './gate-name.ts';

/** The check to require: one per branch entry, with the bare name for the default branch. */
export function rollUpName(entry: Pick<BranchEntry, 'entry' | 'isDefault'>): string {
  return entry.isDefault ? 'plumbline' : `plumbline (${entry.entry})`;
}

export function gateCheckName(entry: Pick<BranchEntry, 'entry' | 'isDefault'>, gate: GateName): string {
  return besideRollUp(rollUpName(entry), gate);
}

/** Of the same branch entry as a roll-up. */
export function besideRollUp(rollUp: string, gate: GateName): string {
  return `${rollUp} / ${gate}`;
}

/** The one check that may be neutral: what a first configuration would do. */
export const previewName = 'plumbline / preview';

/** Whether a check of ours is a roll-up, not the check of one gate and not a preview. */
export function isRollUpName(name: string): boolean {
  return name !== previewName && !gateNames.some((gate) => name.endsWith(` / ${gate}`));
}
