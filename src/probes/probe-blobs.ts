import type { Answer, BlobContent } from '../domain/probe-answer.ts';
import type { RequestOf } from '../domain/probe-request.ts';
import { Failure } from '../domain/failure.ts';
import type { FailureCode } from '../domain/failure.ts';
import type { ObjectSource } from '../flows/ports/object-source.ts';
import { unavailable } from './answers.ts';
import type { Answers } from './answers.ts';

type Wanted = RequestOf<'blob'>;

/** Reads after a refused batch, at most: enough to find a dozen bad blobs among thousands, too few to spend an hour's budget. */
const maximumReads = 200;

/** What is about one object, not about the connection to all of them. */
const aboutOneObject: ReadonlySet<FailureCode> = new Set<FailureCode>(['SNAPSHOT_UNREADABLE', 'NOT_FOUND']);

/** Reads all in one go; when a batch is refused because of one of them, halves it until the bad ones stand alone. */
export async function probeBlobs(objects: Pick<ObjectSource, 'blobs'>, wanted: readonly Wanted[]): Promise<Answers<'blob'>> {
  const answers: (readonly [Wanted, Answer<'blob'>])[] = [];
  const pending: (readonly Wanted[])[] = [wanted];
  let reads = 0;
  for (let batch = pending.pop(); batch !== undefined; batch = pending.pop()) {
    reads += 1;
    const read = await readBatch(objects, batch);
    if (read.kind === 'read') answers.push(...batch.flatMap((request) => answerOf(request, read.contents)));
    else if (batch.length === 1 || reads >= maximumReads || !isAboutOneObject(read.error)) answers.push(...batch.map((request) => [request, unavailable(read.error)] as const));
    else pending.push(batch.slice(batch.length >> 1), batch.slice(0, batch.length >> 1));
  }
  return answers;
}

/** Files of another repository: what is asked of it never mixes with the judged one's. */
export async function probeOrganizationBlobs(objects: Pick<ObjectSource, 'blobs'> | null, wanted: readonly RequestOf<'organization-blob'>[]): Promise<Answers<'organization-blob'>> {
  if (objects === null) return wanted.map((request) => [request, { kind: 'unavailable', why: "the organisation's repository can not be read here" }]);
  const answers = await probeBlobs(objects, wanted.map(({ blob, size }) => ({ kind: 'blob', blob, size })));
  return answers.map(([{ blob, size }, answer]) => [{ kind: 'organization-blob', blob, size }, answer]);
}

type BatchRead = { readonly kind: 'read'; readonly contents: ReadonlyMap<string, BlobContent> } | { readonly kind: 'refused'; readonly error: unknown };

async function readBatch(objects: Pick<ObjectSource, 'blobs'>, batch: readonly Wanted[]): Promise<BatchRead> {
  try {
    return { kind: 'read', contents: await objects.blobs(batch.map(({ blob, size }) => ({ blob, size }))) };
  } catch (error) {
    return { kind: 'refused', error };
  }
}

function answerOf(request: Wanted, contents: ReadonlyMap<string, BlobContent>): Answers<'blob'> {
  const value = contents.get(request.blob);
  return value === undefined ? [] : [[request, { kind: 'answered', value }]];
}

function isAboutOneObject(error: unknown): boolean {
  return error instanceof Failure && aboutOneObject.has(error.code);
}
