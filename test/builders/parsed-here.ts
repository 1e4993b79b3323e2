import type { ModuleParser } from '../../src/probes/modules/module-parser.ts';
import { readModule } from '../../src/probes/modules/read-module.ts';

/** Stands in for the parser where no worker thread is wanted: the same reader, in this thread. */
export const parsedHere: ModuleParser = {
  parse: async (batch) => await Promise.resolve(batch.map(({ path, text }) => readModule(path, text))),
  close: async () => {},
};
