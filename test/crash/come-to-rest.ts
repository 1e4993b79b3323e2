import assert from 'node:assert/strict';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import type { Plumbline } from '../acceptance/a-plumbline.ts';
import { eventually } from '../acceptance/eventually.ts';
import { quiet } from '../acceptance/quiet.ts';
import { listOf, objectOf } from '../github/json.ts';
import { letWaitsPass, unfinishedJobs, withOpenedStore } from './opened-store.ts';
import type { StorePlace } from './opened-store.ts';

const mostRestarts = 12;

/** Lets the server finish what it has, and stops it. Waits for a later attempt are cut short, as if their time had come. */
export async function comeToRest(plumbline: Plumbline, repositories: readonly RepositoryRef[], place: StorePlace): Promise<void> {
  for (let restart = 0; ; restart += 1) {
    await plumbline.github.settled();
    await headsConcluded(plumbline, repositories);
    await quiet(plumbline);
    assert.equal(await plumbline.stop(), 0);
    const left = await withOpenedStore(place, async (opened) => {
      await letWaitsPass(opened);
      return unfinishedJobs(opened);
    });
    if (left.length === 0) return;
    if (restart === mostRestarts) assert.fail(`these jobs do not come to an end: ${left.join(', ')}`);
    await plumbline.start();
  }
}

/** Not proof of rest, but before this it would be vain to look. Gives up after a while: then restarting moves it on. */
async function headsConcluded(plumbline: Plumbline, repositories: readonly RepositoryRef[]): Promise<void> {
  const look = async (): Promise<true | null> => {
    for (const repository of repositories) {
      const answer = await fetch(`${plumbline.github.url}/repos/${repository.owner}/${repository.name}/pulls?state=open`, { headers: { authorization: 'token token-of-alice' } });
      for (const pull of listOf(await answer.json())) {
        const runs = (await plumbline.checks(repository, String(objectOf(pull['head'])['sha']))).filter((run) => run.name === 'plumbline');
        if (runs.length === 0 || runs.some((run) => run.status !== 'completed')) return null;
      }
    }
    return true;
  };
  await eventually('every open head has its roll-up', look, { withinMs: 8_000, everyMs: 400 }).catch(() => undefined);
}
