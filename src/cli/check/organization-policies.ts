import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { policyPathsOf } from '../../domain/configuration/configuration-of.ts';
import { organizationDocument } from '../../domain/configuration/organization-document.ts';
import type { BlobContent } from '../../domain/evidence.ts';
import { compileGlob } from '../../domain/glob/glob.ts';
import { limits } from '../../domain/limits.ts';
import type { PolicyFile } from '../../domain/policy/policy-file.ts';
import type { ConfigurationState } from '../../domain/snapshot.ts';
import type { Sha } from '../../domain/tree.ts';
import type { SkippedRule } from '../../domain/verdict.ts';
import type { ObjectSource } from '../../flows/ports.ts';
import { objectNameOf } from '../../probes/local-git/object-name.ts';
import { whyUnreadable } from '../why-unreadable.ts';

export interface WithOrganizationPolicies {
  readonly state: ConfigurationState;
  /** What holds the files. */
  readonly source: Pick<ObjectSource, 'blobs'>;
  /** Set where the organisation's Rego is left to the App, and why. */
  readonly skipped: SkippedRule | null;
}

/** Entries of the folder that are looked at. */
const mostEntries = 100_000;

/**
 * The Rego that the organisation's configuration names, from the folder in which it stands, as the App asks it at the commit
 * of that configuration. What can not be read whole is not judged by halves: then it is left to the App.
 * @param folder Null where the configuration is a file by itself.
 */
export async function withOrganizationPolicies(state: ConfigurationState, folder: string | null): Promise<WithOrganizationPolicies> {
  const paths = policyPathsOf(organizationDocument(state) ?? { version: 1 });
  if (paths.length === 0) return { state, source: sourceOf([]), skipped: null };
  if (folder === null) return left(state, 'a configuration was named without its folder; --organization with a checkout of the repository has its policies too');
  const globs = paths.map((path) => compileGlob(path));
  const read = await readMatching(folder, (path) => globs.some((glob) => glob.matches(path)));
  if (typeof read === 'string') return left(state, read);
  const files = read.map(({ path, bytes }) => ({ path, blob: blobOf(bytes), size: bytes.byteLength }));
  return { state: { ...state, organizationPolicies: { kind: 'files', files } }, source: sourceOf(read), skipped: null };
}

function left(state: ConfigurationState, why: string): WithOrganizationPolicies {
  return { state, source: sourceOf([]), skipped: { rule: "the organisation's policies", why } };
}

/** As git names it in most repositories. */
function blobOf(bytes: Uint8Array): Sha {
  return objectNameOf(bytes, 40);
}

function sourceOf(files: readonly PolicyFile[]): Pick<ObjectSource, 'blobs'> {
  const contents = new Map<Sha, BlobContent>(files.map(({ bytes }) => [blobOf(bytes), bytes.byteLength > limits.fileBytes ? { kind: 'too-large', size: bytes.byteLength } : { kind: 'bytes', bytes }]));
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

/** In the order of their paths; or why they are not all read. Links are not followed: what they lead to is not in the repository. */
async function readMatching(folder: string, matches: (path: string) => boolean): Promise<readonly PolicyFile[] | string> {
  try {
    const paths = await pathsBelow(folder);
    if (paths === null) return `the folder has more than ${mostEntries} entries, expected a checkout of the repository alone`;
    const wanted = paths.filter((path) => matches(path)).toSorted();
    if (wanted.length > limits.policyFiles) return `${wanted.length} files are policies, expected at most ${limits.policyFiles}`;
    const files: PolicyFile[] = [];
    let total = 0;
    for (const path of wanted) {
      const found = await lstat(join(folder, path));
      total += found.size;
      if (!found.isFile()) return `${path} is ${found.isSymbolicLink() ? 'a link' : 'no file'}, expected a file`;
      if (total > limits.policyBytes) return `the policies have more than ${limits.policyBytes} bytes`;
      files.push({ path, bytes: await readFile(join(folder, path)) });
    }
    return files;
  } catch (thrown) {
    return `they can not be read: ${whyUnreadable(thrown)}`;
  }
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
