import { setTimeout as wait } from 'node:timers/promises';

const oftenMs = 60;

/** Asks again until the answer is not null, and says at the deadline what was waited for and what was there instead. */
export async function eventually<Found>(what: string, look: () => Promise<Found | null>, options: { readonly withinMs?: number; readonly everyMs?: number; readonly instead?: () => Promise<string> | string } = {}): Promise<Found> {
  const deadline = performance.now() + (options.withinMs ?? 120_000);
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > deadline) throw new Error(`It never came: ${what}\n${(await options.instead?.()) ?? ''}`);
    await wait(options.everyMs ?? oftenMs);
  }
}
