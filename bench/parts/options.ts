import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Empty: all. */
  readonly names: readonly string[];
  readonly save: boolean;
  readonly quick: boolean;
}

/** @throws Error on a word that is no option and no measure. */
export function readOptions(words: readonly string[], known: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({ args: [...words], options: { save: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } }, allowPositionals: true });
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`Cannot measure ${JSON.stringify(unknown)}: expected one of ${known.join(', ')}`);
  if (values.save && values.quick) throw new Error('Cannot save a quick run: its figures are of smaller loads. Leave out --quick');
  return { names: positionals, save: values.save, quick: values.quick };
}
