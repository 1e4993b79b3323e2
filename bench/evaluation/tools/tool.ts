import type { JsonValue } from '../../../src/domain/json-value.ts';

export type ToolName = 'plumbline' | keyof typeof otherTools;

/** Of the npm packages that say whether a JSON Schema broke, those that can be installed and answer. None is a dependency of ours. */
export const otherTools = { 'json-schema-diff': '1.0.0', 'json-schema-diff-validator': '0.4.2', 'api-smart-diff': '1.0.6' } as const;

/** What a tool says of an older schema and a newer one: whether the newer accepts what the older does. */
export type ToolAnswer = 'compatible' | 'breaking' | 'undecided' | 'error' | 'hang';

export interface SchemaPair {
  readonly older: JsonValue;
  readonly newer: JsonValue;
}

export interface TimedAnswer {
  readonly answer: ToolAnswer;
  readonly seconds: number;
}
