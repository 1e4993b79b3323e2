import { Failure } from '../../domain/failure.ts';
import { limits } from '../../domain/limits.ts';
import { linesOf, termsOf } from '../../domain/retrieval/indexed-text.ts';
import type { FoundPassage } from '../../domain/retrieval/search-texts.ts';
import { fullNameOf } from '../../domain/repository.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import { isPlainFile } from '../../domain/tree.ts';
import type { Sha, TreeEntry } from '../../domain/tree.ts';
import { findRepository } from '../find-repository.ts';
import type { FlowPorts } from '../flow-ports.ts';
import type { GitHubRepository } from '../ports/github-repository.ts';
import type { Retriever } from '../ports/retriever.ts';
import type { RepositoryNamed } from '../ports/store-search.ts';

export interface EvidenceQuery {
  readonly account: number;
  readonly repository: RepositoryNamed;
  /** In full; null: the tip of the default branch. */
  readonly commit: Sha | null;
  readonly query: string;
  readonly k: number;
}

export type EvidenceFound =
  | { readonly kind: 'found'; readonly repository: { readonly id: number; readonly name: string }; readonly commit: Sha; readonly passages: readonly ShownPassage[]; readonly isComplete: boolean }
  | { readonly kind: 'unknown_repository' | 'unknown_commit' };

export interface ShownPassage extends FoundPassage {
  readonly text: string;
}

type SearchPorts = Pick<FlowPorts, 'store' | 'github'> & { readonly retriever: Retriever };

/** Passages of a repository that an agent may want to cite, at a commit of its default branch or in the history of that: no other can be cited. */
export async function searchEvidence(ports: SearchPorts, { account, repository: named, commit, query, k }: EvidenceQuery): Promise<EvidenceFound> {
  const repository = await findRepository(ports.store, account, named);
  if (repository === null) return { kind: 'unknown_repository' };
  const github = ports.github.repository(repository);
  const at = await commitToSearch(github, commit);
  if (at === null) return { kind: 'unknown_commit' };
  const tree = await github.tree(at);
  const { files, isWhole } = filesToRead(tree.entries, query);
  const texts = (blobs: readonly Sha[]) => readTexts(github, files, blobs);
  const found = await ports.retriever.retrieve({ tenant: tenantOf(repository), query, k, files, texts });
  return { kind: 'found', repository: { id: repository.id, name: fullNameOf(repository) }, commit: at, passages: await shown(found, files, texts), isComplete: tree.complete && isWhole };
}

function tenantOf({ account, id }: RepositoryRef): string {
  return `${account.id}:${id}`;
}

/** A commit that only a fork or an unmerged branch has is as if there were none. */
async function commitToSearch(github: GitHubRepository, commit: Sha | null): Promise<Sha | null> {
  const tip = await github.branchTip(await github.defaultBranch());
  if (tip === null || commit === null || commit === tip) return tip;
  try {
    return (await github.isAncestor(commit, tip)) ? commit : null;
  } catch (thrown) {
    if (thrown instanceof Failure && (thrown.code === 'NOT_FOUND' || thrown.code === 'GITHUB_REFUSED')) return null;
    throw thrown;
  }
}

/** What is surely no text that somebody would cite. */
const notCited = /\.(?:png|jpe?g|gif|webp|ico|bmp|pdf|zip|gz|tgz|bz2|xz|7z|jar|war|class|so|dll|dylib|exe|wasm|woff2?|ttf|eot|otf|mp[34]|mov|avi|webm|ogg|wav|sqlite|db|bin|dat|pyc|min\.js|min\.css|map|snap)$|(?:^|\/)(?:node_modules|vendor|dist|build)\//i;

/** As many files as are read for one search; those whose path has words of the query first. */
function filesToRead(entries: readonly TreeEntry[], query: string): { readonly files: readonly TreeEntry[]; readonly isWhole: boolean } {
  const terms = new Set(termsOf(query));
  const readable = entries.filter((entry) => isPlainFile(entry) && !notCited.test(entry.path) && (entry.size ?? 0) <= limits.searchedFileBytes);
  const [near, far] = [true, false].map((isNear) => readable.filter(({ path }) => termsOf(path).some((term) => terms.has(term)) === isNear));
  const files: TreeEntry[] = [];
  let bytes = 0;
  for (const entry of [...(near ?? []), ...(far ?? [])]) {
    bytes += entry.size ?? limits.searchedFileBytes;
    if (files.length >= limits.searchedFiles || bytes > limits.searchedBytes) return { files, isWhole: false };
    files.push(entry);
  }
  return { files, isWhole: true };
}

/** What is no UTF-8, or has a zero byte, is no text. */
async function readTexts(github: GitHubRepository, files: readonly TreeEntry[], blobs: readonly Sha[]): Promise<ReadonlyMap<Sha, string>> {
  const sizes = new Map(files.map(({ blob, size }) => [blob, size]));
  const contents = await github.blobs(blobs.map((blob) => ({ blob, size: sizes.get(blob) ?? null })));
  const texts = new Map<Sha, string>();
  for (const [blob, content] of contents) {
    const text = content.kind === 'bytes' ? textOf(content.bytes) : null;
    if (text !== null) texts.set(blob, text);
  }
  return texts;
}

function textOf(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Whatever a retriever says, only lines of files that it was given are shown. */
async function shown(found: readonly FoundPassage[], files: readonly TreeEntry[], texts: (blobs: readonly Sha[]) => Promise<ReadonlyMap<Sha, string>>): Promise<readonly ShownPassage[]> {
  const blobOf = new Map(files.map(({ path, blob }) => [path, blob]));
  const read = await texts([...new Set(found.flatMap(({ path }) => blobOf.get(path) ?? []))]);
  return found.flatMap((passage) => {
    const text = read.get(blobOf.get(passage.path) ?? '');
    const lines = text === undefined ? [] : linesOf(text).slice(passage.startLine - 1, passage.endLine);
    return lines.length === 0 ? [] : [{ ...passage, text: lines.join('\n').slice(0, limits.quoteCharacters) }];
  });
}
