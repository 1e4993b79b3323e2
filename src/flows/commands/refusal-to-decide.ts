import { approversOf } from '../../domain/approval/approver-groups.ts';
import type { CommandRefusal } from '../../domain/command/command-outcome.ts';
import type { Configuration } from '../../domain/configuration/configuration.ts';
import { isSamePerson } from '../../domain/people/is-same-person.ts';
import { isAgent, operatorsOf } from '../../domain/people/operators-of.ts';
import { captureConfiguration } from '../capture-configuration.ts';
import { peopleOf } from '../people-of.ts';
import { belongsNow } from './belongs-now.ts';
import type { CommandRun } from './command-run.ts';

/** Who asks, and where. */
export type Asker = Pick<CommandRun, 'ports' | 'github' | 'repository' | 'askedBy'>;

/** Why whoever asks may not decide about these pull requests at this moment: approvers may, who have no hand in any of them. Null: they may. */
export async function refusalToDecide(asker: Asker, numbers: readonly number[]): Promise<CommandRefusal | null> {
  const configuration = await configurationNow(asker);
  if (configuration === undefined) return { kind: 'role_unreadable' };
  const belongs = await belongsNow(asker, [...approversOf(configuration, 'tier2'), ...approversOf(configuration, 'tier3')]);
  if (belongs !== 'yes') return belongs === 'no' ? { kind: 'not_approver', from: ['tier2', 'tier3'] } : { kind: 'role_unreadable' };
  if (isAgent(configuration, asker.askedBy.login)) return { kind: 'contributor' };
  for (const number of numbers) {
    const refusal = await refusalByHands(asker, configuration, number);
    if (refusal !== null) return refusal;
  }
  return null;
}

/** Undefined: the default branch has no tip. */
async function configurationNow({ ports, github, repository }: Asker): Promise<Configuration | null | undefined> {
  const branch = await github.defaultBranch();
  const commit = await github.branchTip(branch);
  if (commit === null) return undefined;
  return (await captureConfiguration(ports, { repository, github, commit, branch, defaultBranch: branch })).state.effective;
}

/** As the gate tells whose hands are in a change, those of an agent's operators too. Where others may be in it, nobody's word counts. */
async function refusalByHands(asker: Asker, configuration: Configuration | null, number: number): Promise<CommandRefusal | null> {
  const { ports, github, repository, askedBy } = asker;
  const facts = await github.pullRequest(number);
  if (facts === null) return { kind: 'not_ours', number };
  const { people, named, unknown } = await peopleOf(ports, github, { repository, members: [facts], reviews: false, isGroup: false }).contributors();
  if (people.some((one) => isSamePerson(one, askedBy))) return { kind: 'contributor' };
  const operators = operatorsOf(configuration, { people, ...(named === undefined ? {} : { named }) });
  if (operators.length > 0 && (await belongsNow(asker, operators)) !== 'no') return { kind: 'contributor' };
  return unknown === null ? null : { kind: 'hands_unknown', number };
}
