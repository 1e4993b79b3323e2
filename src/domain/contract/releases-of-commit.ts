import type { Configuration } from '../configuration/configuration.ts';
import { digestOfBytes } from '../digest.ts';
import { nameOfRelease } from '../release.ts';
import type { Release } from '../release.ts';
import type { Sha } from '../tree.ts';
import type { Contract } from './contract.ts';
import { contractOfFile } from './contract-of-file.ts';
import { furthestOf } from './reached-lifecycle.ts';
import type { ReachedLifecycle } from './reached-lifecycle.ts';
import { releasedContent } from './released-content.ts';
import type { ReleasedContent } from './released-content.ts';

export interface CommitFile {
  readonly path: string;
  readonly blob: Sha;
  readonly bytes: Uint8Array;
}

export interface CommitToRecord {
  readonly configuration: Configuration;
  /** Branch entry. */
  readonly entry: string;
  readonly commit: Sha;
  /** Files at the commit; those that no contract set covers are passed over. */
  readonly files: readonly CommitFile[];
  /** What the record has of the entry, by `nameOfRelease`. */
  readonly known: ReadonlyMap<string, Release>;
  readonly adopted: boolean;
  readonly decisionId: string | null;
}

export interface CommitReleases {
  readonly releases: readonly Release[];
  /** What each of them released, in the same order. It holds on to the documents. */
  readonly contents: readonly ReleasedContent[];
  /** Later states of what the record has. A file with another content than the released one says nothing about it. */
  readonly reached: readonly ReachedLifecycle[];
  /** What each contract would be as a release whose version the record has with another content. */
  readonly contradicting: readonly Release[];
  /** Governed files from which no contract could be read: nothing of them is recorded. */
  readonly unreadable: readonly { readonly path: string; readonly why: string }[];
}

/**
 * What a commit releases: each contract that stands there, is no draft, and whose id and version the record of this
 * entry does not have. Of two files with one id and version, the one whose path sorts first is recorded. Of those that
 * it has, the states that are later than the one it has them in.
 */
export function releasesOfCommit(commit: CommitToRecord): CommitReleases {
  const made = new Map<string, Release>();
  const releases: Release[] = [];
  const contents: ReleasedContent[] = [];
  const reached: ReachedLifecycle[] = [];
  const contradicting: Release[] = [];
  const unreadable: { readonly path: string; readonly why: string }[] = [];
  for (const file of commit.files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const reading = contractOfFile(commit.configuration, file);
    if (reading === null) continue;
    if (reading.kind === 'unreadable') {
      unreadable.push({ path: file.path, why: reading.why });
      continue;
    }
    const { contract, fields } = reading;
    const name = nameOfRelease({ contractId: contract.contractId, version: contract.key });
    const before = made.get(name) ?? commit.known.get(name);
    if (before === undefined && contract.lifecycle === 'draft') continue;
    if (before === undefined) {
      const release = releaseOf(contract, file, commit);
      made.set(name, release);
      releases.push(release);
      contents.push(releasedContent(contract, fields));
    } else if (hasComeFurther(contract, before)) reached.push(reachedBy(contract, before, commit.commit));
    else if (contradicts(contract, before, commit)) contradicting.push(releaseOf(contract, file, commit));
  }
  return { releases, contents, reached, contradicting, unreadable };
}

/** Of most releases nobody asks for the digests, and making them costs more than reading the file. */
function releaseOf(contract: Contract, file: CommitFile, commit: CommitToRecord): Release {
  return {
    entry: commit.entry,
    contractId: contract.contractId,
    version: contract.version,
    get contentHash() {
      return contract.contentHash;
    },
    parent: contract.previousContractRef,
    path: file.path,
    commit: commit.commit,
    blob: file.blob,
    get bytesDigest() {
      return digestOfBytes(file.bytes);
    },
    adopted: commit.adopted,
    decisionId: commit.decisionId,
    lifecycle: contract.lifecycle,
  };
}

function hasComeFurther(contract: Contract, recorded: Release): boolean {
  return furthestOf(recorded.lifecycle, contract.lifecycle) !== recorded.lifecycle && contract.contentHash === recorded.contentHash;
}

/** A draft of a released version promises nothing, and of two files in one commit the first was released. */
function contradicts(contract: Contract, recorded: Release, { commit }: CommitToRecord): boolean {
  return contract.lifecycle !== 'draft' && recorded.commit !== commit && contract.contentHash !== recorded.contentHash;
}

function reachedBy({ lifecycle }: Contract, { entry, contractId, version }: Release, commit: Sha): ReachedLifecycle {
  return { entry, contractId, version, lifecycle, commit };
}
