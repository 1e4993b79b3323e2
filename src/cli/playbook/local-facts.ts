import { lstat, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { compareVersions } from '../../domain/contract/version.ts';
import { textOfBytes } from '../../domain/document/edited-text.ts';
import { Failure } from '../../domain/failure.ts';
import { limits } from '../../domain/limits.ts';
import type { Planning } from '../../domain/playbook/plan.ts';
import type { CommitFact, ContractFact, FactRequest, FileFact, PlaybookFacts, ReleasedVersion } from '../../domain/playbook/playbook-facts.ts';
import { contractIn } from '../../domain/playbook/standing-contract.ts';
import { isRepositoryPath } from '../../domain/repository-path.ts';
import type { Sha } from '../../domain/tree.ts';
import { planWithFacts } from '../../flows/plan/plan-with-facts.ts';
import { schemasOf } from '../../flows/plan/schemas-of.ts';
import { commitFact, textFact } from '../../flows/plan/file-fact.ts';
import { openLocalRepository } from '../../probes/local-git/local-repository.ts';
import type { LocalRepository } from '../../probes/local-git/local-repository.ts';
import { policyChecksumAt } from '../contract/base-facts.ts';
import { openContractBase } from '../contract/contract-base.ts';
import type { ContractBase } from '../contract/contract-base.ts';
import type { Terminal } from '../terminal.ts';

export interface FactsPlace {
  readonly repo: string;
  readonly base?: string;
  /** A checkout of the organisation's `.github` repository. */
  readonly organization?: string;
}

/** Facts from the working copy and its history. Nothing is written, and nothing is asked of a network. */
export class LocalFacts {
  readonly #terminal: Terminal;
  readonly #place: FactsPlace;
  readonly #root: string;
  readonly #doubtful = new Set<string>();
  #contracts: Promise<ContractBase> | null = null;
  #objects: Promise<LocalRepository> | null = null;

  constructor(terminal: Terminal, place: FactsPlace, root: string) {
    this.#terminal = terminal;
    this.#place = place;
    this.#root = root;
  }

  /** Plans with each fact that is asked for. */
  async plan(start: PlaybookFacts, planWith: (facts: PlaybookFacts) => Planning): Promise<Exclude<Planning, { readonly kind: 'unread' }>> {
    return await planWithFacts(start, planWith, async (wanted) => await this.#read(wanted));
  }

  /** Releases that a plan counted as the history of the branch has them, one commit after the other: which commits came together git does not tell. */
  get doubtful(): readonly string[] {
    return [...this.#doubtful];
  }

  async close(): Promise<void> {
    await (await this.#contracts?.catch(() => null))?.close();
    await (await this.#objects?.catch(() => null))?.close();
  }

  async #read(wanted: FactRequest): Promise<Partial<PlaybookFacts>> {
    switch (wanted.kind) {
      case 'file':
        return { files: new Map([[wanted.path, await fileBelow(this.#root, wanted.path)]]) };
      case 'template':
        return { templates: new Map([[wanted.template, await this.#template(wanted.template)]]) };
      case 'contract':
        return { contracts: new Map([[wanted.path, await this.#contract(wanted.path)]]) };
      case 'commit':
        return { commits: new Map([[wanted.commit, await this.#commit(wanted.commit)]]) };
    }
  }

  async #template(template: string): Promise<FileFact> {
    if (!template.startsWith('org:')) return await fileBelow(this.#root, template);
    const { organization } = this.#place;
    if (organization === undefined) throw new Failure('USAGE', `Cannot read the template ${JSON.stringify(template)}: it is the organisation's. Name a checkout of its .github repository with --organization <dir>.`);
    return await fileBelow(resolve(this.#terminal.directory, organization), template.slice('org:'.length));
  }

  async #contract(path: string): Promise<ContractFact | null> {
    const base = await (this.#contracts ??= openContractBase(this.#terminal, this.#place));
    const sets = base.setsFor(path);
    const [set] = sets;
    if (set === undefined) return null;
    const fact = { fields: set.fields, layout: base.layoutFor(path), isSigned: sets.some(({ signatures }) => signatures === 'required'), policyChecksum: await policyChecksumAt(base), schemas: await schemasOf(sets, async (name) => await base.bytesAtBase(name)) };
    const standing = await fileBelow(this.#root, path);
    const contract = standing.kind === 'file' ? contractIn(standing.text, path, fact) : null;
    const released = await base.record.releasesAt(base.entry.entry, [path]);
    const ids = new Set([...released.map(({ contractId }) => contractId), ...(contract === null ? [] : [contract.contractId])]);
    const { own, unsure } = await base.record.releases(base.entry.entry, [...ids]);
    for (const { contractId, version } of unsure) this.#doubtful.add(`${contractId} ${version}`);
    const releases: ReleasedVersion[] = [];
    for (const release of own) releases.push({ ...release, text: textOfBytes(await base.bytesOf(release)) });
    return { ...fact, releases: releases.toSorted((a, b) => compareVersions(a.version, b.version)) };
  }

  async #commit(commit: Sha): Promise<CommitFact> {
    const objects = await (this.#objects ??= openLocalRepository(this.#root));
    const known = await objects.resolve(`${commit}^{commit}`).catch(() => null);
    return known === null ? { kind: 'unknown' } : await commitFact(objects, known, async (one) => await isBelow(objects, one, await objects.resolve('HEAD')));
  }
}

/** Commits without common history are below nothing. */
async function isBelow(objects: LocalRepository, commit: Sha, tip: Sha): Promise<boolean> {
  try {
    return (await objects.mergeBase(commit, tip)) === commit;
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'SNAPSHOT_UNREADABLE') return false;
    throw thrown;
  }
}

/** What stands at a path of a folder: never what a link on the way leads to. */
async function fileBelow(root: string, path: string): Promise<FileFact> {
  if (!isRepositoryPath(path)) return { kind: 'other', what: 'a path that leads out of the repository' };
  const segments = path.split('/');
  for (const [index] of segments.entries()) {
    const found = await lstat(join(root, ...segments.slice(0, index + 1))).catch(() => null);
    if (found === null) return { kind: 'absent' };
    const isLast = index === segments.length - 1;
    if (found.isSymbolicLink()) return { kind: 'other', what: 'a symbolic link' };
    if (isLast ? !found.isFile() : !found.isDirectory()) return { kind: 'other', what: isLast ? 'a folder' : 'a file where a folder is meant' };
    if (isLast && found.size > limits.fileBytes) return { kind: 'other', what: `more than ${limits.fileBytes} bytes` };
    if (isLast) return textFact(await readFile(join(root, path)), (found.mode & 0o100) === 0 ? '100644' : '100755');
  }
  return { kind: 'absent' };
}
