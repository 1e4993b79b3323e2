import { setFlagsFromString } from 'node:v8';
import { groundingSettings } from '../../domain/agent-evidence/grounding-settings.ts';
import type { Decision } from '../../domain/decision.ts';
import type { GateName } from '../../domain/gate-name.ts';
import type { Contributors } from '../../domain/people/contributor.ts';
import { kindOfLogin } from '../../domain/people/kind-of-login.ts';
import { namedAgents } from '../../domain/people/named-agents.ts';
import { agentStanding } from '../../domain/people/operators-of.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { SkippedRule } from '../../domain/verdict.ts';
import { buildRecord } from '../../flows/build-record.ts';
import { emptyRecord } from '../../flows/empty-record.ts';
import { judge } from '../../flows/judge.ts';
import type { Gate } from '../../gates/gate.ts';
import type { ObjectSource } from '../../flows/ports/object-source.ts';
import type { People, ReleaseReader } from '../../flows/ports/prober.ts';
import { localComparisons } from '../compose/local-comparisons.ts';
import { openLocalProbes } from '../compose/local-probes.ts';
import type { LocalSettings } from '../compose/local-probes.ts';
import { captureRange } from './capture-range.ts';
import type { Range, RangeToCapture } from './capture-range.ts';
import { contextPeople } from './context-people.ts';
import type { RangeSource } from './find-base.ts';
import type { LocalConfiguration } from './local-configuration.ts';
import { withOtherBranches } from './other-branches.ts';

export interface RangeToJudge extends LocalSettings, RangeToCapture {
  readonly directory: string;
  readonly gates: readonly GateName[];
  /** The gates of these names. */
  readonly asked: readonly Gate[];
  /** Whether an agent has a hand in it, whoever else the context knows. */
  readonly isByAgent?: boolean;
}

export interface JudgedRange {
  /** Top of the working tree. */
  readonly root: string;
  readonly decision: Decision;
  /** What is left to the App, and why. */
  readonly leftToApp: readonly SkippedRule[];
  /** Whether the configuration of the base asks agents for evidence, and nobody said whether one has a hand in the change. */
  readonly asksForHands: boolean;
  /** What was judged otherwise than the App would, and why. */
  readonly skipped: readonly SkippedRule[];
}

/** The App's own capture and gates over a repository on this disk. */
export async function judgeRange(wanted: RangeToJudge): Promise<JudgedRange> {
  const local = await openLocalProbes(wanted.directory, wanted);
  const { objects } = local;
  try {
    const { range, configuration, theirs, snapshot } = await captureRange(objects, wanted);
    if (asksOwnSchemas(snapshot)) local.prepareValidation();
    if (configuration.state.effective !== null && wanted.gates.includes('governance') && snapshot.files.some(({ changed }) => changed)) local.prepareGovernance();
    wanted.progress('Reading the history of releases');
    const others = withOtherBranches(await releasesOf(objects, range, configuration), { objects, range, configuration, organization: wanted.organization });
    wanted.progress('Judging');
    // What judging makes is garbage soon: the room for young objects, which the engine would go on to double, is enough by now.
    setFlagsFromString('--semi-space-growth-factor=1');
    const branch = { branch: range.base.branch, state: configuration.state, entry: configuration.entry };
    const sources = localComparisons({ repository: range.repository, objects, branch, releases: others.record, prober: local.recordProberFor(others.record), clock: { now: () => wanted.now } });
    const { decision } = await judge({ snapshot, prober: local.proberFor(others.record, peopleIn(wanted, objects, snapshot), theirs.source, sources), requiredGates: wanted.gates, gates: wanted.asked });
    return { root: objects.root, decision, asksForHands: wanted.gates.includes('hallucination') && wanted.isByAgent !== true && wanted.context === null && asksForEvidence(snapshot), leftToApp: [...(theirs.skipped === null ? [] : [theirs.skipped]), ...(local.hasLeftPackages() ? [{ rule: 'whether the packages that the change names exist', why: 'no registry is asked without --online' }] : [])], skipped: [...configuration.skipped, ...others.skipped()] };
  } finally {
    await local.close();
  }
}

function asksForEvidence({ configuration: { effective } }: Snapshot): boolean {
  return effective !== null && groundingSettings(effective) !== null;
}

function peopleIn({ context, now, isByAgent }: RangeToJudge, objects: Pick<RangeSource, 'commitHands'>, snapshot: Snapshot): People {
  const people = contextPeople(context, now, async () => (asksForEvidence(snapshot) ? agentsIn(await objects.commitHands(snapshot.base, snapshot.head), snapshot) : []));
  return isByAgent === true ? { ...people, contributors: async () => withAgent(await people.contributors()) } : people;
}

/** Accounts of people tell nothing of agents: whoever wrote a context vouches for who they are. */
function agentsIn(commits: Awaited<ReturnType<RangeSource['commitHands']>>, { configuration: { effective } }: Snapshot): readonly string[] {
  return namedAgents(commits.map(({ logins, agents }) => ({ agents: [...agents, ...logins.filter((login) => agentStanding(effective, [login], kindOfLogin(login) !== 'human') !== 'none')] })));
}

function withAgent({ people, unknown }: Contributors): Contributors {
  return { people: [...people, { login: 'agent[bot]', id: null, kind: 'agent', via: ['commit'] }], unknown };
}

/** Whether something will be held against a schema that stands in the repository. */
function asksOwnSchemas({ files, configuration }: Snapshot): boolean {
  const roles = new Set(files.flatMap((file) => (file.changed ? file.roles : [])));
  const hasOwn = configuration.effective?.contracts.some(({ schema }) => schema !== null && !schema.startsWith('builtin:')) === true;
  return roles.has('schema') || (hasOwn && roles.has('contract'));
}

async function releasesOf(objects: ObjectSource, range: Range, { entry, state, isPreview }: LocalConfiguration): Promise<ReleaseReader> {
  if (entry === null || isPreview) return emptyRecord;
  return await buildRecord({ objects, entry, tip: range.base.sha, defaultBranch: range.base.defaultBranch, configuration: state });
}
