import type { ContractSet } from '../../domain/configuration/configuration.ts';
import type { Contract } from '../../domain/contract/contract.ts';
import { isSuccessor, versionKey } from '../../domain/contract/version.ts';
import type { Digest } from '../../domain/digest.ts';
import type { Release } from '../../domain/release.ts';
import type { Sha } from '../../domain/tree.ts';
import type { ContractBase } from './contract-base.ts';
import { readContractFile } from './read-contract-file.ts';

/** One version of a contract as first-parent history has it, oldest first. */
export interface ChainLink {
  readonly version: string;
  readonly lifecycle: string;
  readonly contentHash: Digest;
  readonly previousContractRef: Digest | null;
  readonly path: string;
  readonly commit: Sha;
  /** `released`: in the record. `adopted`: stood there when Plumbline was adopted. `before adoption`: shown, and judges nothing. */
  readonly origin: 'released' | 'adopted' | 'before adoption';
  /** What is wrong with the link; null when it holds. */
  readonly problem: string | null;
}

/** Every version that stood at the contract's paths, and those of the record. */
export async function readChain(base: ContractBase, contractId: string, paths: readonly string[]): Promise<readonly ChainLink[]> {
  const releases = await base.releasesOf(contractId);
  const places = [...new Set([...paths, ...releases.map((one) => one.path)])];
  const seen = await contractsInHistory(base, contractId, places);
  const states = new Map<string, Seen>();
  for (const one of seen) states.set(one.contract.key, one);
  const first = new Map<string, Seen>();
  for (const one of seen) if (!first.has(one.contract.key)) first.set(one.contract.key, one);
  const recorded = releases.map((release): Unchecked => fromRelease(release));
  const known = new Set(releases.map((one) => versionKey(one.version)));
  const older = [...first.values()].filter(({ contract }) => !known.has(contract.key)).map((one): Unchecked => fromHistory(one, states.get(one.contract.key)));
  return checked([...older, ...recorded], seen);
}

interface Seen {
  readonly contract: Contract;
  readonly commit: Sha;
}

type Unchecked = Omit<ChainLink, 'problem'>;

function fromRelease(release: Release): Unchecked {
  const { version, lifecycle, contentHash, parent, path, commit, adopted } = release;
  return { version, lifecycle, contentHash, previousContractRef: parent, path, commit, origin: adopted ? 'adopted' : 'released' };
}

function fromHistory({ contract, commit }: Seen, latest: Seen | undefined): Unchecked {
  const { version, contentHash, previousContractRef, path } = contract;
  return { version, lifecycle: latest?.contract.lifecycle ?? contract.lifecycle, contentHash, previousContractRef, path, commit, origin: 'before adoption' };
}

/** Each link against the one before it, and against what stood under its version at any time. */
function checked(links: readonly Unchecked[], seen: readonly Seen[]): readonly ChainLink[] {
  return links.map((link, index) => ({ ...link, problem: problemOf(link, links[index - 1], seen) }));
}

function problemOf(link: Unchecked, before: Unchecked | undefined, seen: readonly Seen[]): string | null {
  const other = seen.find(({ contract }) => contract.key === versionKey(link.version) && contract.lifecycle !== 'draft' && contract.contentHash !== link.contentHash);
  if (other !== undefined) return `another content (${other.contract.contentHash.slice(0, 19)}…) stood under this version at ${other.commit.slice(0, 12)}`;
  if (link.previousContractRef !== (before?.contentHash ?? null)) {
    const named = link.previousContractRef === null ? 'no version before it' : `${link.previousContractRef.slice(0, 19)}…`;
    return before === undefined ? `names ${named}, but nothing comes before it here` : `names ${named}, but ${before.version} is ${before.contentHash.slice(0, 19)}…`;
  }
  return before !== undefined && !isSuccessor(link.version, before.version) ? `does not come after ${before.version}` : null;
}

/** Contracts of this id at these paths, oldest first, each content and state once in a row. Drafts are no versions. */
async function contractsInHistory(base: ContractBase, contractId: string, paths: readonly string[]): Promise<readonly Seen[]> {
  const found: Seen[] = [];
  for (const path of paths) {
    const set = base.setsFor(path)[0];
    if (set === undefined) continue;
    for (const { blob, commit } of await blobsInHistory(base, path)) {
      const contract = await contractOf(base, blob, path, set);
      if (contract?.contractId === contractId && contract.lifecycle !== 'draft') found.push({ contract, commit });
    }
  }
  return paths.length > 1 ? inOrder(await lineOf(base), found) : found;
}

function inOrder(line: readonly Sha[], found: readonly Seen[]): readonly Seen[] {
  const places = new Map(line.map((commit, index) => [commit, index]));
  return found.toSorted((a, b) => (places.get(a.commit) ?? 0) - (places.get(b.commit) ?? 0));
}

async function contractOf(base: ContractBase, blob: Sha, path: string, set: ContractSet): Promise<Contract | null> {
  const content = (await base.objects.blobs([{ blob, size: null }])).get(blob);
  const reading = content?.kind === 'bytes' ? readContractFile(content.bytes, path, path, set) : null;
  return reading?.kind === 'contract' ? reading.contract : null;
}

/** Where the file at a path changed, oldest first. */
async function blobsInHistory(base: ContractBase, path: string): Promise<readonly { readonly blob: Sha; readonly commit: Sha }[]> {
  const commits = await lineOf(base);
  const names = await base.objects.namesAt(commits.map((commit) => ({ commit, path })));
  return commits.flatMap((commit, index) => {
    const found = names[index];
    return found?.kind === 'blob' && found.name !== names[index - 1]?.name ? [{ blob: found.name, commit }] : [];
  });
}

async function lineOf({ objects, base }: ContractBase): Promise<readonly Sha[]> {
  const commits: Sha[] = [];
  for (let from: Sha | null = base.sha; from !== null; ) {
    const page = await objects.history(from, { limit: 1_000 });
    commits.push(...page.commits.map(({ sha }) => sha));
    from = page.next;
  }
  return commits.toReversed();
}
