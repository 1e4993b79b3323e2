import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundlesOf } from '../../domain/configuration/bundles-of.ts';
import { organizationDocument } from '../../domain/configuration/organization-document.ts';
import { namesOrganizationFiles, objectionToFiles, organizationFilesIn, organizationGlobsOf } from '../../domain/configuration/organization-files.ts';
import type { OrganizationGlob, OrganizationKind } from '../../domain/configuration/organization-files.ts';
import type { BlobContent } from '../../domain/probe-answer.ts';
import { compileGlob } from '../../domain/glob/glob.ts';
import { limits } from '../../domain/limits.ts';
import type { ConfigurationState, UnreadableFiles } from '../../domain/snapshot.ts';
import type { TreeEntry } from '../../domain/tree.ts';
import type { SkippedRule } from '../../domain/verdict.ts';
import type { ObjectSource } from '../../flows/ports/object-source.ts';
import { objectNameOf } from '../../probes/local-git/object-name.ts';
import { whyUnreadable } from '../why-unreadable.ts';

export interface WithOrganizationFiles {
  readonly state: ConfigurationState;
  /** What holds the files. */
  readonly source: Pick<ObjectSource, 'blobs'>;
  /** Set where they are left to the App, and why. */
  readonly skipped: SkippedRule | null;
}

/** Entries of the folder that are looked at. */
const mostEntries = 100_000;

const words: Readonly<Record<OrganizationKind, string>> = { policy: 'policies', bundle: 'bundles', keys: 'bundles', waivers: 'waivers' };

/**
 * What the organisation's configuration names for all repositories, from the folder in which it stands, as the App reads it at the
 * commit of that configuration. What can not be read whole is not judged by halves: then it is left to the App.
 * @param folder Null where the configuration is a file by itself.
 */
export async function withOrganizationFiles(state: ConfigurationState, folder: string | null): Promise<WithOrganizationFiles> {
  const document = organizationDocument(state);
  if (document === null || !namesOrganizationFiles(document)) return { state, source: sourceOf([]), skipped: null };
  const globs = organizationGlobsOf(document);
  const what = [...new Set([...globs.map(({ kind }) => words[kind]), ...(bundlesOf(document).length === 0 ? [] : [words.bundle])])].join(' and ');
  const left = (why: string): WithOrganizationFiles => ({ state: { ...state, organizationFiles: { kind: 'left' } }, source: sourceOf([]), skipped: { rule: `the organisation's ${what}`, why } });
  if (folder === null) return left(`a configuration was named without its folder; --organization with a checkout of the repository has its ${what} too`);
  const read = await readMatching(folder, globs);
  if (typeof read === 'string') return left(read);
  const organizationFiles = 'kind' in read ? read : organizationFilesIn(globs, read);
  return { state: { ...state, organizationFiles }, source: sourceOf('kind' in read ? [] : read), skipped: null };
}

interface ReadFile extends TreeEntry {
  readonly content: BlobContent;
}

function sourceOf(files: readonly ReadFile[]): Pick<ObjectSource, 'blobs'> {
  const contents = new Map(files.map(({ blob, content }) => [blob, content]));
  return {
    blobs: async (wanted) =>
      await Promise.resolve(
        new Map(
          wanted.flatMap(({ blob }) => {
            const content = contents.get(blob);
            return content === undefined ? [] : [[blob, content]];
          }),
        ),
      ),
  };
}

/** In the order of their paths; or why they are not all read: the App could not either, or could all the same. Links are not followed: what they lead to is not in the repository. */
async function readMatching(folder: string, named: readonly OrganizationGlob[]): Promise<readonly ReadFile[] | UnreadableFiles | string> {
  const globs = named.map(({ glob }) => compileGlob(glob));
  try {
    const paths = await pathsBelow(folder);
    if (paths === null) return `the folder has more than ${mostEntries} entries, expected a checkout of the repository alone`;
    const wanted = paths.filter((path) => globs.some((glob) => glob.matches(path))).toSorted();
    const found = await Promise.all(wanted.map(async (path) => ({ path, file: await lstat(join(folder, path)) })));
    const odd = found.find(({ file }) => !file.isFile());
    if (odd !== undefined) return `${odd.path} is ${odd.file.isSymbolicLink() ? 'a link' : 'no file'}, expected a file`;
    const objection = objectionToFiles(found.map(({ file: { size } }) => ({ size })));
    if (objection !== null) return objection;
    const files: ReadFile[] = [];
    for (const path of wanted) files.push(entryOf(path, await readFile(join(folder, path))));
    return files;
  } catch (thrown) {
    return `they can not be read: ${whyUnreadable(thrown)}`;
  }
}

/** Named as git names it in most repositories. */
function entryOf(path: string, bytes: Uint8Array): ReadFile {
  const size = bytes.byteLength;
  return { path, mode: '100644', blob: objectNameOf(bytes, 40), size, content: size > limits.fileBytes ? { kind: 'too-large', size } : { kind: 'bytes', bytes } };
}

/** With `/` between folders; null for too many. */
async function pathsBelow(folder: string): Promise<readonly string[] | null> {
  const paths: string[] = [];
  const pending = [''];
  let seen = 0;
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    for (const entry of await readdir(join(folder, place), { withFileTypes: true })) {
      seen += 1;
      if (seen > mostEntries) return null;
      const path = place === '' ? entry.name : `${place}/${entry.name}`;
      if (!entry.isDirectory()) paths.push(path);
      else if (entry.name !== '.git') pending.push(path);
    }
  }
  return paths;
}
