import { resolve } from 'node:path';
import { repositoryConfigurationPath } from '../../domain/configuration/configuration-paths.ts';
import { Failure } from '../../domain/failure.ts';
import { fullNameOf } from '../../domain/repository.ts';
import type { ConfigurationState } from '../../domain/snapshot.ts';
import type { Sha, Tree } from '../../domain/tree.ts';
import { buildRecord } from '../../flows/build-record.ts';
import { emptyRecord } from '../../flows/empty-record.ts';
import type { Prober } from '../../flows/ports/prober.ts';
import { openLocalRepository } from '../../probes/local-git/local-repository.ts';
import type { LocalRepository } from '../../probes/local-git/local-repository.ts';
import { createProber } from '../../probes/prober.ts';
import { createValidator } from '../../probes/schema-validation/schema-validator.ts';
import { findBase } from '../check/find-base.ts';
import type { Base } from '../check/find-base.ts';
import { localConfiguration } from '../check/local-configuration.ts';
import { repositoryOf } from '../check/repository-of.ts';
import { lateRecord } from '../compose/late-record.ts';
import { localBehaviors } from '../compose/local-behaviors.ts';
import { localComparisons } from '../compose/local-comparisons.ts';
import { readOrganizationConfiguration } from '../config/configuration-file.ts';
import type { Terminal } from '../terminal.ts';
import { typeAgain } from '../type-again.ts';

export interface SourceOptions {
  readonly repo: string;
  readonly allowLoopback?: boolean;
  readonly base?: string;
  readonly organization?: string;
}

/** Behaviours of one commit of a repository on this disk, and who asks their sources. */
export interface OpenBehaviors {
  readonly root: string;
  readonly tree: Tree;
  readonly configuration: ConfigurationState;
  readonly prober: Prober;
  close(): Promise<void>;
}

/**
 * @param side Whose behaviours: those of the base, or of the working tree.
 * @throws Failure USAGE without a configuration that is valid.
 */
export async function openBehaviors(terminal: Terminal, options: SourceOptions, side: 'base' | 'working tree'): Promise<OpenBehaviors> {
  const objects = await openLocalRepository(resolve(terminal.directory, options.repo));
  const validator = createValidator({ workers: 1, threads: terminal.threads });
  const close = async (): Promise<void> => void (await Promise.all([objects.close(), validator.close()]));
  try {
    const repository = await repositoryOf(objects);
    const base = await baseOf(terminal, objects, options, side);
    const change = { subject: { kind: 'range' }, author: 'unknown', title: '', draft: false, fork: false, baseBranch: base.branch } as const;
    const organization = options.organization === undefined ? null : await readOrganizationConfiguration(terminal.directory, options.organization);
    const { state, entry } = await localConfiguration(objects, { repository, change, base, head: base.sha }, organization);
    if (state.effective === null) throw new Failure('USAGE', `Cannot find behaviours: ${state.kind === 'none' ? `there is no ${repositoryConfigurationPath}` : `no valid ${repositoryConfigurationPath} is`} in the ${side}, expected one whose \`drift.behaviors\` names their files. Look with: plumbline config check`);
    const releases = entry === null ? emptyRecord : lateRecord(() => buildRecord({ objects, entry, tip: base.sha, defaultBranch: base.defaultBranch, configuration: state }));
    const comparisons = localComparisons({ repository, objects, branch: { branch: base.branch, state, entry }, releases, prober: createProber({ objects, releases, validator }), clock: terminal });
    const behaviors = localBehaviors(terminal, { repository: fullNameOf(repository), validator, allowsLoopback: options.allowLoopback === true, comparisons });
    const tree = await wholeTree(objects, base.sha);
    return { root: objects.root, tree, configuration: state, prober: createProber({ objects, releases: emptyRecord, validator, behaviors }), close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

async function wholeTree(objects: LocalRepository, commit: Sha): Promise<Tree> {
  const tree = await objects.tree(commit);
  if (!tree.complete) throw new Failure('SNAPSHOT_UNREADABLE', 'Cannot find behaviours: not all files of the commit could be listed, expected all.');
  return tree;
}

/** The working tree counts as the tip of the branch that it would be merged into. */
async function baseOf(terminal: Terminal, objects: LocalRepository, { base }: SourceOptions, side: 'base' | 'working tree'): Promise<Base> {
  if (side === 'base') return await findBase(objects, base ?? null, (name) => typeAgain(terminal, `--base ${name}`));
  const [sha, known] = await Promise.all([objects.worktreeCommit(), objects.defaultBase()]);
  const branch = known?.branch ?? 'main';
  return { sha, branch, defaultBranch: branch, defaultTip: sha };
}
