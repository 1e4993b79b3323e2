import { organizationConfigurationPath } from '../domain/configuration/configuration-paths.ts';
import { organizationGlobsOf } from '../domain/configuration/organization-files.ts';
import { readConfiguration } from '../domain/configuration/read-configuration.ts';
import { compileGlob } from '../domain/glob/glob.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { Sha } from '../domain/tree.ts';
import { versionAt } from './configuration-at.ts';
import type { FlowPorts } from './flow-ports.ts';
import { evaluateJob, recordPushJob } from './job-requests.ts';
import type { GitHubRepository } from './ports/github-repository.ts';
import type { PullRequestRecord } from './ports/decision-store.ts';
import { recordKey } from './record-key.ts';
import { treeDifferences } from './tree-differences.ts';

/** Enqueued in one transaction; the next ones become due a minute later, so that events of the day get their turn in between. */
const pageSize = 500;
const pagePause = 60_000;

/** No branch can be called so. */
const watermark = recordKey('', '~organization');

/**
 * A push to the default branch of an organisation's `.github` that changes its configuration, or what that names for all repositories, re-judges the
 * open pull requests of all of its repositories, and brings their records to what is covered now. Where it was looked at is
 * kept last: a crash repeats requests, which changes nothing.
 */
export async function rejudgeAccount(ports: FlowPorts, github: GitHubRepository, push: { readonly repository: RepositoryRef; readonly tip: Sha }): Promise<void> {
  const { repository, tip } = push;
  if (repository.account.kind !== 'organization' || repository.name.toLowerCase() !== '.github') return;
  const known = await ports.store.transaction((transaction) => transaction.recordState(repository.id, watermark));
  if (known?.upTo === tip) return;
  if (known === null || known.upTo === null || (await isChanged(github, known.upTo, tip))) await enqueueAll(ports, repository.account.id);
  await ports.store.transaction((transaction) => transaction.recordReleases(repository, [], { key: watermark, record: { kind: 'complete', upTo: tip } }));
}

async function isChanged(github: GitHubRepository, before: Sha, tip: Sha): Promise<boolean> {
  const [old, now] = await github.namesAt([before, tip].map((commit) => ({ commit, path: organizationConfigurationPath })));
  return old?.name !== now?.name || old?.kind !== now?.kind || (await areFilesChanged(github, before, tip));
}

/** By one configuration. Where it is not valid an older one judges, with the files of its own commit. */
async function areFilesChanged(github: GitHubRepository, before: Sha, tip: Sha): Promise<boolean> {
  const { bytes } = await versionAt(github, tip, organizationConfigurationPath);
  const reading = bytes === null ? null : readConfiguration(bytes, organizationConfigurationPath);
  const globs = reading?.kind === 'valid' ? organizationGlobsOf(reading.document).map(({ glob }) => compileGlob(glob)) : [];
  if (globs.length === 0) return false;
  const differences = await treeDifferences(github, before, tip);
  return differences === null || [...differences.keys()].some((path) => globs.some((glob) => glob.matches(path)));
}

async function enqueueAll(ports: FlowPorts, account: number): Promise<void> {
  const start = ports.clock.now().getTime();
  let after: PullRequestRecord | null = null;
  for (let page = 0; page === 0 || after !== null; page += 1) after = await enqueuePage(ports, account, { after, runAt: new Date(start + page * pagePause) });
}

/** @returns The last one; null when it is the last of all. */
async function enqueuePage(ports: FlowPorts, account: number, { after, runAt }: { readonly after: PullRequestRecord | null; readonly runAt: Date }): Promise<PullRequestRecord | null> {
  return ports.store.transaction(async (transaction) => {
    const page = await transaction.openPullRequestsOfAccount(account, { after, limit: pageSize });
    for (const { repository, facts } of page) await transaction.enqueue(evaluateJob(repository, facts.number, runAt));
    const records = new Map(page.map(({ repository, facts }) => [`${repository.id} ${facts.baseBranch}`, recordPushJob(repository, `refs/heads/${facts.baseBranch}`)]));
    for (const job of records.values()) await transaction.enqueue({ ...job, runAt });
    return page.length < pageSize ? null : (page.at(-1) ?? null);
  });
}
