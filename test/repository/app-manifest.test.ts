import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { actionsScope, committingScope, issuesScope, membersScope, mergingScope, organizationScope, peopleScope, queueScope, readingScope, writingScope } from '../../src/github/scope.ts';
import type { Scope } from '../../src/github/scope.ts';
import { webhookPath } from '../../src/web/create-web.ts';
import { handledEvents } from '../builders/a-payload.ts';

interface Manifest {
  readonly public: boolean;
  readonly hook_attributes: { readonly url: string };
  readonly default_permissions: Readonly<Record<string, 'read' | 'write'>>;
  readonly default_events: readonly string[];
}

const manifest: Manifest = parse(readFileSync(join(import.meta.dirname, '..', '..', 'app.yml'), 'utf8'));
const repository = { account: { id: 42, login: 'octo-org', kind: 'organization' }, installationId: 99, id: 1, owner: 'octo-org', name: 'hello' } as const;

test('app.yml subscribes to exactly the events that are handled', () => {
  const unasked = ['installation', 'installation_repositories'];
  assert.deepEqual(manifest.default_events, handledEvents.map(([event]) => event).filter((event) => !unasked.includes(event)).toSorted());
});

test('app.yml asks for the permissions that the code calls with', () => {
  const used: Record<string, 'read' | 'write'> = {};
  for (const scope of [readingScope(repository), writingScope(repository), committingScope(repository), actionsScope(repository), mergingScope(repository), issuesScope(repository), organizationScope(repository), queueScope(repository), peopleScope(repository), membersScope(repository.installationId)]) {
    for (const [name, level] of permissionsOf(scope)) if (used[name] !== 'write') used[name] = level;
  }
  assert.deepEqual(manifest.default_permissions, used);
});

test('app.yml can write neither workflows nor settings, and is not public', () => {
  const writes = Object.entries(manifest.default_permissions).flatMap(([name, level]) => (level === 'write' ? [name] : []));
  assert.deepEqual([writes, manifest.public], [['checks', 'contents', 'issues', 'pull_requests'], false]);
});

test('no token but those for commits and for merging can write contents, and that for commits can write nothing else', () => {
  for (const scope of [readingScope(repository), writingScope(repository), actionsScope(repository), issuesScope(repository), organizationScope(repository), queueScope(repository), peopleScope(repository), membersScope(repository.installationId)]) {
    assert.equal(permissionsOf(scope).some(([name, level]) => name === 'contents' && level === 'write'), false);
  }
  assert.deepEqual(permissionsOf(committingScope(repository)), [['metadata', 'read'], ['contents', 'write']]);
  assert.deepEqual(permissionsOf(mergingScope(repository)), [['metadata', 'read'], ['contents', 'write'], ['pull_requests', 'write']]);
});

test('app.yml has deliveries sent to where they are taken', () => {
  assert.equal(new URL(manifest.hook_attributes.url).pathname, webhookPath);
});

function permissionsOf(scope: Scope): readonly (readonly [string, 'read' | 'write'])[] {
  return scope.kind === 'app' ? [] : Object.entries(scope.permissions);
}
