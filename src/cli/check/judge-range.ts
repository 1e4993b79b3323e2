import { setFlagsFromString } from 'node:v8';
import { engine } from '../../config/engine.ts';
import type { Decision } from '../../domain/decision.ts';
import type { GateName } from '../../domain/gate-name.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { Change, Snapshot } from '../../domain/snapshot.ts';
import type { Sha } from '../../domain/tree.ts';
import type { SkippedRule } from '../../domain/verdict.ts';
import { buildRecord } from '../../flows/build-record.ts';
import { captureSnapshot } from '../../flows/capture-snapshot.ts';
import { emptyRecord } from '../../flows/empty-record.ts';
import { judge } from '../../flows/judge.ts';
import type { Gate } from '../../gates/gate.ts';
import type { ObjectSource } from '../../flows/ports/object-source.ts';
import type { ReleaseReader } from '../../flows/ports/prober.ts';
import { localComparisons } from '../compose/local-comparisons.ts';
import { openLocalProbes } from '../compose/local-probes.ts';
import type { LocalSettings } from '../compose/local-probes.ts';
import type { OrganizationFolder } from '../config/configuration-file.ts';
import type { CheckContext } from './check-context.ts';
import { contextPeople } from './context-people.ts';
import { localConfiguration } from './local-configuration.ts';
import type { LocalConfiguration } from './local-configuration.ts';
import { findBase } from './find-base.ts';
import type { Base, RangeSource } from './find-base.ts';
import { withOrganizationFiles } from './organization-files.ts';
import { withOtherBranches } from './other-branches.ts';
import { repositoryOf } from './repository-of.ts';

export interface RangeToJudge extends LocalSettings {
  readonly directory: string;
  readonly base: string | null;
  /** Null: the working tree. */
  readonly head: string | null;
  readonly context: CheckContext | null;
  readonly organization: OrganizationFolder | null;
  readonly gates: readonly GateName[];
  /** The gates of these names. */
  readonly asked: readonly Gate[];
  readonly now: Date;
  readonly progress: (text: string) => void;
  /** The command that was typed, with a name for the base. */
  readonly again: (name: string) => string;
}

export interface JudgedRange {
  /** Top of the working tree. */
  readonly root: string;
  readonly decision: Decision;
  /** What is left to the App, and why. */
  readonly leftToApp: readonly SkippedRule[];
  /** What was judged otherwise than the App would, and why. */
  readonly skipped: readonly SkippedRule[];
}

/** The App's own capture and gates over a repository on this disk. */
export async function judgeRange(wanted: RangeToJudge): Promise<JudgedRange> {
  const local = await openLocalProbes(wanted.directory, wanted);
  const { objects } = local;
  try {
    const range = await rangeOf(objects, wanted);
    readAhead(objects, range);
    wanted.progress('Reading the configuration');
    const own = await localConfiguration(objects, range, wanted.organization);
    const theirs = await withOrganizationFiles(own.state, wanted.organization?.folder ?? null);
    const configuration = { ...own, state: theirs.state };
    wanted.progress('Reading the change');
    const snapshot = await captureSnapshot({ engine, now: wanted.now, objects, ...range, entry: configuration.entry, configuration: configuration.state, base: range.base.sha });
    if (asksOwnSchemas(snapshot)) local.prepareValidation();
    if (configuration.state.effective !== null && wanted.gates.includes('governance') && snapshot.files.some(({ changed }) => changed)) local.prepareGovernance();
    wanted.progress('Reading the history of releases');
    const others = withOtherBranches(await releasesOf(objects, range, configuration), { objects, range, configuration, organization: wanted.organization });
    wanted.progress('Judging');
    // What judging makes is garbage soon: the room for young objects, which the engine would go on to double, is enough by now.
    setFlagsFromString('--semi-space-growth-factor=1');
    const branch = { branch: range.base.branch, state: configuration.state, entry: configuration.entry };
    const sources = localComparisons({ repository: range.repository, objects, branch, releases: others.record, prober: local.recordProberFor(others.record), clock: { now: () => wanted.now } });
    const { decision } = await judge({ snapshot, prober: local.proberFor(others.record, contextPeople(wanted.context, wanted.now), theirs.source, sources), requiredGates: wanted.gates, gates: wanted.asked });
    return { root: objects.root, decision, leftToApp: [...(theirs.skipped === null ? [] : [theirs.skipped]), ...(local.hasLeftPackages() ? [{ rule: 'whether the packages that the change names exist', why: 'no registry is asked without --online' }] : [])], skipped: [...configuration.skipped, ...others.skipped()] };
  } finally {
    await local.close();
  }
}

/** Whether something will be held against a schema that stands in the repository. */
function asksOwnSchemas({ files, configuration }: Snapshot): boolean {
  const roles = new Set(files.flatMap((file) => (file.changed ? file.roles : [])));
  const hasOwn = configuration.effective?.contracts.some(({ schema }) => schema !== null && !schema.startsWith('builtin:')) === true;
  return roles.has('schema') || (hasOwn && roles.has('contract'));
}

/** Both trees are wanted whatever the configuration says. What goes wrong shows when they are asked for. */
function readAhead(objects: ObjectSource, { base, head }: Range): void {
  for (const commit of [base.sha, head]) objects.tree(commit).catch(() => undefined);
}

export interface Range {
  readonly repository: RepositoryRef;
  readonly change: Change;
  readonly base: Base;
  readonly head: Sha;
}

async function rangeOf(objects: RangeSource, wanted: RangeToJudge): Promise<Range> {
  const named = wanted.head === null ? null : objects.resolve(wanted.head);
  // Where nothing is committed there is no head either, and what to do is said of the base.
  named?.catch(() => undefined);
  const [base, repository] = await Promise.all([findBase(objects, wanted.base, wanted.again), repositoryOf(objects)]);
  const head = (await named) ?? (await objects.worktreeCommit());
  const { context } = wanted;
  const change = { subject: { kind: 'range' }, author: context?.author.login ?? 'unknown', title: context?.title ?? '', draft: false, fork: context?.fork ?? false, baseBranch: base.branch } as const;
  return { repository, change, base, head };
}

async function releasesOf(objects: ObjectSource, range: Range, { entry, state, isPreview }: LocalConfiguration): Promise<ReleaseReader> {
  if (entry === null || isPreview) return emptyRecord;
  return await buildRecord({ objects, entry, tip: range.base.sha, defaultBranch: range.base.defaultBranch, configuration: state });
}
