import type { DriftDone, FoundBehavior, PlannedRemediation } from '../domain/command/drift-outcome.ts';
import { rollbackBeforeMerge } from '../domain/playbook/plan-rollback.ts';
import { clip } from './clip.ts';
import { commandLine } from './command-line-text.ts';
import type { ReplyText } from './command-reply.ts';
import { count } from './count.ts';
import { markdownCode, markdownProse } from './escape.ts';
import { planMarkdown } from './playbook/plan-markdown.ts';
import { reasonWords } from './remediation/reason-words.ts';

/** What a command about behaviours did. */
export function driftDoneText(outcome: DriftDone): ReplyText {
  switch (outcome.kind) {
    case 'scanning':
      return { title: 'scanning', paragraphs: ['The behaviours of this repository are being measured; what says something new is measured twice. This reply will say what was found.'] };
    case 'scanned':
      return { title: 'scanned', paragraphs: scannedText(outcome.behaviors, outcome.most) };
    case 'planned':
      return { title: 'dry run', paragraphs: plannedText(outcome) };
    case 'remediation_asked':
      return { title: 'remediation asked for', paragraphs: [`The remediation of ${markdownCode(outcome.behavior)} is looked at; this reply will say what came of it.`] };
    case 'remediated':
      return { title: 'remediation proposed', paragraphs: [`${markdownCode(outcome.behavior)}: it is #${outcome.number}. ${reasonWords(outcome.told.reason)} Whoever asked for a commit of it counts as a contributor, and does not approve it.`] };
    case 'unsuppressed':
      return { title: 'taken back', paragraphs: [unsuppressedText(outcome)] };
    case 'rollback_asked':
      return { title: 'rollback asked for', paragraphs: [`#${outcome.number} is being rolled back; this reply will say what came of it.`] };
    case 'rolled_back':
      return { title: 'rolled back', paragraphs: [`#${outcome.number} is closed, and its branch is deleted unless somebody else pushed to it. ${notAgain(outcome.behavior)}`] };
    case 'rollback_opened':
      return { title: 'rollback proposed', paragraphs: [`#${outcome.by} undoes #${outcome.number} once it is merged. You count as a contributor of it, and do not approve it. ${notAgain(outcome.behavior)}`] };
  }
}

function notAgain(behavior: string): string {
  return `The same drift of ${markdownCode(behavior)} is not remediated again for 30 days; ${commandLine(`unsuppress ${behavior}`)} takes that back.`;
}

const mostBehaviors = 50;

function scannedText(behaviors: readonly FoundBehavior[], most: number | null): readonly string[] {
  if (behaviors.length === 0) return ['The default branch has no behaviour that is measured at an environment.'];
  const ranked = behaviors.toSorted((a, b) => rankOf(a) - rankOf(b));
  const shown = ranked.slice(0, mostBehaviors).map(behaviorLine);
  const more = behaviors.length > mostBehaviors ? [`- and ${count(behaviors.length - mostBehaviors, 'more')}`] : [];
  const isDrifting = behaviors.some(({ standing, decides }) => standing === 'drift' && decides);
  const beyond = most === null ? [] : [`More repositories drifted than one scan may remediate in (${most}): **nothing is opened**. A detector that marks everything is broken.`];
  return [[...shown, ...more].join('\n'), ...(isDrifting && most === null ? ['What drifted is looked at for a remediation now, as the configuration says.'] : []), ...beyond];
}

function rankOf({ standing, last }: FoundBehavior): number {
  return standing === 'drift' ? 0 : last === 'pass' ? 2 : 1;
}

/** What stands, and where the last measurement said something else, that too. */
function behaviorLine({ behavior, standing, last, decides, why }: FoundBehavior): string {
  const stands = standing === null ? 'not confirmed yet' : standing === 'drift' ? '**drifted**' : 'as agreed';
  const now = last === standing ? '' : `, last measured: ${lastWords[last]}`;
  return `- ${markdownCode(behavior)}: ${stands}${now}${decides ? '' : ' (observed only)'}. ${markdownProse(clip(why, 500))}`;
}

const lastWords: Readonly<Record<FoundBehavior['last'], string>> = { pass: 'as agreed', drift: 'drifted', inconclusive: 'inconclusive', error: 'no answer' };

function plannedText({ behavior, instead, planning, next }: PlannedRemediation): readonly string[] {
  const what = planning === null ? [`Nothing of ${markdownCode(behavior)} drifts that could be planned for.`] : planMarkdown(planning);
  const told = next === null ? `Nothing was ever remediated of it, and nothing would be now.` : `**Next**${next.row === null ? '' : ` (row ${next.row} of the table of remediations)`}: ${markdownCode(next.step)}${next.pullRequest === null ? '' : `, about ${next.pullRequest}`}. ${reasonWords(next.reason)}`;
  return ['Nothing was changed.', ...(instead === null ? [] : [markdownProse(clip(instead, 300))]), ...what, ...(planning?.kind === 'plan' && planning.plan.bounds.maxFiles > 0 ? [`**Rollback** before the merge: ${rollbackBeforeMerge} ${commandLine('rollback <pull request number>')} does either.`] : []), told];
}

function unsuppressedText({ behavior, numbers }: Extract<DriftDone, { kind: 'unsuppressed' }>): string {
  const closed = numbers.length === 0 ? 'Whatever was closed until now' : `That ${numbers.map((number) => `#${number}`).join(', ')} ${numbers.length === 1 ? 'was' : 'were'} closed`;
  return `${closed} counts no longer as a decision: ${markdownCode(behavior)} is looked at anew, and if it still drifts its remediation is opened again where the configuration says so.`;
}
