import { repositoryConfigurationPath } from '../domain/configuration/configuration-paths.ts';
import { previewName } from '../domain/check-name.ts';
import { resolveConfiguration } from '../domain/configuration/resolve-configuration.ts';
import type { GateName } from '../domain/gate-name.ts';
import { fullNameOf } from '../domain/repository.ts';
import { pullRequestSubject } from '../domain/subject.ts';
import { renderPreview } from '../render/check-state.ts';
import { captureSnapshot } from './capture-snapshot.ts';
import { requestChecks } from './check-effects.ts';
import { versionAt } from './configuration-at.ts';
import type { FlowPorts } from './flow-ports.ts';
import { headFilesOf } from './head-files.ts';
import { judge } from './judge.ts';
import type { GitHubRepository } from './ports/github-repository.ts';
import type { PullRequestRecord } from './ports/decision-store.ts';

/** Nobody governs anything here yet, so what people may do is not asked. */
const previewedGates: readonly GateName[] = ['change', 'contracts'];

/** A pull request that adds the first configuration is judged as if that one were in force already, and only told so. */
export async function previewFirstConfiguration(ports: FlowPorts, github: GitHubRepository, pullRequest: PullRequestRecord): Promise<void> {
  const { facts, repository } = pullRequest;
  const version = await versionAt(github, facts.head, repositoryConfigurationPath);
  if (version.bytes === null) return;
  const level = { repository: fullNameOf(repository), path: repositoryConfigurationPath, versions: [version], exhausted: true, seen: true, unreadable: null };
  const resolution = resolveConfiguration({ organization: null, repository: level, defaultBranch: facts.baseBranch, requiredByBranch: null });
  if (resolution.kind !== 'resolved') return;
  const change = { subject: { kind: 'pull-request', number: facts.number }, author: facts.author, title: facts.title, draft: facts.draft, fork: facts.headRepositoryId !== repository.id, baseBranch: facts.baseBranch } as const;
  const entry = { entry: facts.baseBranch, names: [facts.baseBranch], require: false, isDefault: true };
  const snapshot = await captureSnapshot({ engine: ports.engine, now: ports.clock.now(), objects: github, repository, change, entry, configuration: resolution.state, base: facts.base, head: facts.head });
  const prober = ports.previewProberFor(github);
  const { decision } = await judge({ snapshot, prober, requiredGates: previewedGates });
  const subject = pullRequestSubject(facts.number);
  const state = renderPreview(decision, { subject, decidedBy: subject, leftOut: [], retryAt: null, headFiles: headFilesOf(snapshot) });
  const startedAt = ports.clock.now();
  await ports.store.transaction(async (transaction) => {
    const { current } = await transaction.openEvaluation({ id: ports.newId(), repository, subject, head: facts.head, rollUp: previewName, startedAt });
    await requestChecks(transaction, [{ evaluation: current, name: previewName, state }]);
    await transaction.finishEvaluation(current.id, startedAt);
  });
}
