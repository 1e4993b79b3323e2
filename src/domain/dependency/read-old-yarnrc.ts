import { toldLine, UnreadDependencies } from './dependency.ts';
import { harmlessSettings } from './harmless-settings.ts';
import { settingsOf } from './source-settings.ts';
import type { SourceSettings } from './source-settings.ts';

/** `name value` or `name: value`, each alone or in quotes, without escapes: an escape may spell any name, and what follows a value may be another setting. */
const line = /^(?:"([^"\\]+)"|([A-Za-z./_-][^\s"',:\\]*)):?[ \t]+("[^"\\]*"|[^\s"'\\,{}[\]&*!|>#%@`][^\s"'\\,{}[\]]*)[ \t]*$/;

/** Options of one command have it before their names: `--install.registry`. */
const ofCommand = /^--(?:[a-z*-]{1,50}\.)?/;

/** What only some programs take for an end of a line, or for nothing. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const otherBlank = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0085\u2028\u2029\ufeff]/;

/** Settings of Yarn 1. @throws UnreadDependencies For a line that it would not write. */
export function readOldYarnrc(text: string): SourceSettings {
  if (otherBlank.test(text)) throw new UnreadDependencies('it has a character that is a blank for some programs only');
  return settingsOf(text.split(/\r\n?|\n/).flatMap((one) => {
    if (one.trim() === '' || one.startsWith('#')) return [];
    const [, quoted, plain = quoted, value] = line.exec(one) ?? [];
    if (plain === undefined || value === undefined) throw new UnreadDependencies(`it has a line that is no setting: ${toldLine(one)}`);
    const name = plain.toLowerCase();
    return harmlessSettings.oldYarn.has(name.replace(ofCommand, '')) ? [] : [[name, value] as const];
  }));
}
