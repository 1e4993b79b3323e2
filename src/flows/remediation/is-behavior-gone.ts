import { behaviorFiles } from '../../domain/behavior/behavior-files.ts';
import { readBehavior } from '../../domain/behavior/read-behavior.ts';
import { readOnce } from '../../domain/document/read-once.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import { isPlainFile } from '../../domain/tree.ts';
import type { TreeEntry } from '../../domain/tree.ts';
import { captureConfiguration } from '../capture-configuration.ts';
import type { FlowPorts } from '../flow-ports.ts';
import type { BlobContent } from '../../domain/probe-answer.ts';

/**
 * Whether the tip of a branch has no behaviour of this name that scans measure. Only where the configuration judges and all behaviours
 * can be read is it known: what can not be told is no.
 */
export async function isBehaviorGone(ports: FlowPorts, repository: RepositoryRef, { branch, behavior }: { readonly branch: string; readonly behavior: string }): Promise<boolean> {
  const github = ports.github.repository(repository);
  const commit = await github.branchTip(branch);
  if (commit === null) return false;
  const { state, entry } = await captureConfiguration(ports, { repository, github, commit, branch, defaultBranch: branch });
  if (state.kind === 'unusable') return false;
  if (state.effective === null || entry === null) return true;
  const { entries, complete } = await github.tree(commit);
  const files = behaviorFiles(entries, state.effective);
  const contents = await github.blobs(files.filter(isPlainFile));
  return complete && files.every((file) => isOther(file, contents.get(file.blob), behavior));
}

/** Whether it is a behaviour, and not this one. */
function isOther({ path }: TreeEntry, content: BlobContent | undefined, name: string): boolean {
  const reading = content?.kind === 'bytes' ? readOnce(content.bytes, path) : null;
  const read = reading?.kind === 'document' ? readBehavior(reading.document) : null;
  return read?.kind === 'behavior' && (read.behavior.name !== name || read.behavior.scope !== 'environment');
}
