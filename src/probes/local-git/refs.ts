import { Failure } from '../../domain/failure.ts';
import type { Sha } from '../../domain/tree.ts';
import { isObjectName } from './object-name.ts';
import { demandGit, refusalOf, runGit } from './run-git.ts';

export interface DefaultBase {
  /** As a person would type it. */
  readonly ref: string;
  /** The branch's name on GitHub. */
  readonly branch: string;
  readonly sha: Sha;
}

export interface Origin {
  readonly owner: string;
  readonly name: string;
}

/** The commit that a name stands for, never an option to git. */
export async function resolveRef(directory: string, ref: string): Promise<Sha> {
  const found = await findCommit(directory, ref);
  if (found !== null) return found;
  throw new Failure('USAGE', `Cannot find the commit ${JSON.stringify(ref.slice(0, 80))}: no such name in ${JSON.stringify(directory)}, expected a branch, tag or commit. See what there is: git branch --all`);
}

/** The branch that a name stands for, without its remote; null for a tag, a commit, and for what is no name. */
export async function findBranchNamed(directory: string, ref: string): Promise<string | null> {
  if (isNoName(ref)) return null;
  const result = await runGit({ directory, arguments: ['rev-parse', '--verify', '--quiet', '--symbolic-full-name', '--end-of-options', ref] });
  return /^refs\/(?:heads|remotes\/[^/\n]+)\/(.+)\n$/.exec(result.stdout.toString('utf8'))?.[1] ?? null;
}

const remoteHead = 'refs/remotes/origin/HEAD';
const usualBases = ['main', 'master'];

export async function findDefaultBase(directory: string): Promise<DefaultBase | null> {
  const listed = await demandGit({ directory, arguments: ['for-each-ref', refFormat, remoteHead, ...usualBases.map((branch) => `refs/heads/${branch}`)] });
  const refs = refsIn(listed);
  const head = refs.find(({ name }) => name === remoteHead);
  const [, remote, branch] = /^refs\/remotes\/(origin\/(.+))$/.exec(head?.symref ?? '') ?? [];
  if (head !== undefined && remote !== undefined && branch !== undefined) return { ref: remote, branch, sha: head.sha };
  const usual = usualBases.flatMap((ref) => refs.flatMap(({ name, sha }) => (name === `refs/heads/${ref}` ? [{ ref, branch: ref, sha }] : [])));
  return usual[0] ?? null;
}

/** Branches by name: those of `origin`, which GitHub has; where none was ever fetched, the local ones. */
export async function listBranches(directory: string): Promise<readonly { readonly name: string; readonly sha: Sha }[]> {
  for (const under of ['refs/remotes/origin/', 'refs/heads/']) {
    const listed = await demandGit({ directory, arguments: ['for-each-ref', refFormat, under] });
    const found = refsIn(listed).flatMap(({ name, sha, symref }) => (symref === '' ? [{ name: name.slice(under.length), sha }] : []));
    if (found.length > 0) return found;
  }
  return [];
}

const refFormat = '--format=%(objectname) %(symref) %(refname)';

interface ListedRef {
  readonly name: string;
  readonly sha: Sha;
  /** What a symbolic ref leads to; empty for others. */
  readonly symref: string;
}

function refsIn(listed: Buffer): readonly ListedRef[] {
  return listed.toString('utf8').split('\n').flatMap((line) => {
    const [sha = '', symref = '', name] = line.split(' ');
    return name !== undefined && isObjectName(sha) ? [{ name, sha, symref }] : [];
  });
}

export async function readOrigin(directory: string): Promise<Origin | null> {
  const result = await runGit({ directory, arguments: ['config', '--null', '--get', 'remote.origin.url'] });
  if (result.status !== 0) return null;
  const path = result.stdout.toString('utf8').replace(/\0$/, '').replace(/\/+$/, '').replace(/\.git$/, '');
  const [, owner, name] = /(?:^|[/:])([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([A-Za-z0-9._-]{1,100})$/.exec(path) ?? [];
  return owner === undefined || name === undefined ? null : { owner, name };
}

async function findCommit(directory: string, ref: string): Promise<Sha | null> {
  if (isNoName(ref)) return null;
  const result = await runGit({ directory, arguments: ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`] });
  if (result.status !== 0 && result.stderr.includes('ownership')) throw refusalOf(result, directory);
  const sha = result.stdout.toString('utf8').trim();
  return result.status === 0 && isObjectName(sha) ? sha : null;
}

function isNoName(ref: string): boolean {
  return ref === '' || /\p{Cc}/u.test(ref);
}
