import type { ConfigurationEffect } from '../domain/configuration/configuration-effect.ts';
import type { EffectiveChange } from '../domain/configuration/effect-of-change.ts';
import type { JsonValue } from '../domain/json-value.ts';
import { clip } from './clip.ts';
import { count } from './count.ts';
import { markdownCode } from './escape.ts';
import { fitItems } from './fit-items.ts';

const setters: Readonly<Record<EffectiveChange['setBy'], string>> = { organisation: 'set by the organisation', repository: 'set by the repository', default: 'by default' };

/** Markdown: `With this merged: …`, a line for each key of the configuration in force that changes, within a number of bytes. */
export function configurationEffect(effect: ConfigurationEffect, bytes: number): string {
  const path = markdownCode(clip(effect.path, 200));
  if (effect.kind === 'gone') return `**With this merged:** ${path} is gone. Its newest version in the history goes on judging until the operator runs \`plumbline config detach\`.`;
  const whom = effect.reach === 'repository' ? 'this repository' : 'every repository of the organisation';
  if (effect.changes.length === 0) return `**With this merged:** nothing that ${path} puts in force changes for ${whom}.`;
  const opening = `**With this merged**, for ${whom}:`;
  return `${opening}\n${fitItems(effect.changes, changeLine, { bytes: bytes - opening.length - 1, more: (left) => `- … and ${count(left, 'more key')}. \`plumbline config show --effective\` lists all.` })}`;
}

function changeLine({ key, from, to, setBy }: EffectiveChange): string {
  const name = markdownCode(clip(key, 200));
  if (to === null) return `- ${name}: no longer ${shown(from)}`;
  const by = ` (${setters[setBy]})`;
  return from === null ? `- ${name}: ${shown(to)} comes${by}` : `- ${name}: ${shown(from)} becomes ${shown(to)}${by}`;
}

function shown(value: JsonValue): string {
  return markdownCode(clip(typeof value === 'string' ? value : JSON.stringify(value), 160));
}
