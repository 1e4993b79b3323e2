import type { createColors } from 'picocolors';
import type { GitHubServer } from '../../test/github/start-github.ts';
import type { DemoPull } from './scenario.ts';

type Colors = ReturnType<typeof createColors>;
type Run = Readonly<Record<string, unknown>>;

/** The check runs and the comment of a pull request, as text. */
export async function showChecks(github: GitHubServer, pull: DemoPull, color: Colors): Promise<string> {
  const runs = newestByName(await github.checkRuns(pull.repository, pull.head));
  const title = `\n${color.bold(`${pull.repository.name}#${pull.number}  ${pull.title}`)}`;
  if (runs.length === 0) return `${title}\n  no check run: nothing is governed in this repository`;
  const comments = await github.comments(pull.repository, pull.number);
  const told = comments.length === 0 ? [] : [color.dim(`  and ${comments.length === 1 ? 'one comment' : `${comments.length} comments`}, ${comments.map((one) => String(one['body']).length).join(' and ')} characters`)];
  return [title, ...runs.flatMap((run) => runLines(github, run, color)), ...told].join('\n');
}

/** A new run is made for each evaluation; people see the newest of each name. */
function newestByName(runs: readonly Run[]): readonly Run[] {
  const byName = new Map(runs.toSorted((a, b) => Number(a['id']) - Number(b['id'])).map((run) => [String(run['name']), run]));
  return [...byName.values()].toSorted((a, b) => (String(a['name']) < String(b['name']) ? -1 : 1));
}

function runLines(github: GitHubServer, run: Run, color: Colors): readonly string[] {
  const output = isRecord(run['output']) ? run['output'] : {};
  const isRollUp = run['name'] === 'plumbline';
  const findings = isRollUp ? [] : String(output['summary'] ?? '').split('\n').filter((line) => line.startsWith('- '));
  const claims = isRollUp ? [] : String(output['summary'] ?? '').split('\n').filter((line) => /^\| .*\*\*(?:verified|moved|unsupported|contradicted|unverifiable|error)\*\*/.test(line));
  const places = github.annotations(Number(run['id'])).map((one) => `    ${String(one['path'])}:${String(one['start_line'])}  ${String(one['title'])}`);
  return [`  ${mark(run, color)} ${String(run['name'])}  ${color.bold(String(output['title']))}`, ...findings.map((line) => `    ${plain(line)}`), ...claims.map((line) => `    ${color.cyan(claimLine(line))}`), ...places.map((line) => color.dim(line))];
}

/** A row of the table of claims: what is claimed, the verdict, where it stands. */
function claimLine(row: string): string {
  const [claim = '', verdict = '', cited = ''] = row.split(' | ').map((cell) => cell.replace(/^\| /, ''));
  return `${plain(verdict).padEnd(22)} ${plain(claim)}  ${plain(cited).replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')}`;
}

function mark(run: Run, color: Colors): string {
  return run['conclusion'] === 'success' ? color.green('✔') : run['conclusion'] === 'failure' ? color.red('✖') : color.yellow('●');
}

/** Markdown as a terminal shows it well enough. */
function plain(line: string): string {
  const decoded = line.replaceAll(/<\/?span>/g, '').replaceAll(/&#(\d+);/g, (_entity, code: string) => String.fromCodePoint(Number(code)));
  return decoded.replaceAll(/\*\*|`/g, '');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
