import { join } from 'node:path';
import { compareVersions } from '../../domain/contract/version.ts';
import type { Finding } from '../../domain/finding.ts';
import { gates } from '../../flows/judge.ts';
import { terminalText } from '../../render/escape.ts';
import { judgeRange } from '../check/judge-range.ts';
import { typedHere } from '../check/typed-here.ts';
import type { Terminal } from '../terminal.ts';
import type { ContractBase } from './contract-base.ts';
import type { BumpPlan } from './plan-bump.ts';
import { isTaken } from './working-file.ts';

/** A contract that was written, or stays as it is. */
type Told = Pick<BumpPlan, 'contract' | 'from' | 'to'>;

/**
 * Says of each contract what the gate would hold against it already: git can not tell whether the base is what was released, or
 * the working tree lacks a path that has to stay. And what to do.
 */
export async function tellDiverged(terminal: Terminal, base: ContractBase, plans: readonly Told[]): Promise<void> {
  const suspected = [];
  for (const plan of plans) if (await isSuspected(base, plan)) suspected.push(plan);
  if (suspected.length === 0) return;
  const found = await divergences(terminal, base);
  for (const { contract, from, to } of suspected) {
    const released = (await base.releasesOf(contract.contractId)).map(({ path }) => path);
    const finding = found.find(({ code, path }) => path === to.path || path === from.path || (code === 'contract/removed' && released.some((one) => one === path)));
    if (finding !== undefined) terminal.tell(`${terminalText(`${to.file} ${warningOf(finding)} ${typedHere(finding.next, base.standing)}`)}\n`);
  }
}

function warningOf({ code, message }: Finding): string {
  if (code === 'contract/removed') return `can not be merged as it is. ${message}`;
  return `may be refused: that can not be told here. ${message}`;
}

/** Asked of what is at hand: a file that moved differs too, and whether that is a loss the gate knows. */
async function isSuspected(base: ContractBase, { contract }: Told): Promise<boolean> {
  const { own: releases, unsure } = await base.record.releases(base.entry.entry, [contract.contractId]);
  const newest = releases.toSorted((a, b) => compareVersions(a.version, b.version)).at(-1);
  if (newest !== undefined && unsure.includes(newest)) return true;
  const last = [...new Map(releases.map((release) => [release.path, release])).values()];
  for (const { path, contentHash } of last) {
    if ((await base.contractAtBase(path))?.contentHash !== contentHash) return true;
    if (!(await isTaken({ absolute: join(base.root, path) }))) return true;
  }
  return false;
}

/** What the gate itself says of the working tree as it is now. */
async function divergences(terminal: Terminal, { root, standing }: ContractBase): Promise<readonly Finding[]> {
  const { decision } = await judgeRange({ directory: root, base: standing.base, head: null, context: null, organization: null, operatorKeys: [], isOnline: false, environment: terminal.environment, threads: terminal.threads, gates: ['contracts'], asked: gates, now: terminal.now(), progress: () => {}, again: (name) => name });
  return decision.verdicts.flatMap(({ findings }) => findings.filter(({ code }) => code === 'contract/record_incomplete' || code === 'contract/removed'));
}
