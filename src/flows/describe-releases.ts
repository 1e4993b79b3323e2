import type { AuditDraft } from '../audit/entry.ts';
import { snapshotLink } from '../audit/snapshot-link.ts';
import { snapshotOf } from '../audit/snapshot.ts';
import type { Snapshot } from '../audit/snapshot.ts';
import type { BranchEntry } from '../domain/configuration/configuration.ts';
import type { ReleasedContent } from '../domain/contract/released-content.ts';
import type { JsonObject } from '../domain/json-value.ts';
import type { Release } from '../domain/release.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { RepositoryRef } from '../domain/repository.ts';

export interface RecordedPlace {
  readonly repository: RepositoryRef;
  readonly branch: string;
  readonly entry: BranchEntry;
}

/**
 * The audit entries about releases and the snapshots to which they refer. `contents` are those of the releases, in order.
 * `after` is the content hash, which is also the digest of the snapshot: the entry commits to every byte that was released.
 */
export function describeReleases(place: RecordedPlace, releases: readonly Release[], contents: readonly ReleasedContent[]): { readonly drafts: readonly AuditDraft[]; readonly snapshots: readonly Snapshot[] } {
  const described = releases.map((release, index) => {
    const content = contents[index];
    if (content === undefined) throw new TypeError('Cannot describe a release without its content');
    return { draft: draftOf(place, release, content), snapshot: snapshotOf(content.canonical) };
  });
  return { drafts: described.map(({ draft }) => draft), snapshots: described.map(({ snapshot }) => snapshot) };
}

function draftOf({ repository, branch, entry }: RecordedPlace, release: Release, content: ReleasedContent): AuditDraft {
  return {
    account: repository.account.id,
    repository: { id: repository.id, name: fullNameOf(repository) },
    subject: `contract:${release.contractId}@${release.version}`,
    event: release.adopted ? 'release.adopted' : 'release.recorded',
    actor: 'system',
    rationale: `${release.path} at ${release.commit} on ${branch}`,
    outcome: release.lifecycle,
    after: release.contentHash,
    payload: payloadOf(release, content, { branch, entry: entry.entry }),
    links: [`commit:${release.commit}`, snapshotLink(release.contentHash)],
  };
}

/** All that somebody needs who looks it up in git: where it stands, and how its content is read from the file. */
function payloadOf({ contractId, version, parent, path, commit, blob, bytesDigest, decisionId }: Release, { without, stateDigest }: ReleasedContent, place: { readonly branch: string; readonly entry: string }): JsonObject {
  return { ...place, contractId, version, parent, path, commit, blob, bytesDigest, decisionId, without: [...without], stateDigest };
}
