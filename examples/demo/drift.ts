import { setTimeout as wait } from 'node:timers/promises';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import type { Json } from '../../test/github/json.ts';
import type { GitHubServer } from '../../test/github/start-github.ts';
import { runCommand } from './run-command.ts';
import type { DemoPull } from './scenario.ts';

const deadlineMs = 60_000;

/** A file that is managed by a template, and the behaviour that says so. */
export const managedFiles = {
  'behaviors/managed-files.yaml': [
    'kind: Behavior',
    'name: managed-files',
    'scope: environment',
    'source: {type: repository-files, files: [{path: .editorconfig, template: templates/editor.ini}]}',
    'owner: team:platform',
    'playbook: restore-managed-file',
    '',
  ].join('\n'),
  'templates/editor.ini': 'root = true\nindent_style = space\n',
  '.editorconfig': 'root = true\nindent_style = space\n',
};

/** Somebody edits the file on main past every check, and somebody else asks for a scan. Gives what was typed. */
export async function driftAndScan(github: GitHubServer, { repository, number }: DemoPull): Promise<string> {
  await github.commitFiles(repository, 'main', { '.editorconfig': 'root = true\nindent_style = tab\n' }, 'Use tabs', { as: 'dev' });
  const comment = '/plumbline drift scan';
  await github.comment(repository, number, comment, { as: 'lead' });
  return comment;
}

export interface RemediationSeen {
  readonly number: number;
  readonly title: string;
  readonly text: string;
}

/** The pull request that Plumbline opens. */
export async function untilRemediated(github: GitHubServer, repository: RepositoryRef): Promise<RemediationSeen> {
  for (const started = Date.now(); Date.now() - started < deadlineMs; await wait(100)) {
    const found = (await pullRequests(github, repository)).find((pull) => String(pull['body']).includes('Plumbline-Fingerprint:'));
    if (found !== undefined) return { number: Number(found['number']), title: String(found['title']), text: String(found['body']) };
  }
  throw new Error('no pull request came that mends the drift');
}

/** The beginning of a text, as a terminal shows it: what is only for programs is left out. */
export function shownText(text: string): string {
  const lines = text.replaceAll(/<!--[\s\S]*?-->/g, '').split('\n').filter((line) => !line.startsWith('Plumbline-'));
  return lines.slice(0, 24).map((line) => `             ${line}`.trimEnd()).join('\n');
}

/** Until the log says that the drift is over. Gives the entries that lead to it, in their order, without those of looks that found nothing to do. */
export async function untilClean(directory: string): Promise<readonly string[]> {
  for (const started = Date.now(); Date.now() - started < deadlineMs; await wait(500)) {
    const { output } = await runCommand(['audit', 'tail', '--count', '200'], directory);
    const events = [...output.matchAll(/\b(?:drift|remediation)\.[a-z]+/g)].map(([event]) => event);
    const end = events.indexOf('drift.cleared');
    if (end >= 0) return events.slice(0, end + 1).filter((event) => event !== 'remediation.skipped');
  }
  throw new Error('the drift was not verified clean in time');
}

async function pullRequests(github: GitHubServer, { owner, name }: RepositoryRef): Promise<readonly Json[]> {
  const answer = await fetch(`${github.url}/repos/${owner}/${name}/pulls?state=open`, { headers: { authorization: 'token token-of-lead' } });
  const open: readonly Json[] = JSON.parse(await answer.text());
  return open;
}
