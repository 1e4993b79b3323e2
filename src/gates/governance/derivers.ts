import { configuredActions } from './configured-actions.ts';
import { dependencyDeriver } from './dependencies/dependency-deriver.ts';
import { sourceDeriver } from './dependencies/source-deriver.ts';
import type { Deriver } from './deriver.ts';
import { ownFileDeriver } from './own/own-file-deriver.ts';
import { requestDeriver } from './requests/request-deriver.ts';
import { secretDeriver } from './secrets/secret-deriver.ts';
import { waiverDeriver } from './waivers/waiver-deriver.ts';
import { workflowDeriver } from './workflow/workflow-deriver.ts';

/** Everything that turns a change into actions, beside what the contracts gate tells in its verdict. */
export const derivers: readonly Deriver[] = [configuredActions, workflowDeriver, dependencyDeriver, sourceDeriver, ownFileDeriver, requestDeriver, waiverDeriver, secretDeriver];
