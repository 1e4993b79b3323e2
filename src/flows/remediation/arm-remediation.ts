import type { Sha } from '../../domain/tree.ts';
import { write } from './remediation-run.ts';
import type { RemediationRun } from './remediation-run.ts';

/** Lets GitHub merge it when everything required is green. That it can not be is said; the pull request stands all the same. */
export async function armRemediation(run: RemediationRun, number: number, head: Sha): Promise<string> {
  const armed = await write(run, () => run.github.armAutoMerge(number, head));
  switch (armed.kind) {
    case 'written':
      return 'armed';
    case 'moved':
      return 'moved';
    case 'refused':
      return armed.refusal.cause;
  }
}
