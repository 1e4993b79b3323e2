import type { MeasuredNow } from '../../flows/measure-behaviors.ts';
import { measureBehaviors } from '../../flows/measure-behaviors.ts';
import { behaviorsJson } from '../../render/behaviors-json.ts';
import { behaviorsPretty } from '../../render/behaviors-pretty.ts';
import type { ShownBehavior } from '../../render/behaviors-pretty.ts';
import { exitCodes } from '../exit-codes.ts';
import { watch } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { openBehaviors } from './open-behaviors.ts';
import type { SourceOptions } from './open-behaviors.ts';
import { wantedBehaviors } from './wanted-behaviors.ts';

export interface DriftOptions extends SourceOptions {
  readonly behavior?: readonly string[];
  readonly format: string;
}

/** Measures the behaviours of the base and shows each with its metrics. What only observes is shown and decides nothing. */
export async function runDriftCheck(terminal: Terminal, options: DriftOptions): Promise<number> {
  const progress = watch(terminal);
  const opened = await openBehaviors(terminal, options, 'base');
  try {
    const wanted = wantedBehaviors((options.behavior ?? []).flatMap((names) => names.split(',')));
    const measured = await measureBehaviors({ ...opened, clock: terminal, isWanted: wanted.isWanted, progress: ({ name }) => progress.show(`Measuring ${name}`) });
    wanted.assertAllMet(measured);
    progress.end();
    const shown = measured.map(shownOf);
    terminal.write(options.format === 'json' ? behaviorsJson(opened.tree.commit, shown) : behaviorsPretty(shown, terminal.color));
    return exitCodeOf(measured);
  } finally {
    progress.end();
    await opened.close();
  }
}

function shownOf(measured: MeasuredNow): ShownBehavior {
  if (measured.kind === 'broken') return measured;
  const { path, verdict, behavior } = measured;
  return { kind: 'measured', path, scope: behavior.scope, verdict };
}

/** That nothing was judged is no answer either, not even where it would decide nothing. */
function exitCodeOf(measured: readonly MeasuredNow[]): number {
  const isJudged = measured.some((one) => one.kind === 'measured' && one.verdict.kind !== 'inconclusive');
  const deciding = measured.flatMap((one) => (one.kind === 'broken' ? ['inconclusive'] : one.verdict.decides ? [one.verdict.kind] : []));
  if (deciding.includes('drift')) return exitCodes.deny;
  return !isJudged || deciding.includes('inconclusive') ? exitCodes.unknown : exitCodes.allow;
}
