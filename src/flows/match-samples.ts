import type { Behavior } from '../domain/behavior/behavior.ts';
import type { GithubActionsSource } from '../domain/behavior/behavior-source.ts';
import { Failure } from '../domain/failure.ts';
import { quoted } from '../domain/finding.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { StartedWorkflow } from '../domain/sample/started-workflow.ts';
import type { SentSamples } from '../domain/sample/read-samples.ts';
import { callerPath, isNamed, objectionToOrigin } from '../domain/sample/sample-origin.ts';
import type { SampleOrigin } from '../domain/sample/sample-origin.ts';
import type { Sha } from '../domain/tree.ts';
import { behaviorsAt } from './behaviors-at.ts';
import { captureConfiguration } from './capture-configuration.ts';
import type { ConfigurationPorts } from './capture-configuration.ts';
import type { GitHubRepository } from './ports/github-repository.ts';
import type { SampledBase } from './sampled-bases.ts';

export interface SamplesToMatch {
  readonly samples: Pick<SentSamples, 'behavior' | 'head'>;
  readonly origin: SampleOrigin;
}

/** What was started, beside what stands there; null: nothing. */
export interface SampleCaller extends StartedWorkflow {
  readonly atBase: Sha | null;
  readonly atHead: Sha | null;
}

/** Whether samples are what the behaviour of a base asks for. `maxAge`: milliseconds for which they count there. */
export type MatchedSamples =
  | { readonly kind: 'match'; readonly base: SampledBase; readonly source: GithubActionsSource; readonly maxAge: number; readonly caller: SampleCaller | null }
  | { readonly kind: 'objection'; readonly reason: 'unknown_behavior' | 'other_workflow' | 'other_commit'; readonly why: string };

/**
 * Compares samples with what the base asks for: a behaviour that it has, the workflow that this one names, and a run on the head, alone or
 * as GitHub itself merged it into this base. What ran is told by the token alone, and by the commits that it names.
 * @throws Failure where GitHub, the store or the configuration does not tell.
 */
export async function matchSamples(ports: ConfigurationPorts, base: SampledBase, { samples, origin }: SamplesToMatch): Promise<MatchedSamples> {
  const github = ports.github.repository(base.repository);
  const tip = base.commit ?? (await github.branchTip(base.branch));
  const behavior = tip === null ? null : await behaviorAt(ports, base, { github, tip, name: samples.behavior });
  if (tip === null || behavior === null || behavior.source.kind !== 'github-actions') return objection('unknown_behavior', `${quoted(base.branch)} has no behaviour ${quoted(samples.behavior)} of the scope change with the source github-actions, expected one. What a change adds is measured once it is merged.`);
  const { source, maxAge } = behavior;
  const other = objectionToOrigin(source, origin);
  if (other !== null) return objection('other_workflow', `they are ${other}.`);
  if (!(await isOfHead(github, base, { tip, head: samples.head, origin }))) return objection('other_commit', `the run is of ${origin.commit} on ${origin.ref}, expected the head ${samples.head} or GitHub's test merge of it into ${quoted(base.branch)}. Start the workflow by pull_request, push or merge_group.`);
  if (isNamed(source, origin.workflow)) return { kind: 'match', base, source, maxAge, caller: null };
  const caller = await callerOf(github, fullNameOf(base.repository), { tip, head: samples.head, origin });
  return caller === null ? objection('other_workflow', `they were started by ${quoted(origin.workflow)}, expected a workflow of this repository.`) : { kind: 'match', base, source, maxAge, caller };
}

function objection(reason: Extract<MatchedSamples, { kind: 'objection' }>['reason'], why: string): MatchedSamples {
  return { kind: 'objection', reason, why };
}

interface Sought {
  readonly github: GitHubRepository;
  readonly tip: Sha;
  readonly name: string;
}

/** Null: the branch is not governed, or has no behaviour of the name that decides about changes. */
async function behaviorAt(ports: ConfigurationPorts, { repository, branch }: SampledBase, { github, tip, name }: Sought): Promise<Behavior | null> {
  const { state, entry } = await captureConfiguration(ports, { repository, github, commit: tip, branch, defaultBranch: await github.defaultBranch() });
  if (state.kind === 'unusable') throw new Failure('SNAPSHOT_UNREADABLE', `Cannot tell which behaviours ${fullNameOf(repository)} has: no valid configuration of it can be read`);
  if (entry === null || state.effective === null) return null;
  const known = (await behaviorsAt(github, tip, state.effective)).flatMap((at) => (at.kind === 'behavior' ? [at.behavior] : []));
  return known.find((one) => one.name === name && one.scope === 'change') ?? null;
}

interface RunOfHead {
  readonly tip: Sha;
  readonly head: Sha;
  readonly origin: SampleOrigin;
}

/** Whether the code that ran was that of the head: alone, or merged by GitHub with what this base is or was. Who may push another base could run any workflow on that. */
async function isOfHead(github: GitHubRepository, { pullRequests }: SampledBase, { tip, head, origin: { commit, ref } }: RunOfHead): Promise<boolean> {
  if (commit === head) return true;
  const number = /^refs\/pull\/(\d{1,15})\/merge$/.exec(ref)?.[1];
  if (number === undefined || !pullRequests.includes(Number(number))) return false;
  const [onto, merged, ...more] = (await github.parentsOf(commit)) ?? [];
  return onto !== undefined && merged === head && more.length === 0 && (onto === tip || (await github.isAncestor(onto, tip)));
}

/** Null: none of this repository, or none that is there. */
async function callerOf(github: GitHubRepository, repository: string, { tip, head, origin }: RunOfHead): Promise<SampleCaller | null> {
  const path = callerPath(origin, repository);
  if (path === null) return null;
  const [ran, atBase, atHead] = (await github.namesAt([origin.commit, tip, head].map((commit) => ({ commit, path })))).map((found) => (found?.kind === 'blob' ? found.name : null));
  return ran === undefined || ran === null ? null : { path, blob: ran, atBase: atBase ?? null, atHead: atHead ?? null };
}
