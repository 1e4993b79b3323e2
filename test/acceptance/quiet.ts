import { eventually } from './eventually.ts';
import type { Plumbline } from './a-plumbline.ts';

const polls = 12;

/** Resolves when the server has asked GitHub nothing for a while: what was enqueued is done. */
export async function quiet(plumbline: Plumbline): Promise<void> {
  let seen = -1;
  let same = 0;
  await eventually('a server that asks nothing', async () => {
    const count = plumbline.github.requests().length;
    same = count === seen ? same + 1 : 0;
    seen = count;
    return same >= polls ? true : null;
  }, { withinMs: 300_000 });
}
