import assert from 'node:assert/strict';
import { digestOfValue } from '../../src/domain/digest.ts';
import type { KeptDrift } from '../../src/domain/drift/scanned-behavior.ts';
import type { Decision } from '../../src/domain/decision.ts';
import type { RemediationRecord } from '../../src/domain/remediation/remediation-record.ts';
import { remediateJob } from '../../src/flows/job-requests.ts';
import { createDriftSources } from '../../src/flows/remediation/drift-sources.ts';
import { createRemediator } from '../../src/flows/remediation/create-remediator.ts';
import type { Remediator } from '../../src/flows/remediation/create-remediator.ts';
import { aCommandWorld } from './a-command-world.ts';
import { aGovernedWorld, aWorld, configuration } from './a-world.ts';

export const behavior = 'managed-files';
const agreed = digestOfValue('agreed');
const [file, template] = ['.editorconfig', 'templates/editor.ini'];
const approvers = 'governance: {approvals: {tier2: {count: 1, from: ["team:governance"]}, tier3: {count: 2, from: ["user:carol"]}}}\n';

/** What the environment of a test says of drift. */
export interface DriftSetting {
  readonly remediation?: 'report' | 'propose' | 'auto';
  readonly standing?: 'pass' | 'drift';
  /** False: the behaviour is only observed. */
  readonly decides?: boolean;
  /** That the behaviour names. */
  readonly playbook?: string;
}

/** A repository whose managed file drifted, as a scan keeps it: a remediation comes only when it is asked for. Commands are typed in its pull request 1. */
export async function aDriftWorld({ remediation = 'report', standing = 'drift', decides: isStrict = true, playbook = 'restore-managed-file' }: DriftSetting = {}, decided: Partial<Decision> = {}) {
  let remediator: Remediator | null = null;
  const governed = aGovernedWorld(aWorld({}, undefined, undefined, { remediate: async (job) => remediator?.(job) }));
  remediator = createRemediator(governed.ports, createDriftSources(governed.ports), 60_000);
  const world = await aCommandWorld(decided, governed);
  const { github, store, clock } = world;
  const commit = github.commit('main', { '.github/plumbline.yml': `${configuration}${approvers}waivers: [".plumbline/waivers.yaml"]\ndrift: {behaviors: ["behaviors/*.yaml"], remediation: ${remediation}}\n`, [file]: 'root = false\n', [template]: 'root = true\n' });

  async function measured(last: 'pass' | 'drift', changes: Partial<KeptDrift['record']> = {}, decides = isStrict, expected = agreed): Promise<void> {
    const at = clock.now().toISOString();
    const drift = last === 'pass' ? null : { code: null, observed: 'file/changed', target: behavior, owner: 'team:platform', differences: [{ path: file, template, name: null, expected: null, found: null }] };
    await store.transaction(async (transaction) => {
      await transaction.saveScanPlan({ repository: github.ref, branch: 'main', nextAt: at, due: null, scanned: { commit, behaviors: 1, broken: [], repairTarget: 120_000 }, failedSince: null });
      await transaction.saveDrift(github.ref.account.id, {
        record: { repositoryId: github.ref.id, behavior, standing: last, drifting: last === 'drift' ? { agreed: expected, observed: 'file/changed', decides: true, since: at } : null, last, first: null, measuredAt: at, commit, episode: null, flips: [], ...changes },
        scanned: { path: 'behaviors/managed.yaml', owner: 'team:platform', playbook, decides, proposes: remediation !== 'report', since: at, why: 'It is not as its template.', agreed: expected, source: 'repository-files', drift, metrics: [] },
      });
    });
  }

  async function look(name = behavior): Promise<void> {
    await world.enqueue(remediateJob(github.ref, name));
    await world.settle();
  }

  await measured(standing);
  return {
    ...world,
    measured,
    look,
    /** A look whose worker dies right after it opened a pull request: our record does not learn of it. */
    async lookThatDies(): Promise<void> {
      const { repository } = github;
      const living = { ...repository };
      Object.assign(repository, {
        openPullRequest: async (wanted: Parameters<typeof repository.openPullRequest>[0]) => {
          await living.openPullRequest(wanted);
          throw new Error('the process died');
        },
      });
      await look();
      Object.assign(repository, living);
    },
    approvers: (...logins: readonly string[]): void => void github.teams.set('governance', new Set(logins)),
    /** Asks for the remediation as `dev`. @returns The number of its pull request. */
    async remediated(): Promise<number> {
      await world.type(`/plumbline remediate ${behavior}`);
      return github.opened.at(-1)?.number ?? assert.fail(JSON.stringify(world.failures));
    },
    /** Somebody pushes to the pull request, which is seen to arrive, and frozen by the next look. @returns The new head. */
    async frozen(number: number, by = { login: 'eve', id: 66 }): Promise<string> {
      const branch = github.heads.get(number) ?? '';
      const before = github.branches.get(branch) ?? '';
      await arrive(number, before, { login: 'plumbline[bot]', id: 1, kind: 'app' }, '2026-11-20T11:00:00Z');
      github.push(branch, github.commit(branch, { 'by-hand.txt': `${github.calls.length}` }));
      const head = github.branches.get(branch) ?? '';
      await arrive(number, head, { ...by, kind: 'human' }, '2026-11-20T11:30:00Z');
      await look();
      return head;
    },
    arrive,
    pulls: (): readonly string[] => github.opened.map(({ number, branch }) => `#${number} ${github.pulls.get(number)?.state ?? ''} ${branch.replace(/\/[0-9a-f]{16}-/, '/…-')}`),
    async textAt(ref: string, path = file): Promise<string | null> {
      const { entries } = await github.repository.tree(github.branches.get(ref) ?? ref);
      const entry = entries.find((one) => one.path === path);
      const content = entry === undefined ? undefined : (await github.repository.blobs([entry])).get(entry.blob);
      return content?.kind === 'bytes' ? new TextDecoder().decode(content.bytes) : null;
    },
    record: (number: number): Promise<RemediationRecord | null> => store.transaction((transaction) => transaction.remediationOfPull(github.ref.id, number)),
    hands: async (number: number): Promise<readonly string[]> => (await store.transaction((transaction) => transaction.contributions(github.ref.id, number))).map(({ person }) => person.login),
    /** What the log says of remediations and commands. */
    async told(): Promise<readonly string[]> {
      const entries = (await store.audit.entries(github.ref.account.id, 0, 10_000)).map(({ leaf }) => JSON.parse(new TextDecoder().decode(leaf)));
      return entries.filter(({ event }) => event === 'command.run' || String(event).startsWith('remediation.')).map(({ event, outcome }) => `${event} ${outcome}`);
    },
  };

  async function arrive(number: number, head: string, person: { readonly login: string; readonly id: number; readonly kind: 'human' | 'app' }, at: string): Promise<void> {
    const known = await store.transaction((transaction) => transaction.arrivals(github.ref.id, number));
    const before = known.at(-1)?.head;
    await store.transaction((transaction) => transaction.recordArrival({ repositoryId: github.ref.id, pullRequest: number, head, person, action: before === undefined ? 'opened' : 'synchronize', ...(before === undefined ? {} : { before }), at }));
  }
}
