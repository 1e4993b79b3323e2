import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isEverTriggered, observedClasses, observedCodes } from '../../src/domain/playbook/observed-classes.ts';
import { shippedPlaybooks } from '../builders/a-playbook-repository.ts';

const docs = join(import.meta.dirname, '..', '..', 'docs');
const shipped = [...shippedPlaybooks().values()];

/** Words in the first column of the table below these words. */
function tableBelow(text: string, words: string): readonly string[] {
  const rows = text.slice(text.indexOf(words)).split('\n\n').find((part) => part.startsWith('|')) ?? '';
  return rows.split('\n').slice(2).flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, word]) => word ?? ''));
}

test('every trigger of a shipped playbook is told by a scan, or stands on the page as one that nothing asks for yet', () => {
  const page = readFileSync(join(docs, 'playbooks.md'), 'utf8');
  const triggers = new Set(shipped.flatMap(({ trigger }) => [...trigger.codes, ...trigger.classes]));
  const told = ['*', ...observedClasses, ...Object.values(observedCodes)];
  assert.deepEqual(tableBelow(page, 'Nothing asks for these yet').toSorted(), [...triggers].filter((one) => !told.includes(one)).toSorted());
  assert.deepEqual(tableBelow(page, '### What asks for one').filter((one) => one.includes('/')).toSorted(), [...observedClasses, ...Object.values(observedCodes)].toSorted());
});

test('the page of a playbook says where nothing asks for it yet, and nowhere else', () => {
  for (const { id, docs: page, trigger } of shipped) {
    const text = readFileSync(join(docs, '..', page), 'utf8');
    assert.equal(text.includes('Nothing asks for it yet'), !isEverTriggered(trigger), id);
  }
});
