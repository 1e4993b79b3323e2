/** Runs in a worker thread: texts come from pull requests, and are parsed nowhere else. */
import type { ModuleReading } from '../../domain/module/module-facts.ts';
import { answerEach } from '../worker-threads/worker-side.ts';
import type { TextOfModule } from './module-parser.ts';
import { readModule } from './read-module.ts';

// Compiles what every text needs, before a text's time begins.
readModule('a.tsx', 'export const a = 1;');
answerEach<TextOfModule, ModuleReading>(
  async (document) => await Promise.resolve(readText(document)),
  async ({ path, text }) => await Promise.resolve(readModule(path, text)),
);

/** As `createModuleParser` sends it: a line of JSON that is the path, and behind it the text as it is. */
function readText(document: string): TextOfModule {
  const end = document.indexOf('\n');
  return { path: JSON.parse(document.slice(0, end)), text: document.slice(end + 1) };
}
