import { harmlessSettings } from './harmless-settings.ts';
import { settingsOf } from './source-settings.ts';
import type { SourceSettings } from './source-settings.ts';

/** Keys as the package `ini` takes them: in quotes, as a list, and up to a comment. A name with a variable in it may become any other, and a heading gathers what stands below it. */
export function readNpmrc(text: string): SourceSettings {
  return settingsOf(text.split(/[\r\n]+/).flatMap((line) => {
    const end = line.indexOf('=');
    const key = keyOf((end === -1 ? line : line.slice(0, end)).trim()).toLowerCase();
    return line.trim() === '' || /^\s*[;#]/.test(line) || isHarmless(key) ? [] : [[key, end === -1 ? '' : line.slice(end + 1).trim()] as const];
  }));
}

function isHarmless(key: string): boolean {
  const ofHost = /^\/\/[^$]{1,500}:([^:$]{1,100})$/.exec(key)?.[1];
  return ofHost === undefined ? harmlessSettings.npm.has(key) : harmlessSettings.npmOfHost.has(ofHost);
}

function keyOf(raw: string): string {
  const isQuoted = /^(["']).*\1$/s.test(raw);
  const text = isQuoted ? quotedText(raw.startsWith("'") ? raw.slice(1, -1) : raw) : (raw.split(/[;#]/, 1)[0] ?? '').trim();
  return text.endsWith('[]') ? text.slice(0, -2) : text;
}

function quotedText(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
