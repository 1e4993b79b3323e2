import type { BlobContent } from '../domain/probe-answer.ts';
import { Failure } from '../domain/failure.ts';
import { limits } from '../domain/limits.ts';
import type { Sha } from '../domain/tree.ts';
import type { ObjectCache } from '../flows/ports/object-cache.ts';
import { flagAt, numberAt, optionalTextAt, textAt, valueAt } from './answer.ts';
import { isNamed } from './blob-name.ts';
import type { RepositoryCalls } from './repository-calls.ts';

export interface WantedBlob {
  readonly blob: Sha;
  readonly size: number | null;
}

/** Objects and expected bytes of one query. GitHub cuts the text of one blob at 512 KiB and a query at about 10 s. */
const mostObjects = 100;
const mostBytes = 2 * 1024 * 1024;
const mostText = 500_000;
const guessedSize = 32 * 1024;

/**
 * Contents by object name: from the cache, else in GraphQL batches, else (binary, long, cut) one by one.
 * Every byte is checked against its name, whoever sent it.
 */
export async function readBlobs(calls: RepositoryCalls, cache: ObjectCache, wanted: readonly WantedBlob[]): Promise<ReadonlyMap<Sha, BlobContent>> {
  const found = new Map<Sha, BlobContent>();
  const small = [...new Map(wanted.map((one) => [one.blob, one])).values()].filter((one) => {
    if (one.size === null || one.size <= limits.fileBytes) return true;
    found.set(one.blob, { kind: 'too-large', size: one.size });
    return false;
  });
  await takeCached(calls, cache, small, found);
  const missing = small.filter((one) => !found.has(one.blob));
  const fresh = await fetchBlobs(calls, missing);
  const keepable = new Map([...fresh].filter(([, content]) => content.kind === 'bytes'));
  if (keepable.size > 0) await cache.keepBlobs(calls.ref.account.id, keepable);
  for (const [blob, content] of fresh) found.set(blob, content);
  return found;
}

async function takeCached(calls: RepositoryCalls, cache: ObjectCache, wanted: readonly WantedBlob[], found: Map<Sha, BlobContent>): Promise<void> {
  if (wanted.length === 0) return;
  const names = new Set(wanted.map((one) => one.blob));
  for (const [blob, content] of await cache.blobs(calls.ref.account.id, [...names])) {
    if (names.has(blob) && content.kind === 'bytes' && isNamed(blob, content.bytes)) found.set(blob, content);
  }
}

async function fetchBlobs(calls: RepositoryCalls, wanted: readonly WantedBlob[]): Promise<ReadonlyMap<Sha, BlobContent>> {
  const found = new Map<Sha, BlobContent>();
  const single = wanted.filter((one) => one.size !== null && one.size > mostText).map((one) => one.blob);
  for (const batch of batches(wanted.filter((one) => one.size === null || one.size <= mostText))) {
    const answered = await queryBlobs(calls, batch);
    for (const blob of batch) {
      const content = answered.get(blob);
      if (content === undefined) single.push(blob);
      else found.set(blob, content);
    }
  }
  await Promise.all(single.map(async (blob) => found.set(blob, await fetchBlob(calls, blob))));
  return found;
}

function batches(wanted: readonly WantedBlob[]): readonly (readonly Sha[])[] {
  const made: Sha[][] = [];
  let bytes = 0;
  for (const { blob, size } of wanted) {
    const current = made.at(-1);
    bytes += size ?? guessedSize;
    if (current === undefined || current.length >= mostObjects || bytes > mostBytes) {
      made.push([blob]);
      bytes = size ?? guessedSize;
    } else current.push(blob);
  }
  return made;
}

/** Answers for those blobs whose text proves to be theirs; the others are to be read singly. */
async function queryBlobs(calls: RepositoryCalls, batch: readonly Sha[]): Promise<ReadonlyMap<Sha, BlobContent>> {
  const variables = batch.map((_, index) => `$o${index}: GitObjectID!`).join(', ');
  const objects = batch.map((_, index) => `o${index}: object(oid: $o${index}) { ... on Blob { byteSize isBinary isTruncated text } }`).join(' ');
  const query = `query($owner: String!, $name: String!, ${variables}) { repository(owner: $owner, name: $name) { ${objects} } }`;
  const repository = await calls.query(query, Object.fromEntries(batch.map((blob, index) => [`o${index}`, blob])));
  const found = new Map<Sha, BlobContent>();
  for (const [index, blob] of batch.entries()) {
    const content = contentOf(valueAt(repository, [`o${index}`]), blob);
    if (content !== null) found.set(blob, content);
  }
  return found;
}

/** Content of a GraphQL Blob with `byteSize isBinary isTruncated text`, or null where the text is not the whole truth. */
export function contentOf(node: unknown, blob: Sha): BlobContent | null {
  // Missing, or no blob: the single read says which.
  if (valueAt(node, ['byteSize']) === undefined) return null;
  const size = numberAt(node, ['byteSize']);
  if (size > limits.fileBytes) return { kind: 'too-large', size };
  const text = optionalTextAt(node, ['text']);
  if (text === null || flagAt(node, ['isTruncated'])) return null;
  // Text that was not UTF-8 comes back changed: the name tells.
  const bytes = new TextEncoder().encode(text);
  return isNamed(blob, bytes) ? { kind: 'bytes', bytes } : null;
}

async function fetchBlob(calls: RepositoryCalls, blob: Sha): Promise<BlobContent> {
  const { body } = await calls.read('/git/blobs/{file_sha}', { file_sha: blob });
  const size = numberAt(body, ['size']);
  if (size > limits.fileBytes) return { kind: 'too-large', size };
  const encoding = textAt(body, ['encoding']);
  const bytes = Uint8Array.from(Buffer.from(textAt(body, ['content']), encoding === 'base64' ? 'base64' : 'utf8'));
  if (isNamed(blob, bytes)) return { kind: 'bytes', bytes };
  throw new Failure('SNAPSHOT_UNREADABLE', `Cannot read blob ${blob}: GitHub sent other content, expected content that hashes to this name`);
}
