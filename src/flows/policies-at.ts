import type { Configuration } from '../domain/configuration/configuration.ts';
import type { PolicySource } from '../domain/contract/policy-checksum.ts';
import { digestOfBytes } from '../domain/digest.ts';
import { Failure } from '../domain/failure.ts';
import { compileGlob } from '../domain/glob/glob.ts';
import { limits } from '../domain/limits.ts';
import { isPlainFile } from '../domain/tree.ts';
import type { Sha } from '../domain/tree.ts';
import type { ObjectSource } from './ports/object-source.ts';

/** The policy sources that a configuration names, as a commit has them: the same files that the gate reads. */
export async function policiesAt(objects: ObjectSource, commit: Sha, { policyPaths }: Configuration): Promise<readonly PolicySource[]> {
  const globs = policyPaths.map((glob) => compileGlob(glob));
  if (globs.length === 0) return [];
  const tree = await objects.tree(commit);
  if (!tree.complete) throw new Failure('SNAPSHOT_UNREADABLE', `Cannot read the policies of ${commit}: its tree could not be read whole, expected all of it.`);
  const files = tree.entries.filter((entry) => isPlainFile(entry) && globs.some((glob) => glob.matches(entry.path)));
  const contents = await objects.blobs(files);
  return files.map(({ path, blob }) => {
    const content = contents.get(blob);
    if (content?.kind === 'bytes') return { path, digest: digestOfBytes(content.bytes) };
    throw new Failure('SNAPSHOT_UNREADABLE', `Cannot read the policy ${JSON.stringify(path)}: found ${content?.size ?? 'no'} bytes, expected at most ${limits.fileBytes}. Make it smaller and commit the result.`);
  });
}
