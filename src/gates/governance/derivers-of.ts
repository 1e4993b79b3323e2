import { configuredActions } from './configured-actions.ts';
import { dependencyDeriver } from './dependencies/dependency-deriver.ts';
import { sourceDeriver } from './dependencies/source-deriver.ts';
import type { ChangeToDerive, Deriver } from './deriver.ts';
import { ownFileDeriver } from './own/own-file-deriver.ts';
import { requestDeriver } from './requests/request-deriver.ts';
import { secretDeriver } from './secrets/secret-deriver.ts';
import { waiverDeriver } from './waivers/waiver-deriver.ts';
import { workflowDeriver } from './workflow/workflow-deriver.ts';

/**
 * Everything that turns a change into actions, beside what the contracts gate tells in its verdict. One that only mends what is broken at the base is held
 * as that, and takes no action, whatever the file that it brings back names; but a secret in it is one.
 */
export function deriversOf(change: ChangeToDerive): readonly Deriver[] {
  return isRepair(change) ? [secretDeriver] : all;
}

const all: readonly Deriver[] = [configuredActions, workflowDeriver, dependencyDeriver, sourceDeriver, ownFileDeriver, requestDeriver, waiverDeriver, secretDeriver];

function isRepair({ evidence }: ChangeToDerive): boolean {
  return (evidence.verdicts ?? []).some(({ gate, findings }) => gate === 'change' && findings.some(({ code }) => code === 'config/repair'));
}
