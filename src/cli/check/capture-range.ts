import { engine } from '../../config/engine.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { Change, Snapshot } from '../../domain/snapshot.ts';
import type { Sha } from '../../domain/tree.ts';
import { captureSnapshot } from '../../flows/capture-snapshot.ts';
import type { ObjectSource } from '../../flows/ports/object-source.ts';
import type { OrganizationFolder } from '../config/configuration-file.ts';
import type { CheckContext } from './check-context.ts';
import { findBase } from './find-base.ts';
import type { Base, RangeSource } from './find-base.ts';
import { localConfiguration } from './local-configuration.ts';
import type { LocalConfiguration } from './local-configuration.ts';
import { withOrganizationFiles } from './organization-files.ts';
import { repositoryOf } from './repository-of.ts';

export interface RangeToCapture {
  readonly base: string | null;
  /** Null: the working tree. */
  readonly head: string | null;
  readonly context: CheckContext | null;
  readonly organization: OrganizationFolder | null;
  readonly now: Date;
  readonly progress: (text: string) => void;
  /** The command that was typed, with a name for the base. */
  readonly again: (name: string) => string;
}

export interface CapturedRange {
  readonly range: Range;
  readonly configuration: LocalConfiguration;
  /** What the organisation's configuration names. */
  readonly theirs: Awaited<ReturnType<typeof withOrganizationFiles>>;
  readonly snapshot: Snapshot;
}

/** The App's own capture over a repository on this disk. */
export async function captureRange(objects: ObjectSource & RangeSource, wanted: RangeToCapture): Promise<CapturedRange> {
  const range = await rangeOf(objects, wanted);
  readAhead(objects, range);
  wanted.progress('Reading the configuration');
  const own = await localConfiguration(objects, range, wanted.organization);
  const theirs = await withOrganizationFiles(own.state, wanted.organization?.folder ?? null);
  const configuration = { ...own, state: theirs.state };
  wanted.progress('Reading the change');
  const snapshot = await captureSnapshot({ engine, now: wanted.now, objects, ...range, entry: configuration.entry, configuration: configuration.state, base: range.base.sha });
  return { range, configuration, theirs, snapshot };
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

async function rangeOf(objects: RangeSource, wanted: RangeToCapture): Promise<Range> {
  const named = wanted.head === null ? null : objects.resolve(wanted.head);
  // Where nothing is committed there is no head either, and what to do is said of the base.
  named?.catch(() => undefined);
  const [base, repository] = await Promise.all([findBase(objects, wanted.base, wanted.again), repositoryOf(objects)]);
  const head = (await named) ?? (await objects.worktreeCommit());
  const { context } = wanted;
  const change = { subject: { kind: 'range' }, author: context?.author.login ?? 'unknown', title: context?.title ?? '', ...(context?.body === undefined || context.body === '' ? {} : { body: context.body }), draft: false, fork: context?.fork ?? false, baseBranch: base.branch } as const;
  return { repository, change, base, head };
}
