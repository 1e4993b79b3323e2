import type { Configuration } from '../domain/configuration/configuration.ts';
import { groundingSettings } from '../domain/agent-evidence/grounding-settings.ts';
import type { GroupMember } from '../domain/snapshot.ts';
import type { Sha } from '../domain/tree.ts';
import type { GitHubRepository } from './ports/github-repository.ts';
import type { PullRequestFacts } from './ports/pull-request-facts.ts';
import { treeDifferences } from './tree-differences.ts';

/** What each pull request of a merge group changes and says of itself; null where no evidence is asked for. */
export async function evidenceOfMembers(github: GitHubRepository, configuration: Configuration | null, members: readonly PullRequestFacts[], base: Sha): Promise<readonly GroupMember[] | null> {
  if (configuration === null || groundingSettings(configuration) === null) return null;
  const told: GroupMember[] = [];
  for (const { number, author, head } of members) {
    const body = await github.body(number);
    const differences = await treeDifferences(github, await github.mergeBase(base, head), head);
    told.push({ number, author, head, ...(body === '' ? {} : { body }), paths: differences === null ? null : [...differences.keys()].toSorted() });
  }
  return told;
}
