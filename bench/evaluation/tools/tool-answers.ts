import { createRequire } from 'node:module';
import { join } from 'node:path';
import { digestOfValue } from '../../../src/domain/digest.ts';
import { createValidator } from '../../../src/probes/schema-validation/schema-validator.ts';
import type { SchemaPair, ToolAnswer, ToolName } from './tool.ts';

export type Ask = (pair: SchemaPair) => Promise<ToolAnswer>;

/** How each tool is asked, as its documentation says; ours as the gate does. A tool that throws has no answer. */
export function askOf(name: ToolName, folder: string): Ask {
  const load = createRequire(join(folder, 'package.json'));
  switch (name) {
    case 'plumbline':
      return askPlumbline();
    case 'json-schema-diff': {
      const { diffSchemas } = load(name);
      return async ({ older, newer }) => ((await diffSchemas({ sourceSchema: older, destinationSchema: newer })).removalsFound === true ? 'breaking' : 'compatible');
    }
    case 'json-schema-diff-validator': {
      const { validateSchemaCompatibility } = load(name);
      return async ({ older, newer }) => {
        try {
          validateSchemaCompatibility(older, newer);
          return 'compatible';
        } catch (thrown) {
          if (thrown instanceof Error && thrown.message.startsWith('The schema is not backward compatible')) return 'breaking';
          throw thrown;
        }
      };
    }
    case 'api-smart-diff': {
      const { compareJsonSchema } = load(name);
      return async ({ older, newer }) => {
        const diffs: readonly { readonly type: string }[] = compareJsonSchema(older, newer).diffs;
        if (diffs.some(({ type }) => type === 'breaking')) return 'breaking';
        return diffs.some(({ type }) => type === 'unclassified') ? 'undecided' : 'compatible';
      };
    }
  }
}

function askPlumbline(): Ask {
  const validator = createValidator();
  return async ({ older, newer }) => {
    const [answer] = await validator.compare([{ older: { blob: digestOfValue(older), value: older }, newer: { blob: digestOfValue(newer), value: newer }, mode: 'backward', preset: 'semantic' }]);
    return answer !== undefined && 'answer' in answer ? answer.answer : 'error';
  };
}
