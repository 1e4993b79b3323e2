import type { Answer, FileContent } from '../domain/probe-answer.ts';
import type { RequestOf } from '../domain/probe-request.ts';
import type { NamedObject, ObjectSource } from '../flows/ports/object-source.ts';
import type { Answers } from './answers.ts';
import { probeBlobs } from './probe-blobs.ts';

/** What stands at paths of commits: all names in one go, then all contents. */
export async function probeFiles(objects: Pick<ObjectSource, 'namesAt' | 'blobs'>, wanted: readonly RequestOf<'file-at'>[]): Promise<Answers<'file-at'>> {
  const found = await objects.namesAt(wanted.map(({ commit, path }) => ({ commit, path })), { tellsModes: true });
  const names = found.map((one) => (one?.kind === 'blob' ? one.name : null));
  const blobs = [...new Set(names.flatMap((name) => name ?? []))];
  const contents = new Map(blobs.length === 0 ? [] : (await probeBlobs(objects, blobs.map((blob) => ({ kind: 'blob', blob, size: null })))).map(([{ blob }, answer]) => [blob, answer]));
  return wanted.flatMap((request, index) => {
    const name = names[index] ?? null;
    const answer = name === null ? noFile(found[index]) : contents.get(name);
    return answer === undefined ? [] : [[request, answer] as const];
  });
}

function noFile(found: NamedObject | null | undefined): Answer<'file-at'> {
  return { kind: 'answered', value: { kind: 'no-file', ...(found === null || found === undefined ? {} : insteadOfFile(found.kind)) } };
}

function insteadOfFile(kind: NamedObject['kind']): Omit<Extract<FileContent, { kind: 'no-file' }>, 'kind'> {
  switch (kind) {
    case 'link':
      return { isLink: true };
    case 'commit':
      return { isSubmodule: true };
    case 'tree':
      return { isFolder: true };
    case 'blob':
      return {};
  }
}
