import type { Decision } from '../../domain/decision.ts';
import { commandHere } from './command-here.ts';
import { replaceCommands } from './commands-in.ts';
import type { Standing } from './standing.ts';

/** Said of a command that is not known here: the reader has to do what could not be done. */
export const fromTheTop = ' (typed at the top of the repository)';

/** A decision whose next steps can be typed where one stands. The files that it names stay named from the top of the repository. */
export function decisionHere(decision: Decision, standing: Standing): Decision {
  return { ...decision, verdicts: decision.verdicts.map((verdict) => ({ ...verdict, findings: verdict.findings.map((one) => ({ ...one, next: typedHere(one.next, standing) })) })) };
}

/** A next step with its commands as they have to be typed where one stands. */
export function typedHere(next: string, standing: Standing): string {
  return replaceCommands(next, (commands, written) => {
    const typed = commands?.map((words) => commandHere(words, standing)) ?? [null];
    if (!typed.includes(null)) return `\`${typed.join(' && ')}\``;
    return standing.directory === standing.root ? written : `${written}${fromTheTop}`;
  });
}
