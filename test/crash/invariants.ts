import { verifyLog } from '../../src/audit/verify-log.ts';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import { readAuditLog } from '../../src/flows/read-audit-log.ts';
import { decisionForm } from '../../src/store/form/decision-form.ts';
import { leakedSecrets } from '../acceptance/leaked-secrets.ts';
import { listOf, objectOf, isJson } from '../github/json.ts';
import type { Json } from '../github/json.ts';
import type { GitHubServer } from '../github/start-github.ts';
import { earlyRequests } from './early-requests.ts';
import { unfinishedJobs } from './opened-store.ts';
import type { OpenedStore } from './opened-store.ts';

/** What is left after a run: GitHub's state, the store of the stopped server, and everything that was printed. */
export interface Remains {
  readonly github: GitHubServer;
  readonly repositories: readonly RepositoryRef[];
  readonly opened: OpenedStore;
  readonly output: readonly string[];
}

/** What must hold after every crash, fault and soak. Empty when it does; else a line for each thing that does not. */
export async function brokenInvariants(remains: Remains): Promise<readonly string[]> {
  const parts = await Promise.all([
    unfinishedJobs(remains.opened).then((jobs) => jobs.map((job) => `a job is not done: ${job}`)),
    deliveries(remains),
    ...remains.repositories.map((repository) => checks(remains, repository)),
    auditLog(remains),
  ]);
  return [...parts.flat(), ...earlyRequests(remains.github.requests()), ...output(remains)];
}

/** Every delivery that was answered with 2xx stands in the inbox and came to an end. */
async function deliveries({ github, opened }: Remains): Promise<readonly string[]> {
  const rows = await opened.database.selectFrom('deliveries').select(['guid', 'state']).execute();
  const states = new Map(rows.map((row) => [row.guid, row.state]));
  const accepted = github.deliveries().filter((one) => one.statusCode >= 200 && one.statusCode < 300);
  const lost = accepted.filter((one) => !states.has(one.guid)).map((one) => `delivery ${one.guid} (${one.event}) was answered with ${one.statusCode} and is not in the inbox`);
  const open = rows.filter((row) => row.state === 'waiting').map((row) => `delivery ${row.guid} never came to an end`);
  const refused = github.deliveries().filter((one) => one.statusCode !== 0 && one.statusCode !== 503 && one.statusCode !== 202);
  return [...lost, ...open, ...refused.map((one) => `delivery ${one.guid} was answered with ${one.statusCode}`)];
}

interface Run {
  readonly id: number;
  readonly name: string;
  readonly head: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly evaluation: string;
  readonly externalId: string;
}

interface Decided {
  readonly id: string;
  readonly head: string;
  readonly decision: string;
}

async function checks(remains: Remains, repository: RepositoryRef): Promise<readonly string[]> {
  const { github, opened } = remains;
  const pulls = await openPulls(github, repository);
  const heads = new Set([...pulls.map((one) => one.head), ...headsOf(github, repository)]);
  const runs = (await Promise.all([...heads].map((head) => runsOn(github, repository, head)))).flat();
  const decided = await decisionsOf(opened, repository);
  const evaluations = new Map((await opened.database.selectFrom('evaluations').select(['id', 'head']).where('repository_id', '=', repository.id).execute()).map((row) => [row.id, row.head]));
  return [
    ...pulls.flatMap((pull) => pullProblems(pull, runs, decided)),
    ...runs.flatMap((run) => runProblems(run, decided, evaluations)),
    ...repeated(runs.map((run) => run.externalId)).map((key) => `two check runs have the external id ${key}`),
    ...(await Promise.all(pulls.map((pull) => commentProblems(github, repository, pull.number)))).flat(),
    ...(await mendProblems(remains, repository)),
  ];
}

interface OpenPull {
  readonly number: number;
  readonly head: string;
}

async function openPulls(github: GitHubServer, repository: RepositoryRef): Promise<readonly OpenPull[]> {
  const answer = await fetch(`${github.url}/repos/${repository.owner}/${repository.name}/pulls?state=open`, { headers: { authorization: 'token token-of-alice' } });
  return listOf(await answer.json()).map((one) => ({ number: Number(one['number']), head: String(objectOf(one['head'])['sha']) }));
}

/** Every head that an event told of. */
function headsOf(github: GitHubServer, repository: RepositoryRef): readonly string[] {
  return github.deliveries().flatMap(({ payload }) => {
    const pull = payload['pull_request'];
    return isJson(pull) && objectOf(payload['repository'])['id'] === repository.id ? [String(objectOf(pull['head'])['sha'])] : [];
  });
}

async function runsOn(github: GitHubServer, repository: RepositoryRef, head: string): Promise<readonly Run[]> {
  const found = await github.checkRuns(repository, head);
  return found.filter((run) => objectOf(run['app'])['id'] === github.appId).map((run) => runOf(run)).toSorted((a, b) => a.id - b.id);
}

function runOf(run: Json): Run {
  const externalId = String(run['external_id']);
  return {
    id: Number(run['id']), name: String(run['name']), head: String(run['head_sha']), status: String(run['status']),
    conclusion: typeof run['conclusion'] === 'string' ? run['conclusion'] : null, evaluation: externalId.split('/')[0] ?? '', externalId,
  };
}

/** In the order in which they were made. */
async function decisionsOf({ database }: OpenedStore, repository: RepositoryRef): Promise<readonly Decided[]> {
  const rows = await database.selectFrom('decisions').select(['id', 'head', 'record']).where('repository_id', '=', repository.id).orderBy('position').execute();
  return rows.map(({ id, head, record }) => ({ id, head, decision: decisionForm.read(record).decision.decision }));
}

/** The newest roll-up of an open head is completed, and shows the newest decision about it, if there is any. */
function pullProblems(pull: OpenPull, runs: readonly Run[], decided: readonly Decided[]): readonly string[] {
  const newest = runs.findLast((run) => run.head === pull.head && run.name === 'plumbline');
  if (newest === undefined) return [`#${pull.number} has no roll-up on ${pull.head}`];
  if (newest.status !== 'completed') return [`the newest roll-up of #${pull.number} on ${pull.head} is ${newest.status}`];
  const last = decided.findLast((one) => one.head === pull.head);
  const isDecided = decided.some((one) => one.id === newest.evaluation);
  if (isDecided && last?.id !== newest.evaluation) return [`the newest roll-up of #${pull.number} shows ${newest.evaluation}, decided before ${last?.id}`];
  return [];
}

function runProblems(run: Run, decided: readonly Decided[], evaluations: ReadonlyMap<string, string>): readonly string[] {
  const problems: string[] = [];
  if (run.status !== 'completed') problems.push(`${run.name} on ${run.head} was left ${run.status}`);
  if (evaluations.get(run.evaluation) !== run.head) problems.push(`${run.name} stands on ${run.head}, its evaluation ${run.evaluation} was about ${evaluations.get(run.evaluation) ?? 'nothing'}`);
  const own = decided.find((one) => one.id === run.evaluation);
  const isGreen = run.conclusion === 'success' || run.conclusion === 'skipped' || (run.conclusion === 'neutral' && run.name !== 'plumbline / preview');
  if (isGreen && run.name === 'plumbline' && (own?.decision !== 'allow' || own.head !== run.head)) problems.push(`${run.name} on ${run.head} is ${run.conclusion ?? ''} without an allow for it`);
  return problems;
}

async function commentProblems(github: GitHubServer, repository: RepositoryRef, number: number): Promise<readonly string[]> {
  const topics = (await github.comments(repository, number)).flatMap((one) => /<!-- plumbline:\S+/.exec(String(one['body'])) ?? []);
  return repeated(topics).map((topic) => `#${number} has two comments of ours with ${topic}`);
}

/** Messages of all commits that lead to a head of a pull request. */
async function commitsOf(github: GitHubServer, repository: RepositoryRef): Promise<readonly string[]> {
  const messages = new Map<string, string>();
  for (const head of new Set(headsOf(github, repository))) {
    const answer = await fetch(`${github.url}/repos/${repository.owner}/${repository.name}/commits?sha=${head}&per_page=100`, { headers: { authorization: 'token token-of-alice' } });
    for (const one of listOf(await answer.json())) messages.set(String(one['sha']), String(objectOf(one['commit'])['message']));
  }
  return [...messages.values()];
}

/** A mend is committed once for each head, and whoever asked for it stands in the record. */
async function mendProblems({ github, opened }: Remains, repository: RepositoryRef): Promise<readonly string[]> {
  const keys = (await commitsOf(github, repository)).flatMap((message) => /^Plumbline-Mend: (.+)$/m.exec(message)?.[1] ?? []);
  const rows = await opened.database.selectFrom('contributors').select('effect_key').where('repository_id', '=', repository.id).execute();
  const recorded = new Set(rows.map((row) => row.effect_key));
  return [...repeated(keys).map((key) => `${key} was committed twice`), ...keys.filter((key) => !recorded.has(key)).map((key) => `${key} was committed and nobody stands for it in the record`)];
}

/** Contiguous, verified by what was signed, and with an entry for each decision. */
async function auditLog({ github, opened }: Remains): Promise<readonly string[]> {
  const { audit } = opened.store;
  const account = github.account.id;
  const size = await audit.size(account);
  const verification = await verifyLog(await readAuditLog(audit, account, opened.publicKeys), { keys: [], checkpoints: [] });
  const sealed = (await audit.checkpoints(account)).at(-1)?.size ?? 0;
  const entries = await audit.entries(account, 0, size);
  const links = entries.flatMap(({ leaf }) => linksOfDecision(objectOf(JSON.parse(new TextDecoder().decode(leaf)))));
  const decisions = await opened.database.selectFrom('decisions').select('id').execute();
  return [
    ...(verification.outcome === 'verified' ? [] : [`the audit log is ${verification.outcome}: ${verification.firstWrong?.message ?? verification.notes.join('; ')}`]),
    ...entries.flatMap((entry, index) => (entry.sequence === index ? [] : [`audit entry ${index} is missing`])),
    ...(sealed === 0 ? ['the audit log has no checkpoint'] : []),
    ...decisions.filter(({ id }) => !links.includes(id)).map(({ id }) => `decision ${id} has no audit entry`),
    ...repeated(links).map((id) => `decision ${id} has two audit entries`),
  ];
}

function linksOfDecision(leaf: Json): readonly string[] {
  const links = leaf['links'];
  return leaf['event'] === 'decision.made' && Array.isArray(links) ? [String(links[0])] : [];
}

function output({ output: lines, github }: Remains): readonly string[] {
  const leaks = leakedSecrets(lines, github).length;
  const uncaught = lines.filter((line) => line.includes('an error that nobody caught'));
  return [...(leaks === 0 ? [] : [`${leaks} lines of output hold a secret`]), ...uncaught];
}

function repeated(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
