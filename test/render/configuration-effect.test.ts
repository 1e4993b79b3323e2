import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EffectiveChange } from '../../src/domain/configuration/effect-of-change.ts';
import { configurationEffect } from '../../src/render/configuration-effect.ts';

const path = '.github/plumbline.yml';

function rendered(changes: readonly EffectiveChange[], bytes = 4_000): string {
  return configurationEffect({ kind: 'changes', path, reach: 'repository', changes }, bytes);
}

describe('configurationEffect()', () => {
  it('has a line for each key that comes, goes or changes', () => {
    const text = rendered([
      { key: 'rules.*', from: 'observe', to: 'enforce', setBy: 'default' },
      { key: 'keys', from: null, to: 'k.json', setBy: 'repository' },
      { key: 'governance.approvals.tier3.count', from: 3, to: null, setBy: 'repository' },
    ]);
    assert.deepEqual(text.split('\n'), [
      '**With this merged**, for this repository:',
      '- `rules.*`: `observe` becomes `enforce` (by default)',
      '- `keys`: `k.json` comes (set by the repository)',
      '- `governance.approvals.tier3.count`: no longer `3`',
    ]);
  });

  it('says for whom, that nothing changes, and that a file that goes judges on', () => {
    assert.match(configurationEffect({ kind: 'changes', path: 'plumbline.yml', reach: 'organisation', changes: [] }, 100), /nothing that `plumbline\.yml` puts in force changes for every repository of the organisation/);
    assert.match(configurationEffect({ kind: 'gone', path }, 100), /goes on judging until the operator runs `plumbline config detach`/);
  });

  it('keeps to its room however much changes, and counts the rest: attack', () => {
    const many = Array.from({ length: 5_000 }, (_, index): EffectiveChange => ({ key: `keys${'x'.repeat(500)}`, from: null, to: `${index}${'y'.repeat(500)}`, setBy: 'repository' }));
    const text = rendered(many);
    assert.ok(Buffer.byteLength(text) <= 4_000);
    assert.match(text, /- … and 4,9\d\d more keys\. `plumbline config show --effective` lists all\.$/);
  });

  it('lets nothing of a value come alive: attack', () => {
    assert.doesNotMatch(rendered([{ key: 'a\n# b', from: '`@mona`', to: '<b>\u202e', setBy: 'repository' }]), /\n# |\u202e/);
  });
});
