import { compareVersions } from '../../domain/contract/version.ts';
import { contractSetsOf } from '../../domain/contract/contract-sets-of.ts';
import { layoutOf } from '../../domain/contract/layout-of.ts';
import { policyChecksumOf } from '../../domain/contract/policy-checksum.ts';
import { bytesOfText, textOfBytes } from '../../domain/document/edited-text.ts';
import { Failure } from '../../domain/failure.ts';
import type { Configuration } from '../../domain/configuration/configuration.ts';
import type { ContractFact, FactRequest, FileFact, PlaybookFacts, ReleasedVersion } from '../../domain/playbook/playbook-facts.ts';
import { contractIn } from '../../domain/playbook/standing-contract.ts';
import type { Release } from '../../domain/release.ts';
import type { Sha } from '../../domain/tree.ts';
import { policiesAt } from '../policies-at.ts';
import type { GitHubRepository } from '../ports/github-repository.ts';
import type { ObjectSource } from '../ports/object-source.ts';
import type { ReleaseReader } from '../ports/prober.ts';
import { commitFact, fileFactAt } from './file-fact.ts';
import { schemasOf } from './schemas-of.ts';

/** One commit of a base branch, from which a plan is made. */
export interface PlannedBase {
  readonly objects: ObjectSource & Pick<GitHubRepository, 'isAncestor'>;
  readonly commit: Sha;
  readonly configuration: Configuration;
  /** Name of the branch's entry. */
  readonly entry: string;
  readonly releases: ReleaseReader;
  /** The organisation's repository at its tip; null: there is none that can be read. */
  readonly organization: () => Promise<{ readonly objects: ObjectSource; readonly commit: Sha } | null>;
}

/**
 * One fact at that commit. @throws Failure SNAPSHOT_UNREADABLE where it can not be read whole: nothing is planned then.
 */
export async function readFact(base: PlannedBase, wanted: FactRequest): Promise<Partial<PlaybookFacts>> {
  const { objects, commit } = base;
  switch (wanted.kind) {
    case 'file':
      return { files: new Map([[wanted.path, await fileFactAt(objects, commit, wanted.path)]]) };
    case 'template':
      return { templates: new Map([[wanted.template, await templateFact(base, wanted.template)]]) };
    case 'contract':
      return { contracts: new Map([[wanted.path, await contractFact(base, wanted.path)]]) };
    case 'commit':
      return { commits: new Map([[wanted.commit, await commitFact(objects, wanted.commit, (one) => objects.isAncestor(one, commit))]]) };
  }
}

async function templateFact({ objects, commit, organization }: PlannedBase, template: string): Promise<FileFact> {
  if (!template.startsWith('org:')) return fileFactAt(objects, commit, template);
  const owner = await organization();
  if (owner === null) throw new Failure('SNAPSHOT_UNREADABLE', `Cannot read the template ${JSON.stringify(template.slice(0, 80))}: the organisation's repository .github can not be read`);
  return fileFactAt(owner.objects, owner.commit, template.slice('org:'.length));
}

async function contractFact(base: PlannedBase, path: string): Promise<ContractFact | null> {
  const { configuration, entry, releases, objects, commit } = base;
  const sets = contractSetsOf(configuration, path);
  const [set] = sets;
  if (set === undefined) return null;
  const state = await releases.recordState(entry);
  if (state.kind !== 'complete') throw new Failure('SNAPSHOT_UNREADABLE', `Cannot plan for ${JSON.stringify(path)}: the record of releases is ${state.kind}, expected it complete`);
  const fact = { fields: set.fields, layout: layoutOf(sets), isSigned: sets.some(({ signatures }) => signatures === 'required'), policyChecksum: policyChecksumOf(await policiesAt(objects, commit, configuration)), schemas: await schemasOf(sets, async (name) => bytesOf(await fileFactAt(objects, commit, name))) };
  const standing = await fileFactAt(objects, commit, path);
  const contract = standing.kind === 'file' ? contractIn(standing.text, path, fact) : null;
  const released = await releases.releasesAt(entry, [path]);
  const ids = new Set([...released.map(({ contractId }) => contractId), ...(contract === null ? [] : [contract.contractId])]);
  const { own } = await releases.releases(entry, [...ids]);
  return { ...fact, releases: (await Promise.all(own.map((release) => releasedVersion(objects, release)))).toSorted((a, b) => compareVersions(a.version, b.version)) };
}

function bytesOf(fact: FileFact): Uint8Array | null {
  return fact.kind === 'file' ? bytesOfText(fact.text) : null;
}

async function releasedVersion(objects: ObjectSource, release: Release): Promise<ReleasedVersion> {
  const content = (await objects.blobs([{ blob: release.blob, size: null }])).get(release.blob);
  if (content?.kind !== 'bytes') throw new Failure('SNAPSHOT_UNREADABLE', `Cannot read what was released as ${release.contractId} ${release.version}: it is over the limit of one file`);
  return { ...release, text: textOfBytes(content.bytes) };
}
