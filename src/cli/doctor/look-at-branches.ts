import { rollUpName } from '../../domain/check-name.ts';
import { mergeConfiguration } from '../../domain/configuration/merge-configuration.ts';
import { readConfiguration } from '../../domain/configuration/read-configuration.ts';
import type { BranchEntry } from '../../domain/configuration/configuration.ts';
import { inspectGitHub } from '../compose/inspect-github.ts';
import { findOrigin } from '../compose/local-probes.ts';
import { findConfigurationFile } from '../config/configuration-file.ts';
import { diagnosis } from './diagnosis.ts';
import type { Diagnosis } from './diagnosis.ts';
import { usableSettings } from './look-at-settings.ts';
import type { Patient } from './run-doctor.ts';

type RequiredCheck = (branch: string, name: string) => Promise<{ readonly required: boolean; readonly pinned: boolean }>;

/** Whether each branch that the configuration names requires our roll-up, from our App. Unless it does, anyone may merge past it. */
export async function lookAtBranches(patient: Patient): Promise<readonly Diagnosis[]> {
  if (usableSettings(patient.terminal) === null) return [diagnosis('branches', 'unknown', 'without valid settings GitHub was not asked what the branches require', 'Mend the settings first.')];
  const origin = await findOrigin(patient.directory);
  if (origin === null) return [diagnosis('branches', 'unknown', 'this is no clone of a repository on GitHub', 'Name one: plumbline doctor --repo <dir>')];
  const inspector = inspectGitHub(patient.terminal);
  const github = inspector.checks(await inspector.repository(origin.owner, origin.name));
  const entries = await entriesOf(patient.directory, await github.defaultBranch());
  const looks = entries.flatMap((entry) => entry.names.map(async (branch) => await lookAtBranch(entry, branch, github.requiredCheck)));
  return await Promise.all(looks);
}

async function lookAtBranch(entry: BranchEntry, branch: string, requiredCheck: RequiredCheck): Promise<Diagnosis> {
  const name = `branch ${branch}`;
  if (/[*?[\]{}\\]/.test(branch)) return diagnosis(name, 'unknown', 'a pattern: its branches were not asked about one by one', 'Require the check in a ruleset with the same pattern.');
  const check = rollUpName(entry);
  const { required, pinned } = await requiredCheck(branch, check);
  if (!required) return diagnosis(name, entry.require ? 'fail' : 'warn', `does not require the check "${check}"`, 'Require it in the rules of the branch.');
  return pinned ? diagnosis(name, 'ok', `requires "${check}" from this App`) : diagnosis(name, entry.require ? 'fail' : 'warn', `requires "${check}" from anyone`, 'Choose this App as the source of the check in the rules of the branch: otherwise anyone who may write statuses can post it.');
}

async function entriesOf(directory: string, defaultBranch: string): Promise<readonly BranchEntry[]> {
  const file = await findConfigurationFile(directory);
  const reading = file === null ? null : readConfiguration(file.bytes, file.path);
  const repository = reading?.kind === 'valid' ? reading.document : null;
  return mergeConfiguration({ organization: null, repository, defaultBranch }).configuration.branches;
}
