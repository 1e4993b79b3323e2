import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pick, randomFrom } from '../tools/random.ts';
import type { LabelledClaim } from './labelled-claim.ts';

/** Packages that this project has installed, whose JavaScript keeps its comments. Their versions are those of the lock file. */
export const documentedPackages = ['commander', 'hono', 'jose', 'yaml', 'fast-check'];

const codeLines = 30;

interface Documented {
  readonly text: string;
  readonly passage: LabelledClaim['passage'];
  readonly document: string;
}

/**
 * The first sentence of a comment is a claim about the function below it, supported by its lines, and not by those of another function of the
 * same package. A comment says why more than what, so this is hard: words of a comment need not be in the code.
 */
export function documentedClaims(modules: string, seed: number): readonly LabelledClaim[] {
  const random = randomFrom(seed);
  return documentedPackages.flatMap((name) => {
    const all = globSync('**/*.{js,ts}', { cwd: join(modules, name), exclude: ['**/*.d.ts', '**/cjs/**', '**/node_modules/**'] }).toSorted().flatMap((path) => documentedIn(join(modules, name, path), `${name}/${path}`));
    const once = [...new Map(all.map((one) => [one.text, one])).values()];
    return once.flatMap(({ text, passage, document }) => [
      { claim: text, passage, isSupported: true, document },
      { claim: text, passage: pick(once.filter((other) => other.text !== text), random).passage, isSupported: false, document },
    ]);
  });
}

function documentedIn(file: string, document: string): readonly Documented[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    if (!/^\s*\/\*\*/.test(line)) return [];
    const end = lines.findIndex((other, at) => at >= index && other.includes('*/'));
    const text = sentenceOf(lines.slice(index, end + 1));
    const start = end + 2;
    const code = lines.slice(end + 1, end + 1 + codeLines);
    const next = code.findIndex((other) => /^\s*\/\*\*/.test(other));
    const own = next === -1 ? code : code.slice(0, next);
    if (end < 0 || text === null || own.join('').trim().length < 60) return [];
    return [{ text, document, passage: { text: own.join('\n'), path: document, lines: { start, end: start + own.length - 1 } } }];
  });
}

function sentenceOf(comment: readonly string[]): string | null {
  const text = comment.map((line) => line.replace(/^\s*\/?\*+\/?/, '').replace(/\*\/\s*$/, '').trim()).join(' ').trim();
  const [sentence = ''] = text.split(/(?<=[.!?])\s|\s@|\s```/);
  return text.startsWith('@') || sentence.split(' ').length < 5 ? null : sentence.trim();
}
