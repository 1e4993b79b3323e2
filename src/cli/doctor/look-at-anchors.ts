import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import type { AnchorRepository } from '../../config/anchor-settings.ts';
import { failureOf } from '../../domain/failure.ts';
import { inspectGitHub } from '../compose/inspect-github.ts';
import { diagnosis } from './diagnosis.ts';
import type { Diagnosis } from './diagnosis.ts';
import { usableSettings } from './look-at-settings.ts';
import type { Patient } from './run-doctor.ts';

/** Whether checkpoints are published where the App can not take them back. */
export async function lookAtAnchors({ terminal }: Patient): Promise<readonly Diagnosis[]> {
  const config = usableSettings(terminal);
  if (config === null) return [diagnosis('anchor', 'warn', 'without valid settings it is not known whether the audit log is anchored outside', 'Mend the settings first.')];
  const { anchorDirectory, anchorRepository, witnesses } = config;
  if (anchorDirectory === null && anchorRepository === null && witnesses.length === 0) return [diagnosis('anchor', 'warn', 'The audit log is anchored nowhere outside: whoever holds both the store and the log key could rewrite it unseen.', 'Set ANCHOR_DIR, ANCHOR_REPOSITORY or ANCHOR_WITNESSES; or keep checkpoints in the hands of others: plumbline audit export log.ndjson')];
  return [
    ...(anchorDirectory === null ? [] : [await lookAtFile(anchorDirectory)]),
    ...(anchorRepository === null ? [] : [await lookAtBranch(inspectGitHub(terminal), anchorRepository)]),
    ...witnesses.map(({ url, key }) => diagnosis(`anchor witness ${key.name}`, 'ok', `asked at ${url}`)),
  ];
}

async function lookAtFile(directory: string): Promise<Diagnosis> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await access(directory, constants.W_OK);
    return diagnosis('anchor file', 'ok', `${directory} can be written; whether it can be rewritten depends on its file system`);
  } catch (error) {
    return diagnosis('anchor file', 'fail', failureOf(error, 'USAGE').message, 'Let the user of the server write to ANCHOR_DIR.');
  }
}

async function lookAtBranch(inspector: ReturnType<typeof inspectGitHub>, { repository, branch }: AnchorRepository): Promise<Diagnosis> {
  const name = `anchor branch ${repository} ${branch}`;
  const [owner = '', repo = ''] = repository.split('/');
  const { bypasses } = await inspector.protection(await inspector.repository(owner, repo), branch);
  const lacking = [...(bypasses.has('non_fast_forward') ? [] : ['block force pushes']), ...(bypasses.has('deletion') ? [] : ['restrict deletions'])];
  const ways = [...bypasses.values()];
  if (lacking.length > 0) return diagnosis(name, 'fail', `the App may rewrite what it anchors there: no ruleset for the branch has ${lacking.join(' and ')}`, `Make a ruleset for the branch that has: ${lacking.join(', ')}.`);
  if (ways.includes('may')) return diagnosis(name, 'fail', 'the App may rewrite what it anchors there: it may bypass a ruleset of the branch', 'Take the App out of the bypass list of the ruleset.');
  return ways.every((way) => way === 'never') ? diagnosis(name, 'ok', 'neither forced nor deleted by the App') : diagnosis(name, 'unknown', 'GitHub does not tell whether the App may bypass the rulesets of the branch', 'Look at the bypass lists of the rulesets yourself.');
}
