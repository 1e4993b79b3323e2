import { differenceKinds } from '../../src/domain/compatibility/difference-kind.ts';
import type { DifferenceKind } from '../../src/domain/compatibility/difference-kind.ts';
import type { Comparison } from '../../src/domain/compatibility/comparison.ts';
import type { JsonValue } from '../../src/domain/json-value.ts';
import { confirmComparison } from '../../src/probes/schema-comparison/confirm-comparison.ts';
import { differenceFixtures } from '../domain/compatibility/difference-fixtures.ts';

/** The page of one kind of difference: its example is compared, not made up. */
export async function differencePage(kind: DifferenceKind): Promise<string> {
  const { bad, good, why, mend } = differenceFixtures[kind];
  const comparison = await confirmComparison({ older: bad[0], newer: bad[1], mode: 'backward', preset: 'semantic' });
  const sections = [
    `# \`${kind}\``,
    `**${differenceKinds[kind]}.**`,
    `## Why it breaks\n\n${why}`,
    `## How to change it without breaking\n\n${mend}`,
    `## Example\n\n${versions(bad)}\n\n${shown(comparison)}`,
    `## A change that is compatible\n\n${versions(good)}`,
  ];
  return `${sections.join('\n\n')}\n`;
}

function versions([older, newer]: readonly [JsonValue, JsonValue]): string {
  return `\`\`\`json\n${JSON.stringify(older)}\n\`\`\`\n\nbecomes\n\n\`\`\`json\n${JSON.stringify(newer)}\n\`\`\``;
}

function shown({ differences, witness }: Comparison): string {
  const said = differences.map(({ message, pointer }) => `  ${pointer === '' ? '(the root)' : pointer}  ${message}`);
  const document = witness === null ? 'No validator refuses a document of the older schema, so none is shown.' : `The older schema accepts \`${JSON.stringify(witness.value)}\`, the newer one refuses it.`;
  return `\`\`\`\n${said.join('\n')}\n\`\`\`\n\n${document}`;
}

/** The list of all kinds. */
export function differenceList(): string {
  const rows = Object.entries(differenceKinds).map(([kind, title]) => `| [\`${kind}\`](${kind}.md) | ${title} |`);
  return `# Differences between schemas\n\nWhat can make a change of a schema breaking. Each page says why, how to avoid it, and shows an example.\nHow schemas are compared, and for which keywords the answer is promised, stands in [Compatibility](../compatibility.md).\n\n| difference | in words |\n|---|---|\n${rows.join('\n')}\n`;
}
