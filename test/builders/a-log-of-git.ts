import type { RepositoryRef } from '../../src/domain/repository.ts';
import { isJsonObject } from '../../src/domain/json-value.ts';
import type { JsonObject } from '../../src/domain/json-value.ts';
import type { ConfigurationState } from '../../src/domain/snapshot.ts';
import { describeReleases } from '../../src/flows/describe-releases.ts';
import { describeState } from '../../src/flows/describe-state.ts';
import { firstParentLine } from '../../src/flows/first-parent-line.ts';
import { recordHistory } from '../../src/flows/record-history.ts';
import { openLocalRepository } from '../../src/probes/local-git/local-repository.ts';
import { aConfiguration } from './a-configuration.ts';
import { account, aDraft, aLog, sealed } from './a-log.ts';
import type { TestLog } from './a-log.ts';

export const repository: RepositoryRef = { account: { id: account, login: 'acme', kind: 'organization' }, installationId: 1, id: 100, owner: 'acme', name: 'shop' };

const inForce: ConfigurationState = { kind: 'effective', effective: aConfiguration(), organization: null, repository: null, organizationText: null, organizationFiles: null, findings: [], requiredByBranch: null, repairs: [] };

/** The sealed log of a repository whose `main` was recorded commit by commit, as pushes are. `changed`: what each release says otherwise. */
export async function aLogOfGit(directory: string, changed: JsonObject = {}): Promise<TestLog> {
  const git = await openLocalRepository(directory);
  const log = await aLog({ entries: 0 });
  const entry = { entry: 'main', names: ['main'], require: false, isDefault: true };
  const place = { repository, branch: 'main', entry };
  try {
    const line = await firstParentLine(git, await git.resolve('refs/heads/main'), null);
    await recordHistory({
      objects: git, entry, defaultBranch: 'main', line, landingOf: async (commit) => commit, configuration: inForce, known: { releases: [], schemas: [] }, isBackfill: true, tellsStates: true,
      keep: async ({ releases, contents, states }) => {
        const { drafts, snapshots } = describeReleases(place, releases, contents);
        for (const draft of drafts) log.append({ ...draft, payload: { ...(draft.payload !== undefined && isJsonObject(draft.payload) ? draft.payload : {}), ...changed } });
        for (const change of states) log.append(describeState(place, change));
        log.snapshotsOf.push(...snapshots);
      },
    });
    for (const { sha } of line.commits) log.append(aDraft({ event: 'change.merged', subject: 'push', outcome: 'governance/bypassed', payload: { sha, decision: null }, links: [`commit:${sha}`] }));
    return await sealed(log);
  } finally {
    await git.close();
  }
}
