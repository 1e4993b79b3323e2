import { parseYaml } from './parse-yaml.ts';
import { lineStart } from './text-lines.ts';
import { isMap, isScalar, isSeq } from './yaml-nodes.ts';

/**
 * Where the items of a list on lines of its own stand, each from the line of its dash to that of the next one: the list is
 * a member of the text's map.
 * @throws UnreadableText
 */
export function yamlItems(text: string, member: string): readonly { readonly start: number; readonly end: number }[] {
  const { contents } = parseYaml(text);
  const list = isMap(contents) ? contents.items.find(({ key }) => isScalar(key) && key.value === member)?.value : null;
  if (!isSeq(list)) return [];
  const starts = list.items.map((item) => dashBefore(text, startOf(item)));
  const end = list.range?.[2] ?? text.length;
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? lineOf(text, end) }));
}

function startOf(node: unknown): number {
  return isMap(node) || isSeq(node) || isScalar(node) ? (node.range?.[0] ?? 0) : 0;
}

function dashBefore(text: string, at: number): number {
  return lineStart(text, text.lastIndexOf('-', at));
}

/** What stands after the list's last line is not the list's. */
function lineOf(text: string, end: number): number {
  return end >= text.length || text[end - 1] === '\n' ? end : lineStart(text, end);
}
