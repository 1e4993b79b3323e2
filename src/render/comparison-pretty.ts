import type { Comparison, Direction, Preset } from '../domain/compatibility/comparison.ts';
import { clip } from './clip.ts';
import type { ShownComparison } from './comparison-json.ts';
import { terminalText } from './escape.ts';
import type { Paint } from './format-options.ts';

const longestWitness = 2_000;

/** For people: the answer first, then each difference at its line, then a document that shows it. */
export function comparisonPretty(shown: ShownComparison, color: Paint): string {
  const { comparison } = shown;
  const head = { compatible: color.green('compatible'), breaking: color.red('breaking'), undecided: color.yellow('undecided') }[comparison.answer];
  const lines = [`${head}  ${summary(shown)}`, ...differenceLines(shown, color), ...doubtLines(shown, color), ...witnessLines(comparison, color), ...acceptedLines(comparison), ...presetLines(comparison, shown.preset)];
  return `${lines.join('\n')}\n`;
}

function summary({ comparison, mode, preset, path, olderPath }: ShownComparison): string {
  const { answer, differences } = comparison;
  const files = `${terminalText(olderPath)} → ${terminalText(path)}, ${mode}, preset ${preset}`;
  return answer === 'breaking' ? `${differences.length} ${differences.length === 1 ? 'difference' : 'differences'}: ${files}` : files;
}

function differenceLines({ comparison, newer, path }: ShownComparison, color: Paint): readonly string[] {
  return comparison.differences.flatMap(({ kind, pointer, direction, message }) => {
    const { line, column } = newer.positionOf(pointer);
    return ['', `  ${terminalText(path)}:${line}:${column}  ${color.bold(kind)}  ${color.dim(directionWords[direction])}`, `    ${terminalText(message)}`, `    ${color.dim(`at ${terminalText(pointer === '' ? 'the root' : pointer)}`)}`];
  });
}

const directionWords: Readonly<Record<Direction, string>> = { backward: 'documents of the older schema', forward: 'documents of the newer schema' };

function doubtLines({ comparison, newer, path }: ShownComparison, color: Paint): readonly string[] {
  return comparison.doubts.flatMap(({ pointer, keyword, why }) => {
    const { line, column } = newer.positionOf(pointer);
    return ['', `  ${terminalText(path)}:${line}:${column}  ${color.bold(keyword === null ? 'limit' : terminalText(keyword))}`, `    ${terminalText(why)}`];
  });
}

function witnessLines({ witness }: Comparison, color: Paint): readonly string[] {
  if (witness === null) return [];
  const { direction, value, refusal } = witness;
  const [accepts, refuses] = direction === 'backward' ? ['older', 'newer'] : ['newer', 'older'];
  const where = refusal.pointer === '' ? 'it' : terminalText(refusal.pointer);
  return ['', `  A document that the ${accepts} schema accepts and the ${refuses} one refuses:`, `    ${color.cyan(terminalText(clip(JSON.stringify(value), longestWitness)))}`, `    ${where} ${terminalText(refusal.message)}`];
}

function acceptedLines({ accepted }: Comparison): readonly string[] {
  return accepted.length === 0 ? [] : ['', `  Accepted by the preset lenient alone: ${accepted.map(terminalText).join(', ')}`];
}

function presetLines({ differences }: Comparison, preset: Preset): readonly string[] {
  if (preset === 'lenient' || !differences.some(({ kind }) => kind === 'property_added')) return [];
  return ['', '  Next: close the object in the older version, or accept such properties with --preset lenient.'];
}
