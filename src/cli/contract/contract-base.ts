import { resolve } from 'node:path';
import { repositoryConfigurationPath } from '../../domain/configuration/configuration-paths.ts';
import type { BranchEntry, Configuration, ContractSet } from '../../domain/configuration/configuration.ts';
import type { Contract } from '../../domain/contract/contract.ts';
import { contractSetsOf } from '../../domain/contract/contract-sets-of.ts';
import { layoutOf } from '../../domain/contract/layout-of.ts';
import { compareVersions } from '../../domain/contract/version.ts';
import { Failure } from '../../domain/failure.ts';
import type { Release } from '../../domain/release.ts';
import type { ConfigurationState } from '../../domain/snapshot.ts';
import type { Sha } from '../../domain/tree.ts';
import { buildRecord } from '../../flows/build-record.ts';
import { versionAt } from '../../flows/configuration-at.ts';
import { emptyRecord } from '../../flows/empty-record.ts';
import type { ReleaseReader } from '../../flows/ports/prober.ts';
import { likelyRecord } from '../../gates/contract/likely-record.ts';
import { openLocalRepository } from '../../probes/local-git/local-repository.ts';
import type { LocalRepository } from '../../probes/local-git/local-repository.ts';
import { findBase } from '../check/find-base.ts';
import type { Base } from '../check/find-base.ts';
import { localConfiguration } from '../check/local-configuration.ts';
import { standingAt } from '../check/standing.ts';
import type { Standing } from '../check/standing.ts';
import { repoWords } from '../repo-option.ts';
import type { Terminal } from '../terminal.ts';
import { typeAgain } from '../type-again.ts';
import { rangeAtBase } from './range-at-base.ts';
import { readContractFile } from './read-contract-file.ts';
import { standingContracts } from './standing-contracts.ts';
import type { WorkingPlace } from './working-file.ts';

/** Where an authoring command works: the repository on this disk, and what its base has released. */
export interface ContractBase extends WorkingPlace {
  readonly objects: LocalRepository;
  /** Where the commands that it names are typed. */
  readonly standing: Standing;
  readonly base: Base;
  readonly configuration: Configuration;
  readonly state: ConfigurationState;
  readonly entry: BranchEntry;
  readonly record: ReleaseReader;
  /** The set that says where the fields of a path stand. @throws Failure USAGE for a path that none governs. */
  setFor(path: string): ContractSet;
  setsFor(path: string): readonly ContractSet[];
  layoutFor(path: string): ContractSet['layout'];
  /** Releases of an id, lowest version first, as the gate takes them where git alone is not certain. */
  releasesOf(contractId: string): Promise<readonly Release[]>;
  /** The bytes at a path of the base; null where there is no file. */
  bytesAtBase(path: string): Promise<Uint8Array | null>;
  /** The contract at a path of the base; null where none can be read, or no set governs it. */
  contractAtBase(path: string): Promise<Contract | null>;
  bytesOf(release: Release): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface BaseOptions {
  readonly repo: string;
  readonly base?: string;
}

/** As `plumbline check` finds them: the same base, the same configuration, the same record. */
export async function openContractBase(terminal: Terminal, { repo, base: ref }: BaseOptions): Promise<ContractBase> {
  const directory = resolve(terminal.directory, repo);
  const objects = await openLocalRepository(directory);
  try {
    const base = await findBase(objects, ref ?? null, (name) => typeAgain(terminal, `--base ${name}`));
    const range = await rangeAtBase(objects, base, await headFor(objects, base));
    const { state, entry, isPreview } = await localConfiguration(objects, range, null);
    if (state.effective === null) throw ungoverned(objects, 'there is no valid configuration', `one that names its contracts. Write one with: plumbline init${repoWords(repo)}`);
    if (entry === null) throw ungoverned(objects, `no entry of the configuration names the branch ${base.branch}`, 'one that does. Name a governed branch with --base <ref>');
    const record = isPreview ? emptyRecord : await buildRecord({ objects, entry, tip: base.sha, defaultBranch: base.defaultBranch, configuration: state });
    const standing = await standingAt(terminal, { repo, ...(ref === undefined ? {} : { base: ref }) }, objects.root);
    return { ...reader({ directory, repo, objects, standing, base, configuration: state.effective, entry, record }), state };
  } catch (error) {
    await objects.close();
    throw error;
  }
}

function ungoverned({ root }: LocalRepository, found: string, expected: string): Failure {
  return new Failure('USAGE', `Cannot work on contracts of ${JSON.stringify(root)}: ${found}, expected ${expected}`);
}

/** Only where the base has no configuration the working tree's own one may count: then, and only then, all of it is read. */
async function headFor(objects: LocalRepository, base: Base): Promise<Sha> {
  const own = await versionAt(objects, base.defaultTip, repositoryConfigurationPath);
  return own.bytes === null ? await objects.worktreeCommit() : base.sha;
}

type Parts = Pick<ContractBase, 'directory' | 'repo' | 'objects' | 'standing' | 'base' | 'configuration' | 'entry' | 'record'>;

function reader(parts: Parts): Omit<ContractBase, 'state'> {
  const { repo, objects, base, configuration, entry, record } = parts;
  const setsFor = (path: string): readonly ContractSet[] => contractSetsOf(configuration, path);
  const bytesAtBase = async (path: string): Promise<Uint8Array | null> => (await versionAt(objects, base.sha, path)).bytes;
  let contracts: Promise<readonly Contract[]> | null = null;
  return {
    ...parts,
    root: objects.root,
    setsFor,
    layoutFor: (path) => layoutOf(setsFor(path)),
    setFor(path) {
      const [set] = setsFor(path);
      if (set === undefined) throw new Failure('USAGE', `Cannot work on ${JSON.stringify(path)}: no contract set of the configuration covers it, expected a governed path. See what is governed: plumbline config show${repoWords(repo)}`);
      return set;
    },
    releasesOf: async (contractId) => {
      const { own, unsure, rivals } = await record.releases(entry.entry, [contractId]);
      const newest = own.toSorted((a, b) => compareVersions(a.version, b.version)).at(-1);
      const isCertain = newest === undefined || !unsure.includes(newest);
      const atBase = isCertain ? [] : (await (contracts ??= standingContracts(objects, base.sha, configuration))).filter((one) => one.contractId === contractId);
      return likelyRecord({ own, unsure: isCertain ? [] : unsure.map(({ version }) => version), rivals }, { atBase, inResult: [], layoutOf: (path) => layoutOf(setsFor(path)) }).releases;
    },
    bytesAtBase,
    contractAtBase: async (path) => {
      const [set] = setsFor(path);
      const bytes = set === undefined ? null : await bytesAtBase(path);
      const reading = set === undefined || bytes === null ? null : readContractFile(bytes, path, path, set);
      return reading?.kind === 'contract' ? reading.contract : null;
    },
    bytesOf: async ({ blob, contractId, version }) => await bytesOfBlob(objects, blob, `${contractId} ${version}`),
    close: async () => await objects.close(),
  };
}

/** The content of a blob. @throws Failure SNAPSHOT_UNREADABLE over the size limit. */
export async function bytesOfBlob(objects: LocalRepository, blob: Sha, name: string): Promise<Uint8Array> {
  const content = (await objects.blobs([{ blob, size: null }])).get(blob);
  if (content?.kind === 'bytes') return content.bytes;
  throw new Failure('SNAPSHOT_UNREADABLE', `Cannot read ${JSON.stringify(name.slice(0, 80))}: its file is over the size limit, expected a contract.`);
}
