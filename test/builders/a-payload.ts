import type { JsonObject } from '../../src/domain/json-value.ts';

const account = { id: 21031067, login: 'octo-org', type: 'Organization' };
const sha = 'a'.repeat(40);

/** Events that become jobs, with an action that does. */
export const handledEvents: readonly (readonly [event: string, action: string | null])[] = [
  ['pull_request', 'opened'],
  ['pull_request_review', 'submitted'],
  ['merge_group', 'checks_requested'],
  ['push', null],
  ['check_run', 'rerequested'],
  ['check_suite', 'rerequested'],
  ['issue_comment', 'created'],
  ['membership', 'removed'],
  ['member', 'edited'],
  ['organization', 'member_removed'],
  ['team', 'deleted'],
  ['installation', 'created'],
  ['installation_repositories', 'added'],
];

/** The payload of an event, with members changed; `inner` changes the check in it. */
export function aPayload(event: string, changes: JsonObject = {}, inner: JsonObject = {}): JsonObject {
  return { ...envelopeOf(event), ...bodyOf(event, inner), ...changes };
}

function envelopeOf(event: string): JsonObject {
  if (event.startsWith('installation')) return { installation: { id: 99, account } };
  return { installation: { id: 99 }, repository: { id: 1296269, name: 'hello-world', owner: account } };
}

function bodyOf(event: string, inner: JsonObject): JsonObject {
  const check = { head_sha: sha, app: { id: 4711 }, pull_requests: [], ...inner };
  const bodies: Readonly<Record<string, JsonObject>> = {
    pull_request: { number: 7, pull_request: { number: 7, head: { sha } } },
    pull_request_review: { pull_request: { number: 7 } },
    merge_group: { merge_group: { head_sha: sha, head_ref: 'refs/heads/gh-readonly-queue/main/pr-7-b', base_sha: 'b'.repeat(40), base_ref: 'refs/heads/main' } },
    push: { ref: 'refs/heads/main', before: 'b'.repeat(40), after: sha, deleted: false },
    check_run: { check_run: { id: 77, conclusion: 'success', ...check } },
    issue_comment: { issue: { number: 7, pull_request: {} }, comment: { id: 41, body: '/plumbline help', user: { login: 'mona', type: 'User' }, ...inner } },
    membership: { scope: 'team', member: { id: 21, login: 'Alice' }, team: { slug: 'governance' }, organization: { id: account.id, login: account.login } },
    member: { member: { id: 21, login: 'Alice' } },
    organization: { membership: { user: { id: 21, login: 'Alice' } }, organization: { id: account.id, login: account.login } },
    team: { team: { slug: 'governance' }, organization: { id: account.id, login: account.login } },
    check_suite: { check_suite: check },
    installation: { repositories: [{ id: 5, name: 'five' }] },
    installation_repositories: { repositories_added: [{ id: 5, name: 'five' }] },
  };
  return bodies[event] ?? {};
}
