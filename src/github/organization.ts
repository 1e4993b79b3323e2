import type { BlobContent } from '../domain/probe-answer.ts';
import { Failure } from '../domain/failure.ts';
import { limits } from '../domain/limits.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { Sha } from '../domain/tree.ts';
import type { ObjectCache } from '../flows/ports/object-cache.ts';
import type { OrganizationConfiguration } from '../flows/ports/github-app.ts';
import { numberAt, optionalShaAt, shaAt, textAt, valueAt } from './answer.ts';
import { contentOf, readBlobs } from './blobs.ts';
import type { WantedBlob } from './blobs.ts';
import type { Connection } from './connection.ts';
import { refOf } from './installed-repositories.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import { RepositoryCalls } from './repository-calls.ts';
import { listingScope, organizationScope } from './scope.ts';
import type { Scope } from './scope.ts';

const query = `query($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    databaseId
    defaultBranchRef { target { oid } }
    object(expression: "HEAD:plumbline.yml") { __typename oid ... on Blob { byteSize isBinary isTruncated text } } } }`;

/** The `.github` repository of the organisation; null for a user, or when this installation sees none. */
export async function findOrganizationRepository(connection: Connection, ref: RepositoryRef): Promise<RepositoryRef | null> {
  if (ref.account.kind === 'user') return null;
  return whereVisible(ref, async (scope) => {
    const { body } = await connection.read(scope, '/repos/{owner}/{repo}', { owner: ref.account.login, repo: '.github' });
    return refOf(body, ref.installationId);
  });
}

/** Its `plumbline.yml` at the tip of the default branch, with the bytes checked against their name, in one call. */
export async function readOrganizationConfiguration(connection: Connection, cache: ObjectCache, ref: RepositoryRef): Promise<OrganizationConfiguration | null> {
  if (ref.account.kind === 'user') return null;
  return whereVisible(ref, async (scope) => {
    const found = await new RepositoryCalls(connection, unnumbered(ref), scope).query(query);
    const repository = { ...unnumbered(ref), id: numberAt(found, ['databaseId']) };
    const commit = optionalShaAt(found, ['defaultBranchRef', 'target', 'oid']);
    if (commit === null) return null;
    return { repository, commit, ...(await contentAt(new RepositoryCalls(connection, repository, scope), cache, valueAt(found, ['object']))) };
  });
}

/** Contents of its files by object name. Which number it has nobody needs to know for that. */
export async function readOrganizationBlobs(connection: Connection, cache: ObjectCache, ref: RepositoryRef, wanted: readonly WantedBlob[]): Promise<ReadonlyMap<Sha, BlobContent>> {
  const found = await whereVisible(ref, (scope) => readBlobs(new RepositoryCalls(connection, unnumbered(ref), scope), cache, wanted));
  if (found !== null) return found;
  throw new Failure('SNAPSHOT_UNREADABLE', `Cannot read files of ${ref.account.login}/.github: GitHub shows none of them, expected them`);
}

function unnumbered(ref: RepositoryRef): RepositoryRef {
  return { ...ref, id: 0, owner: ref.account.login, name: '.github' };
}

/**
 * An installation that was not given `.github` gets no token for it. Then a public one can still be read,
 * and a private one can not be told from none: installing the App on it is the organisation's way to make it count.
 */
async function whereVisible<Found>(ref: RepositoryRef, read: (scope: Scope) => Promise<Found | null>): Promise<Found | null> {
  try {
    return await nullWhenMissing(() => read(organizationScope(ref)));
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.code !== 'GITHUB_REFUSED') throw thrown;
    return nullWhenMissing(() => read(listingScope(ref.installationId)));
  }
}

async function contentAt(calls: RepositoryCalls, cache: ObjectCache, node: unknown): Promise<Pick<OrganizationConfiguration, 'bytes' | 'unusable'>> {
  if (node === null || node === undefined) return { bytes: null };
  const kind = textAt(node, ['__typename']);
  if (kind === 'Tree') return { bytes: null, unusable: 'it is a directory' };
  if (kind === 'Commit') return { bytes: null, unusable: 'it is a submodule' };
  if (kind !== 'Blob') throw new Failure('SNAPSHOT_UNREADABLE', `Cannot read plumbline.yml of the organisation: a ${kind.slice(0, 80)}, expected a file`);
  const blob = shaAt(node, ['oid']);
  const content = contentOf(node, blob) ?? (await readBlobs(calls, cache, [{ blob, size: null }])).get(blob);
  if (content === undefined) throw new Failure('SNAPSHOT_UNREADABLE', 'Cannot read plumbline.yml of the organisation: GitHub gave nothing of it, expected its content');
  return content.kind === 'bytes' ? { bytes: content.bytes } : { bytes: null, unusable: `it is too large (${content.size} bytes, expected at most ${limits.fileBytes})` };
}
