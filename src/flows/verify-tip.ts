import type { GitClaims } from '../audit/git-claims.ts';
import { nameOfVersion } from '../audit/git-claims.ts';
import type { GitWrong } from '../audit/git-verification.ts';
import type { ReleaseClaim } from '../audit/release-claim.ts';
import { isPlainFile } from '../domain/tree.ts';
import type { Sha, TreeEntry } from '../domain/tree.ts';
import { Failure } from '../domain/failure.ts';
import { contentOfClaim } from './content-of-claim.ts';
import type { ObjectSource } from './ports/object-source.ts';
import type { Held } from './verify-git.ts';

export interface TipToVerify {
  /** First-parent history, oldest first, and the place of each commit in it. */
  readonly line: readonly Sha[];
  readonly order: ReadonlyMap<Sha, number>;
  /** Releases of this branch whose commits are on the line. */
  readonly releases: readonly ReleaseClaim[];
  readonly claims: GitClaims;
}

type Standing = 'present' | 'replaced' | 'retired' | { readonly wrong: GitWrong } | { readonly doubt: string };

/** Whether the tip of a branch still holds what was released: there with equal content, replaced by a recorded later version, or retired. */
export async function verifyTip(objects: ObjectSource, tip: TipToVerify): Promise<Held> {
  const standings = await standingsOf(objects, tip);
  const count = (kind: Standing): number => standings.filter((one) => one === kind).length;
  return {
    present: count('present'),
    replaced: count('replaced'),
    retired: count('retired'),
    wrong: standings.flatMap((one) => (typeof one === 'object' && 'wrong' in one ? [one.wrong] : [])),
    doubts: standings.flatMap((one) => (typeof one === 'object' && 'doubt' in one ? [one.doubt] : [])),
  };
}

async function standingsOf(objects: ObjectSource, tip: TipToVerify): Promise<readonly Standing[]> {
  const { line, releases, claims } = tip;
  const entries = await wholeTree(objects, line.at(-1) ?? '');
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const isThere = new Set([...(await inPlace(objects, releases, byPath)), ...(await moved(objects, releases.filter(({ path }) => !byPath.has(path)), entries))]);
  const next = nextVersions(releases);
  const standings: Standing[] = [];
  for (const claim of releases) {
    if (isThere.has(claim)) standings.push('present');
    else if (await isReplaced(objects, claim, next.get(claim))) standings.push('replaced');
    else if (!byPath.has(claim.path) && claims.retired.has(nameOfVersion(claim.contractId, claim.version))) standings.push('retired');
    else standings.push(await lost(objects, claim, tip));
  }
  return standings;
}

/** For each release the next one of the same contract. */
function nextVersions(releases: readonly ReleaseClaim[]): ReadonlyMap<ReleaseClaim, ReleaseClaim> {
  const next = new Map<ReleaseClaim, ReleaseClaim>();
  for (const versions of Map.groupBy(releases, ({ contractId }) => contractId).values()) {
    for (const [index, claim] of versions.entries()) {
      const following = versions[index + 1];
      if (following !== undefined) next.set(claim, following);
    }
  }
  return next;
}

/** In one place a version replaces the one before, also where it moves the file. Where each has a path of its own, nothing replaces it. */
async function isReplaced(objects: ObjectSource, claim: ReleaseClaim, next: ReleaseClaim | undefined): Promise<boolean> {
  if (next === undefined || next.path === claim.path) return next !== undefined;
  const [stayed] = await objects.namesAt([{ commit: next.commit, path: claim.path }]);
  return stayed === null;
}

/** Those whose path has the file, or one with equal content: state, format and signature may differ. */
async function inPlace(objects: ObjectSource, releases: readonly ReleaseClaim[], byPath: ReadonlyMap<string, TreeEntry>): Promise<readonly ReleaseClaim[]> {
  const standing = releases.flatMap((claim) => {
    const file = byPath.get(claim.path);
    return file === undefined || !isPlainFile(file) ? [] : [{ claim, file }];
  });
  const found = standing.flatMap(({ claim, file }) => (file.blob === claim.blob ? [claim] : []));
  const others = Map.groupBy(standing.filter(({ claim, file }) => file.blob !== claim.blob), ({ file }) => file);
  for await (const { file, bytes } of contentsOf(objects, [...others.keys()])) {
    for (const { claim } of others.get(file) ?? []) if (contentOfClaim(bytes, claim) === claim.contentHash) found.push(claim);
  }
  return found;
}

/** Of those whose paths are gone, the ones whose content stands at any other path. */
async function moved(objects: ObjectSource, gone: readonly ReleaseClaim[], entries: readonly TreeEntry[]): Promise<readonly ReleaseClaim[]> {
  if (gone.length === 0) return [];
  const found = new Set<ReleaseClaim>();
  const readings = [...Map.groupBy(gone, ({ without }) => JSON.stringify(without)).values()];
  for await (const { file, bytes } of contentsOf(objects, entries.filter((entry) => isPlainFile(entry) && /\.(?:json|ya?ml)$/i.test(entry.path)))) {
    for (const claims of readings) {
      const hash = contentOfClaim(bytes, { path: file.path, without: claims[0]?.without ?? [] });
      for (const claim of claims) if (claim.contentHash === hash) found.add(claim);
    }
  }
  return [...found];
}

/** In batches that fit into memory; files over the limit hold no contract. */
async function* contentsOf<File extends TreeEntry>(objects: ObjectSource, files: readonly File[]): AsyncGenerator<{ readonly file: File; readonly bytes: Uint8Array }> {
  for (let from = 0; from < files.length; from += atOnce) {
    const some = files.slice(from, from + atOnce);
    const contents = await objects.blobs(some);
    for (const file of some) {
      const content = contents.get(file.blob);
      if (content?.kind === 'bytes') yield { file, bytes: content.bytes };
    }
  }
}

/** Whether the log should know why a release stands there no more: it does not judge what came after its end. */
async function lost(objects: ObjectSource, claim: ReleaseClaim, { line, order, claims }: TipToVerify): Promise<Standing> {
  const end = Math.max(...[...claims.commits].map((commit) => order.get(commit) ?? -1));
  const names = await objects.namesAt(line.map((commit) => ({ commit, path: claim.path })));
  const now = names.at(-1)?.name ?? null;
  const changedAt = names.findLastIndex((found) => (found?.name ?? null) !== now) + 1;
  const { contractId, version, sequence, path } = claim;
  const at = line[changedAt]?.slice(0, 12) ?? '';
  if (changedAt > end) return { doubt: `${JSON.stringify(contractId)} ${version} was changed or removed at ${at}, after the newest commit that the log names. Compare with a newer export.` };
  const reason = now === null ? 'released_removed' : 'released_changed';
  const what = now === null ? `was removed at ${at} without having been retired` : `was changed at ${at} to content that was never released`;
  return { wrong: { reason, sequence, message: `Cannot find ${JSON.stringify(contractId)} ${version} (entry ${sequence}) at the tip: ${JSON.stringify(path)} ${what}.` } };
}

async function wholeTree(objects: ObjectSource, commit: Sha): Promise<readonly TreeEntry[]> {
  const tree = await objects.tree(commit);
  if (tree.complete) return tree.entries;
  throw new Failure('SNAPSHOT_UNREADABLE', `Cannot compare with ${commit.slice(0, 12)}: its tree could not be read whole.`);
}

const atOnce = 200;
