import { Failure } from '../../domain/failure.ts';
import { readCommitFacts } from '../../probes/local-git/commit-facts.ts';
import type { CommitFacts } from '../../probes/local-git/commit-facts.ts';
import { clip } from '../../render/clip.ts';
import { inertJson, terminalText } from '../../render/escape.ts';
import type { Paint } from '../../render/format-options.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { openContractBase } from './contract-base.ts';
import type { BaseOptions, ContractBase } from './contract-base.ts';
import { readChain } from './read-chain.ts';
import type { ChainLink } from './read-chain.ts';
import { readContractFile } from './read-contract-file.ts';
import { isTaken, readWorkingFile, workingFile } from './working-file.ts';

export interface LogOptions extends BaseOptions {
  readonly format: string;
}

/** The chain of a contract at the base, newest first, with each link checked. Exit 1 when one does not hold. */
export async function printContractLog(terminal: Terminal, name: string, options: LogOptions): Promise<number> {
  const base = await openContractBase(terminal, options);
  try {
    const { contractId, paths } = await findContract(base, name);
    const chain = (await readChain(base, contractId, paths)).toReversed();
    if (chain.length === 0) throw new Failure('USAGE', `Cannot show the log of ${JSON.stringify(name.slice(0, 80))}: no version of it stands in the history of ${base.base.branch}, expected a released contract or its file.`);
    const facts = await readCommitFacts(base.root, chain.map((link) => link.commit));
    terminal.write(options.format === 'json' ? `${inertJson(chain.map((link) => ({ contractId, ...link, ok: link.problem === null, ...facts.get(link.commit) })))}\n` : logText(contractId, chain, facts, terminal.color));
    return chain.every((link) => link.problem === null) ? exitCodes.allow : exitCodes.deny;
  } finally {
    await base.close();
  }
}

/** A file of the working tree or of the base, else an id. */
async function findContract(base: ContractBase, name: string): Promise<{ readonly contractId: string; readonly paths: readonly string[] }> {
  const place = await workingFile(base, name).catch((error: unknown) => {
    // An id may look like a path out of the repository, or like anything else.
    if (error instanceof Failure) return null;
    throw error;
  });
  const [set] = place === null ? [] : base.setsFor(place.path);
  if (place === null || set === undefined) return { contractId: name, paths: [] };
  const bytes = (await isTaken(place)) ? await readWorkingFile(place) : await base.bytesAtBase(place.path);
  if (bytes === null) return { contractId: name, paths: [] };
  const reading = readContractFile(bytes, name, place.path, set);
  if (reading.kind === 'contract') return { contractId: reading.contract.contractId, paths: [place.path] };
  throw new Failure('USAGE', `Cannot tell which contract ${JSON.stringify(name)} is: ${reading.lines.join(' ')} Name its id instead.`);
}

function logText(contractId: string, chain: readonly ChainLink[], facts: ReadonlyMap<string, CommitFacts>, paint: Paint): string {
  const widest = Math.max(...chain.map(({ version }) => version.length));
  const states = Math.max(...chain.map(({ lifecycle }) => lifecycle.length));
  const lines = chain.flatMap((link) => {
    const mark = link.problem === null ? paint.green('✓') : paint.red('✗');
    const { author = '', date = '' } = facts.get(link.commit) ?? {};
    const origin = link.origin === 'released' ? '' : paint.dim(`  ${link.origin}`);
    const row = `${mark} ${paint.bold(terminalText(link.version.padEnd(widest)))}  ${stateWord(link.lifecycle, states, paint)}  ${paint.cyan(link.contentHash.slice(0, 19))}  ${link.commit.slice(0, 12)}  ${date.slice(0, 10)}  ${terminalText(clip(author, 30))}${origin}`;
    return link.problem === null ? [row] : [row, `  ${paint.red(terminalText(link.problem))}`];
  });
  return `${[paint.bold(terminalText(contractId)), ...lines].join('\n')}\n`;
}

function stateWord(lifecycle: string, width: number, paint: Paint): string {
  const padded = terminalText(lifecycle.padEnd(width));
  if (lifecycle === 'active') return paint.green(padded);
  return lifecycle === 'deprecated' ? paint.yellow(padded) : paint.dim(padded);
}
