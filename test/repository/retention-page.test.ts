import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventsOfClass, retentionClasses } from '../../src/audit/retention-class.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'audit.md'), 'utf8');

/** What the page lists in the second cell of a class. */
function listed(of: string): readonly string[] {
  const [, cell = ''] = new RegExp(`^\\| \`${of}\` \\| ([^|]+) \\|`, 'm').exec(page) ?? [];
  return [...cell.matchAll(/`([a-z]+\.[a-z_]+)`/g)].flatMap(([, event]) => event ?? []);
}

for (const one of [...retentionClasses, 'record'] as const) {
  test(`docs/audit.md lists the events of the class ${one}`, () => {
    assert.deepEqual(listed(one).toSorted(), eventsOfClass(one).toSorted());
  });
}
