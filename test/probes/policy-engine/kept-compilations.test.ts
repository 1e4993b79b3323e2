import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { digestOfValue } from '../../../src/domain/digest.ts';
import { Failure } from '../../../src/domain/failure.ts';
import type { Compilation } from '../../../src/domain/policy/compiled-policies.ts';
import { createKeptCompilations } from '../../../src/probes/policy-engine/kept-compilations.ts';
import type { KeptBounds } from '../../../src/probes/policy-engine/kept-compilations.ts';
import { isFailure } from '../../builders/is-failure.ts';

function compiled(bytes: number): Compilation {
  return { kind: 'compiled', policies: { digest: digestOfValue(bytes), wasm: new Uint8Array(bytes), data: '{}', rules: [] } };
}

/** What was compiled, in order. `ask` is of a name and a size; the data are 2 bytes more. */
function kept(bounds: Partial<KeptBounds> = {}) {
  const once = createKeptCompilations({ most: 20, largest: 1_000, bytes: 3_000, ...bounds });
  const made: string[] = [];
  const ask = (name: string, bytes = 10) => once(digestOfValue(name), async () => (made.push(name), compiled(bytes)));
  /** Which of these have to be compiled again. */
  const missing = async (...names: readonly string[]): Promise<readonly string[]> => {
    const before = made.length;
    for (const name of names) await ask(name);
    return made.slice(before);
  };
  return { once, made, ask, missing };
}

describe('compilations that one process keeps', () => {
  it('are shared by who asks at once, and asked for once', async () => {
    const { ask, made } = kept();
    const answers = await Promise.all([ask('a'), ask('a'), ask('a')]);
    assert.deepEqual([new Set([...answers, await ask('a')]).size, made], [1, ['a']]);
  });

  it('give way to newer ones beyond a number, those first that nobody asked for since', async () => {
    const { ask, missing } = kept({ most: 3 });
    for (const name of ['a', 'b', 'c', 'a', 'd']) await ask(name);
    assert.deepEqual(await missing('a', 'c', 'd'), []);
    assert.deepEqual(await missing('b'), ['b']);
  });

  it('give way beyond so many bytes of all of them together', async () => {
    const { ask, missing } = kept();
    for (const name of ['a', 'b', 'c', 'd', 'e']) await ask(name, 900);
    assert.deepEqual(await missing('c', 'd', 'e'), []);
    assert.deepEqual(await missing('a', 'b'), ['a', 'b']);
  });

  it('are not kept where one alone is too large, and take no room of others then', async () => {
    const { ask, made, missing } = kept();
    await ask('a', 900);
    for (let count = 0; count < 3; count += 1) await ask('huge', 2_000);
    assert.deepEqual([made, await missing('a')], [['a', 'huge', 'huge', 'huge'], []]);
  });

  it('keep what was refused, and try again what threw or was not available', async () => {
    const { once } = kept();
    let asked = 0;
    const told = async (answer: () => Compilation): Promise<number> => {
      for (let count = 0; count < 2; count += 1) await once(digestOfValue(String(answer)), async () => ((asked += 1), answer())).catch(() => undefined);
      return asked;
    };
    const counts = [await told(() => ({ kind: 'refused', why: 'broken' })), await told(() => ({ kind: 'unavailable', why: 'later' })), await told(() => { throw new Failure('OPA_UNAVAILABLE', 'none'); })];
    assert.deepEqual(counts, [1, 3, 5]);
    await assert.rejects(once(digestOfValue('x'), async () => { throw new Failure('OPA_UNAVAILABLE', 'none'); }), isFailure('OPA_UNAVAILABLE'));
  });

  it('are those that were asked for last, within the bounds, whatever is asked for in what order', async () => {
    const { ask, made } = kept({ most: 5 });
    const expected: string[] = [];
    let model: readonly { readonly name: string; readonly bytes: number }[] = [];
    for (let step = 0; step < 500; step += 1) {
      const [name, bytes] = [`n${(step * step * 7 + step * 3) % 23}`, (step * 37) % 1_300];
      await ask(name, bytes);
      const known = model.find((one) => one.name === name);
      if (known === undefined) expected.push(name);
      const newest = known ?? { name, bytes: bytes + 2 };
      model = [...model.filter((one) => one !== known), ...(newest.bytes > 1_000 ? [] : [newest])];
      while (model.length > 5 || model.reduce((sum, one) => sum + one.bytes, 0) > 3_000) model = model.slice(1);
    }
    assert.deepEqual(made, expected);
  });
});
