import { organizationConfigurationPath, repositoryConfigurationPath } from '../../domain/configuration/configuration-paths.ts';
import type { Configuration } from '../../domain/configuration/configuration.ts';
import { organizationFilesOf } from '../../domain/configuration/organization-files.ts';
import { ownKindsOf } from '../../domain/configuration/own-kinds.ts';
import { documentIn, readDocumentSide } from '../../domain/document/document-side.ts';
import { organizationRequest, readOrganizationFile, sideRequest } from '../../domain/document/read-side.ts';
import { Evidence } from '../../domain/evidence.ts';
import type { GrantedEntry } from '../../domain/leftover/whitelist-leftovers.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { ConfigurationState } from '../../domain/snapshot.ts';
import type { Tree } from '../../domain/tree.ts';
import type { Waiver } from '../../domain/waiver/waiver.ts';
import { grantOf, ownerOf } from '../../domain/whitelist/grant-of.ts';
import { whitelistOf } from '../../domain/whitelist/whitelist-entry.ts';
import { waiversIn } from '../../gates/governance/waivers/waiver-files.ts';
import type { WaiverSide } from '../../gates/governance/waivers/waiver-files.ts';
import type { Prober } from '../ports/prober.ts';

/** All that one owner permits: a repository by its default branch, or the organisation. */
export interface Grants {
  /** Null: the organisation. */
  readonly repositoryId: number | null;
  /** Of the configuration in which the entries stand. */
  readonly path: string;
  readonly entries: readonly GrantedEntry[];
  /** By the path of their file, null where what it says is not known: it could not be read, or is not valid. Null: which files there are is not known. */
  readonly waivers: ReadonlyMap<string, readonly Waiver[] | null> | null;
}

export interface GrantsToRead {
  readonly repository: RepositoryRef;
  /** Whole, of the default branch. */
  readonly tree: Tree;
  /** In force there, and known: never `unusable`. */
  readonly configuration: ConfigurationState;
  readonly prober: Prober;
}

/** What the configuration in force permits whom, of each that has a say in it. */
export async function readGrants(wanted: GrantsToRead): Promise<readonly Grants[]> {
  const { repository, configuration } = wanted;
  const all = whitelistOf({ configuration, isOwnRoot: repository.account.kind === 'user' }).map((entry) => ({ entry, owner: ownerOf(entry, repository), grant: grantOf(entry, repository) }));
  const [own, above] = await readWaivers(wanted);
  const of = (repositoryId: number | null): readonly GrantedEntry[] => all.filter(({ owner }) => owner === repositoryId);
  const ours: Grants = { repositoryId: repository.id, path: repositoryConfigurationPath, entries: of(repository.id), waivers: own };
  return repository.account.kind === 'user' ? [ours] : [{ repositoryId: null, path: organizationConfigurationPath, entries: of(null), waivers: above }, ours];
}

type WaiversByPath = Grants['waivers'];

/** Those of the repository, and those of the organisation. */
async function readWaivers({ tree, configuration, prober }: GrantsToRead): Promise<readonly [WaiversByPath, WaiversByPath]> {
  const own = configuration.effective === null ? [] : waiverFilesIn(tree, configuration.effective);
  const above = organizationFilesOf(configuration.organizationFiles, 'waivers');
  const files = above.kind === 'files' ? above.files : [];
  const requests = [...own.flatMap((entry) => sideRequest(entry) ?? []), ...files.flatMap((file) => organizationRequest(file) ?? [])];
  const evidence = requests.length === 0 ? new Evidence() : await prober.answer(requests, new Evidence());
  return [
    byPath(own.map((entry) => [entry.path, waiversIn(readDocumentSide(entry, entry.path, evidence))])),
    above.kind === 'unreadable' ? null : byPath(files.map((file) => [file.path, waiversIn(documentIn(readOrganizationFile(file, evidence), file.path))])),
  ];
}

/** At the root the organisation's are read as everywhere else: as they are in force. */
function waiverFilesIn({ entries }: Tree, configuration: Configuration): Tree['entries'] {
  return entries.filter(({ path }) => {
    const kinds = ownKindsOf(configuration, path);
    return kinds.includes('waivers') && !kinds.includes('organization-waivers');
  });
}

/** None of those in a file that is not valid counts: whether they stand there still nobody can tell. */
function byPath(sides: readonly (readonly [string, WaiverSide])[]): WaiversByPath {
  return new Map(sides.map(([path, side]) => [path, side.kind === 'waivers' ? side.entries.map(({ waiver }) => waiver) : null]));
}
