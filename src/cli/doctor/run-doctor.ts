import { resolve } from 'node:path';
import { failureOf } from '../../domain/failure.ts';
import { terminalText } from '../../render/escape.ts';
import { repositoryRoot } from '../compose/repository-root.ts';
import { exitCodes } from '../exit-codes.ts';
import { repoWords } from '../repo-option.ts';
import type { Terminal } from '../terminal.ts';
import { diagnosis } from './diagnosis.ts';
import type { Diagnosis, DiagnosisState } from './diagnosis.ts';
import { lookAtAnchors } from './look-at-anchors.ts';
import { lookAtApp } from './look-at-app.ts';
import { lookAtBranches } from './look-at-branches.ts';
import { lookAtConfiguration } from './look-at-configuration.ts';
import { lookAtDatabase } from './look-at-database.ts';
import { lookAtKeys } from './look-at-keys.ts';
import { lookAtJudge } from './look-at-judge.ts';
import { lookAtLogs } from './look-at-logs.ts';
import { lookAtGit, lookAtNode } from './look-at-machine.ts';
import { lookAtRegistries } from './look-at-registries.ts';
import { lookAtSettings } from './look-at-settings.ts';

export interface Patient {
  readonly terminal: Terminal;
  /** Top of a clone of a governed repository. */
  readonly directory: string;
  /** The option with which another command finds the same repository. */
  readonly repo: string;
}

interface Look {
  readonly name: string;
  readonly at: (patient: Patient) => Promise<readonly Diagnosis[]>;
}

const looks: readonly Look[] = [
  { name: 'Node', at: lookAtNode },
  { name: 'git', at: lookAtGit },
  { name: 'configuration', at: lookAtConfiguration },
  { name: 'settings', at: lookAtSettings },
  { name: 'App', at: lookAtApp },
  { name: 'branches', at: lookAtBranches },
  { name: 'registries', at: lookAtRegistries },
  { name: 'database', at: lookAtDatabase },
  { name: 'keys', at: lookAtKeys },
  { name: 'audit log', at: lookAtLogs },
  { name: 'anchor', at: lookAtAnchors },
  { name: 'judge', at: lookAtJudge },
];

export async function runDoctor(terminal: Terminal, options: { readonly repository: string; readonly isJson: boolean }): Promise<number> {
  const patient = { terminal, repo: repoWords(options.repository), directory: await repositoryRoot(resolve(terminal.directory, options.repository)) };
  const found: Diagnosis[] = [];
  for (const look of looks) {
    const diagnoses = await looked(look, patient);
    found.push(...diagnoses);
    if (!options.isJson) terminal.write(diagnoses.map((one) => lineOf(one, terminal)).join(''));
  }
  const result = resultOf(found);
  terminal.write(options.isJson ? `${JSON.stringify({ result, checks: found }, null, 2)}\n` : `\n${summaryOf(found, result)}\n`);
  return { ok: exitCodes.allow, fail: exitCodes.deny, unknown: exitCodes.unknown }[result];
}

/** A look that breaks saw nothing: that is unknown, never well. */
async function looked(look: Look, patient: Patient): Promise<readonly Diagnosis[]> {
  try {
    return await look.at(patient);
  } catch (error) {
    return [diagnosis(look.name, 'unknown', failureOf(error, 'GATE_FAILED').message)];
  }
}

function resultOf(found: readonly Diagnosis[]): 'ok' | 'fail' | 'unknown' {
  if (found.some(({ state }) => state === 'fail')) return 'fail';
  return found.some(({ state }) => state === 'unknown') ? 'unknown' : 'ok';
}

function lineOf({ name, state, found, next }: Diagnosis, { color }: Terminal): string {
  const paint: Readonly<Record<DiagnosisState, (text: string) => string>> = { ok: color.green, warn: color.yellow, fail: color.red, unknown: color.magenta };
  const [first = '', ...rest] = found.split('\n');
  const lines = [`${paint[state](state.padEnd(7))}  ${color.bold(terminalText(name))}  ${terminalText(first)}`, ...rest.map((line) => `         ${terminalText(line.trim())}`)];
  return `${[...lines, ...(next === null ? [] : [`         next: ${terminalText(next)}`])].join('\n')}\n`;
}

function summaryOf(found: readonly Diagnosis[], result: 'ok' | 'fail' | 'unknown'): string {
  const named = (wanted: DiagnosisState): string => found.filter(({ state }) => state === wanted).map(({ name }) => terminalText(name)).join(', ');
  const unknown = named('unknown') === '' ? '' : ` Could not be looked at: ${named('unknown')}.`;
  switch (result) {
    case 'fail':
      return `Wrong: ${named('fail')}.${unknown}`;
    case 'unknown':
      return `Nothing wrong was found, but not everything was seen.${unknown}`;
    case 'ok':
      return named('warn') === '' ? 'All is well.' : `Nothing is wrong. To think about: ${named('warn')}.`;
  }
}
