import type { PreparedDocument } from './thread-protocol.ts';
import type { ThreadSource } from './thread-source.ts';
import { WorkerLane } from './worker-lane.ts';
import type { LaneAnswer, LaneLimits, SpentTime } from './worker-lane.ts';
import type { ThreadWork } from './worker-thread.ts';

/** Below this a second worker costs more to start than it saves. */
const documentsPerLane = 2_000;

/** Shares batches out over lanes; each lane gives its shares turns. */
export class WorkerPool<Answer> {
  readonly #lanes: readonly WorkerLane<Answer>[];

  constructor(limits: LaneLimits, workers: number, work: ThreadWork, threads: ThreadSource) {
    this.#lanes = Array.from({ length: workers }, () => new WorkerLane<Answer>(limits, work, threads));
  }

  /** @param time As of a lane. */
  async run(documents: readonly PreparedDocument[], time?: SpentTime): Promise<readonly LaneAnswer<Answer>[]> {
    if (documents.length === 0) return [];
    const count = Math.min(this.#lanes.length, Math.ceil(documents.length / documentsPerLane));
    const size = Math.ceil(documents.length / count);
    const idleFirst = this.#lanes.toSorted((a, b) => a.waiting - b.waiting).slice(0, count);
    const shares = await Promise.all(idleFirst.map(async (lane, index) => await lane.run(documents.slice(index * size, (index + 1) * size), time)));
    return shares.flat();
  }

  prepare(): void {
    this.#lanes[0]?.prepare();
  }

  async close(): Promise<void> {
    await Promise.all(this.#lanes.map(async (lane) => await lane.close()));
  }
}
