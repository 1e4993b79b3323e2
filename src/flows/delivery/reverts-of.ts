import { revertedBy } from '../../domain/calibration/reverted-by.ts';
import type { Reverted } from '../../domain/calibration/reverted-by.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../domain/json-value.ts';

/** As the repository is called in the texts. */
interface Named {
  readonly owner: string;
  readonly name: string;
}

/** Characters of one text that are looked at, and reverts of one delivery that are followed: each may ask GitHub something. */
const most = { characters: 20_000, reverts: 20 } as const;

/** What the commits of a push say that they take back. Null: nothing. A list that is not there, or is no list, says nothing. */
export function revertsOfPush({ commits }: JsonObject, repository: Named): Reverted | null {
  return together((Array.isArray(commits) ? commits : []).map((commit: JsonValue) => (isJsonObject(commit) ? textOf(commit['message']) : '')), repository);
}

/** What a merged pull request says that it takes back, and onto which branch it was merged. */
export function revertsOfPullRequest({ pull_request: pull }: JsonObject, repository: Named): (Reverted & { readonly branch: string }) | null {
  if (!isJsonObject(pull) || pull['merged'] !== true || !isJsonObject(pull['base'])) return null;
  const { ref } = pull['base'];
  const reverted = together([textOf(pull['body'])], repository);
  return reverted === null || typeof ref !== 'string' ? null : { ...reverted, branch: ref };
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value.slice(0, most.characters) : '';
}

function together(texts: readonly string[], repository: Named): Reverted | null {
  const all = texts.map((text) => revertedBy(text, repository));
  const commits = [...new Set(all.flatMap((one) => one.commits))].slice(0, most.reverts);
  const pullRequests = [...new Set(all.flatMap((one) => one.pullRequests))].slice(0, most.reverts);
  return commits.length + pullRequests.length === 0 ? null : { commits, pullRequests };
}
