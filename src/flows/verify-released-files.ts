import type { GitWrong } from '../audit/git-verification.ts';
import type { ReleaseClaim } from '../audit/release-claim.ts';
import { digestOfBytes } from '../domain/digest.ts';
import { contentOfClaim } from './content-of-claim.ts';
import type { ObjectSource } from './ports/object-source.ts';

/** Whether each release commit has the recorded file, with the recorded bytes and content. SHA-256 of the bytes is compared too: a blob's name may be SHA-1. */
export async function verifyReleasedFiles(objects: ObjectSource, releases: readonly ReleaseClaim[]): Promise<readonly GitWrong[]> {
  const names = await objects.namesAt(releases.map(({ commit, path }) => ({ commit, path })));
  const wrong: GitWrong[] = [];
  const right: ReleaseClaim[] = [];
  for (const [index, claim] of releases.entries()) {
    const found = names[index] ?? null;
    if (found?.name === claim.blob) right.push(claim);
    else wrong.push(wrongFile(claim, 'file_changed', `at ${claim.commit.slice(0, 12)} git has ${found === null ? 'nothing' : found.name.slice(0, 12)} at ${JSON.stringify(claim.path)}, expected ${claim.blob.slice(0, 12)}`));
  }
  for (let from = 0; from < right.length; from += atOnce) wrong.push(...(await wrongContents(objects, right.slice(from, from + atOnce))));
  return wrong;
}

async function wrongContents(objects: ObjectSource, claims: readonly ReleaseClaim[]): Promise<readonly GitWrong[]> {
  const contents = await objects.blobs(claims.map(({ blob }) => ({ blob, size: null })));
  return claims.flatMap((claim) => {
    const content = contents.get(claim.blob);
    if (content?.kind !== 'bytes' || digestOfBytes(content.bytes) !== claim.bytesDigest) return [wrongFile(claim, 'content_changed', `the bytes of blob ${claim.blob.slice(0, 12)} are not those whose digest was recorded`)];
    const found = contentOfClaim(content.bytes, claim);
    return found === claim.contentHash ? [] : [wrongFile(claim, 'content_changed', `its content in git has the hash ${found ?? 'of no contract'}, expected ${claim.contentHash}`)];
  });
}

function wrongFile({ sequence, contractId, version }: ReleaseClaim, reason: GitWrong['reason'], why: string): GitWrong {
  return { reason, sequence, message: `Cannot confirm the release of ${JSON.stringify(contractId)} ${version} (entry ${sequence}): ${why}.` };
}

/** Bounds what is in memory: a blob has a mebibyte at most. */
const atOnce = 200;
